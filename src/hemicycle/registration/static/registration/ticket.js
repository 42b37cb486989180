// The ticket opens without network once it was seen; the page says when it does.
const page = document.querySelector("[data-ticket-worker]");
const say = () => {
  page.querySelector("[data-offline]").hidden = navigator.onLine;
};
addEventListener("online", say);
addEventListener("offline", say);
say();
if ("serviceWorker" in navigator) {
  const ready = await navigator.serviceWorker.register(page.dataset.ticketWorker);
  await navigator.serviceWorker.ready;
  if (ready.active) page.querySelector("[data-kept]").hidden = false;
}
