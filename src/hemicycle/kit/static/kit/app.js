// Small behaviours over pages that work without them: no inline handler, no library.

const busy = (form, pressed) => {
  const buttons = pressed ? [pressed] : form.querySelectorAll("button:not([type=button])");
  for (const button of buttons) button.setAttribute("aria-busy", "true");
};

// A form is sent once; going back makes it usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) return event.preventDefault();
  if (form.dataset.sent) return event.preventDefault();
  if (form.method === "post" && !form.matches("[data-stars]")) {
    form.dataset.sent = "yes";
    busy(form, event.submitter);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
});

// Filters apply themselves.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto]");
  if (form) form.requestSubmit();
});

// Errors are read first.
document.querySelector("[data-focus]")?.focus();

// One open menu at a time; Escape and a click elsewhere close it.
const menus = () => document.querySelectorAll("details.menu[open], details.lang-menu[open], details.drop[open]");
document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Bookmarks without leaving the page; on any fault the form goes the plain way.
document.addEventListener("click", async (event) => {
  const star = event.target.closest("button.star");
  const form = star?.form;
  if (!form?.matches("[data-stars]")) return;
  event.preventDefault();
  const body = new FormData(form);
  body.set("session", star.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const { bookmarked, count } = await answer.json();
    star.setAttribute("aria-pressed", String(bookmarked));
    star.closest(".ses")?.classList.toggle("is-mine", bookmarked);
    const use = star.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, bookmarked ? "#bookmark-filled" : "#bookmark"));
    for (const place of document.querySelectorAll("[data-star-count]")) place.textContent = count;
  } catch {
    form.requestSubmit(star);
  }
});

// Copies an address; where the browser refuses, the field that holds it is selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
  } catch {
    [...document.querySelectorAll("input[readonly]")].find((field) => field.value === button.dataset.copy)?.select();
  }
});

// Watches long work: fetches a fragment until it says it is done, then goes on.
class ProgressWatch extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), Number(this.getAttribute("interval") ?? 700));
  }
  disconnectedCallback() {
    clearInterval(this.timer);
  }
  async look() {
    if (this.looking) return;
    this.looking = true;
    try {
      const answer = await fetch(this.getAttribute("src"), { headers: { Accept: "text/html" } });
      if (answer.ok) this.innerHTML = await answer.text();
    } catch {
      return;
    } finally {
      this.looking = false;
    }
    if (this.querySelector("[data-done]")) {
      clearInterval(this.timer);
      window.location.reload();
    }
  }
}
customElements.define("progress-watch", ProgressWatch);

// Live: a stream tells that a newer release is out; the reader decides when to load it.
for (const place of document.querySelectorAll("[data-live]")) {
  const source = new EventSource(place.dataset.live);
  source.addEventListener("state", (event) => {
    if (JSON.parse(event.data).release > Number(place.dataset.release)) place.querySelector(".flash").hidden = false;
  });
  window.addEventListener("pagehide", () => source.close());
}

// A question that hangs on another answer is shown with it; the server decides the same way.
for (const asked of document.querySelectorAll("[data-depends]")) {
  const form = asked.closest("form");
  const values = JSON.parse(asked.dataset.values);
  const place = asked.closest(".field");
  const look = () => {
    const given = new FormData(form).getAll(asked.dataset.depends).map((value) => (value === "on" ? "True" : value));
    place.hidden = !given.some((value) => values.includes(value));
  };
  form.addEventListener("input", look);
  look();
}

// One box for all rows of a list.
for (const all of document.querySelectorAll("[data-all]")) {
  all.addEventListener("change", () => {
    for (const box of all.form.elements[all.dataset.all]?.length ? all.form.elements[all.dataset.all] : [all.form.elements[all.dataset.all]])
      if (box) box.checked = all.checked;
  });
}

// Texts in many languages: one at a time in the whole form; without this they stand below each other.
class LanguageTabs extends HTMLElement {
  connectedCallback() {
    const buttons = [...this.querySelectorAll("button")];
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button) this.show(button.dataset.code);
    });
    this.show((buttons.find((button) => "wrong" in button.dataset) ?? buttons[0]).dataset.code);
    // A link to an answer in a language that is not shown brings that language up.
    document.addEventListener("click", ({ target }) => {
      const link = target.closest('a[href^="#"]');
      const pane = link && document.getElementById(link.hash.slice(1))?.closest(".pane");
      if (pane && this.closest("form").contains(pane)) this.show(pane.dataset.lang);
    });
  }
  show(code) {
    for (const button of this.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.code === code));
    for (const pane of this.closest("form").querySelectorAll(".pane")) pane.hidden = pane.dataset.lang !== code;
  }
}
customElements.define("language-tabs", LanguageTabs);

// In a row that scrolls, where the reader stands is in sight.
for (const link of document.querySelectorAll(".desk-nav [aria-current], .tabs [aria-current]")) {
  const row = link.closest("ul");
  row.scrollLeft = link.offsetLeft - row.offsetLeft - (row.clientWidth - link.offsetWidth) / 2;
}
