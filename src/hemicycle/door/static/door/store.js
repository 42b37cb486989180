// What the device keeps: facts by name, and the queue of scans that the server has not answered yet.

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export class Store {
  static async open(name) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("facts");
      request.result.createObjectStore("queue", { autoIncrement: true });
    };
    const store = new Store();
    store.database = await asked(request);
    return store;
  }

  #in(name, mode = "readonly") {
    return this.database.transaction(name, mode, { durability: "strict" }).objectStore(name);
  }

  get(key) {
    return asked(this.#in("facts").get(key));
  }

  set(key, value) {
    return asked(this.#in("facts", "readwrite").put(value, key));
  }

  // Resolves once the scan is on disk.
  async queue(item) {
    const transaction = this.database.transaction("queue", "readwrite", { durability: "strict" });
    transaction.objectStore("queue").add(item);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  waiting() {
    return asked(this.#in("queue").count());
  }

  async next(number) {
    const queue = this.#in("queue");
    const [keys, items] = await Promise.all([asked(queue.getAllKeys(null, number)), asked(queue.getAll(null, number))]);
    return { keys, items };
  }

  async answered(keys) {
    const queue = this.#in("queue", "readwrite");
    await Promise.all(keys.map((key) => asked(queue.delete(key))));
  }
}
