// Keeps one's own ticket on the device: shown when there is no network, forgotten when the server says no.
/* global ticket */

const keep = async (answer) => {
  const kept = await caches.open(ticket.cache);
  if (answer.ok && !answer.redirected) await kept.put(ticket.page, answer.clone());
  else await kept.delete(ticket.page);
};

self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const kept = await caches.open(ticket.cache);
      await kept.addAll(ticket.files.map((url) => new Request(url, { cache: "reload" })));
      await keep(await fetch(ticket.page, { credentials: "same-origin" }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (name.startsWith(ticket.prefix) && name !== ticket.cache) await caches.delete(name);
      }
      await self.clients.claim();
    })(),
  );
});

const page = async (request) => {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(4000) });
    await keep(answer);
    return answer;
  } catch {
    return (await (await caches.open(ticket.cache)).match(ticket.page)) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname === ticket.page) event.respondWith(page(request));
  else if (ticket.files.includes(url.pathname)) {
    event.respondWith(
      (async () => (await (await caches.open(ticket.cache)).match(url.pathname)) ?? fetch(request))(),
    );
  }
});
