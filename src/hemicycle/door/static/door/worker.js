// The scanning page opens without network: its files are kept, its data is the page's own business.
/* global door */

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const kept = await caches.open(door.cache);
      await kept.addAll([door.page, ...door.files].map((url) => new Request(url, { cache: "reload" })));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(door.prefix) && name !== door.cache) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

const page = async (request) => {
  const kept = await caches.open(door.cache);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(5000) });
    if (answer.ok) await kept.put(door.page, answer.clone());
    return answer;
  } catch {
    return (await kept.match(door.page)) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === door.page) event.respondWith(page(request));
  else if (door.files.includes(url.pathname)) {
    event.respondWith(
      (async () => (await (await caches.open(door.cache)).match(url.pathname)) ?? fetch(request))(),
    );
  }
});
