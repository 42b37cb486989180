// The door: reads tickets, answers at once, keeps every scan until the server has answered it.
import { Camera } from "./camera.js";
import { allow, signal } from "./signals.js";
import { Store } from "./store.js";
import { digest, importKey, isOurs, read } from "./ticket.js";

const facts = JSON.parse(document.getElementById("door-facts").textContent);
const at = (id) => document.getElementById(id);
const say = (key, values = {}) => facts.words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const COLOUR = { in: "ok", undone: "warn", double: "warn", unlisted: "warn" };
const ICON = { ok: "circle-check", warn: "triangle-alert", bad: "circle-x" };
const BATCH = 50;
const LOG = 25;
const PATIENCE = 900;
const store = await Store.open(`door-${facts.slug}`);
const state = { list: null, key: null, byDigest: new Map(), gone: new Set(), here: {}, log: [], doubles: [], after: 0 };
const waiters = new Map();
let online = navigator.onLine;
let refused = false;
let shown = null;
let closing = 0;

const zone = new Intl.DateTimeFormat(facts.language, { timeZone: facts.zone, hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const clock = (value) => zone.format(new Date(value));
const now = () => new Date(Date.now() + (state.offset ?? 0)).toISOString();

const element = (tag, text = "", className = "") => Object.assign(document.createElement(tag), { textContent: text, className });

// The server.
const call = (path, options = {}) =>
  fetch(facts.api + path, {
    ...options,
    headers: { Authorization: `Bearer ${state.secret}`, "Content-Type": "application/json", ...options.headers },
    credentials: "omit",
    cache: "no-store",
    signal: AbortSignal.timeout(10_000),
  });

const sendQueue = async () => {
  const { keys, items } = await store.next(BATCH);
  const begun = Date.now();
  const body = JSON.stringify({ sent_at: new Date().toISOString(), after: state.after, scans: items });
  const answer = await call("scans", { method: "POST", body });
  if (answer.status === 401) return refuse((await answer.json()).title);
  if (!answer.ok) throw new Error(answer.status);
  const told = await answer.json();
  state.offset = Date.parse(told.time) - (begun + Date.now()) / 2;
  await store.answered(keys);
  for (const one of told.answers) hear(one);
  await hearDoubles(told.doubles, told.after);
  state.inside = told.inside;
  if (state.people) count();
  return items.length === BATCH ? sendQueue() : items.length;
};

// Another device let somebody in: this one should know before they come here.
const stale = () => state.people && state.inside?.[state.list] !== state.people.filter((row) => row[6]).length;

let running = null;
let again = false;
let fresh = 0;
const sync = () => {
  if (!state.secret || refused) return Promise.resolve();
  again = true;
  running ??= (async () => {
    try {
      while (again) {
        again = false;
        const sent = await sendQueue();
        if (!refused && (sent || stale() || Date.now() - fresh > 20_000)) await download();
      }
      online = true;
    } catch {
      online = false;
    } finally {
      running = null;
      await banner();
    }
  })();
  return running;
};

const download = async () => {
  const wanted = state.list;
  const headers = state.list && state.tag ? { "If-None-Match": state.tag } : {};
  const answer = await call(`list${wanted ? `?list=${wanted}` : ""}`, { headers });
  if (answer.status === 404 && wanted) return choose(null);
  if (answer.status === 401) return refuse((await answer.json()).title);
  if (!answer.ok && answer.status !== 304) throw new Error(answer.status);
  if (wanted !== state.list) return undefined;
  fresh = Date.now();
  if (answer.status !== 304) {
    const found = await answer.json();
    state.list = found.chosen;
    state.tag = answer.headers.get("ETag");
    await store.set(`list-${found.chosen}`, { found, tag: state.tag, at: now() });
    await store.set("chosen", found.chosen);
    await take(found, now());
  }
  if (!(await store.waiting())) {
    state.here = {};
    await store.set(`here-${state.list}`, {});
  }
  return undefined;
};

// The list, for work without network.
const take = async (found, when) => {
  Object.assign(state, { lists: found.lists, kinds: found.kinds, walkIns: found.walk_ins, people: found.people });
  state.edition = found.edition;
  state.key = await importKey(found.key);
  state.byDigest = new Map(found.people.map((row) => [row[1], row]));
  state.byId = new Map(found.people.map((row) => [row[0], row]));
  state.gone = new Set(found.gone);
  at("device").textContent = found.device;
  at("walk-open").hidden = !found.walk_ins;
  at("listed").textContent = say("listed", { number: found.people.length, time: clock(when) });
  const choices = found.lists.map((list) => Object.assign(element("option", list.title), { value: list.id, selected: list.id === found.chosen }));
  at("list").replaceChildren(...choices);
  count();
};

const choose = async (list) => {
  state.list = list;
  state.tag = null;
  fresh = 0;
  const kept = list && (await store.get(`list-${list}`));
  state.here = (list && (await store.get(`here-${list}`))) || {};
  if (kept) {
    state.tag = kept.tag;
    await take(kept.found, kept.at);
    await store.set("chosen", list);
  }
  await sync();
  if (!kept && state.list === list && online === false && state.people) await choose(Number(at("list").dataset.last));
  at("list").dataset.last = state.list;
};

const inSince = (row) => state.here[row[0]] ?? row[6];
const count = () => {
  const inside = state.people?.filter(inSince).length ?? 0;
  at("count").textContent = say("inside", { number: Math.max(inside, state.inside?.[state.list] ?? 0) });
};

// What the device answers by itself.
const person = (row) => ({ id: row[0], name: row[2], organisation: row[3], kind: state.kinds[row[4]], tone: row[5] });
const verdictOf = (row) => {
  const since = inSince(row);
  return { result: since ? "double" : "in", person: person(row), first_at: since };
};
const judge = async (text) => {
  const ticket = read(text);
  if (!ticket) return { result: "unknown" };
  if ((ticket.edition ?? state.edition) !== state.edition || (ticket.slug ?? facts.slug) !== facts.slug) return { result: "other_edition" };
  const ours = await isOurs(ticket, state.key);
  if (ours === false) return { result: "forged" };
  const code = await digest(ticket.code);
  const row = state.byDigest.get(code);
  if (row) return verdictOf(row);
  if (state.gone.has(code)) return { result: "cancelled" };
  if (!ours) return { result: "unknown" };
  const list = state.lists?.find((one) => one.id === state.list);
  return { result: list?.kind === "side_event" ? "no_seat" : "unlisted" };
};

const enqueue = async (item) => {
  const whole = { id: crypto.randomUUID(), list: state.list, at: new Date().toISOString(), kind: "in", ...item };
  await store.queue(whole);
  return whole;
};

const scan = async ({ text = "", row = null, method }) => {
  const local = row ? verdictOf(row) : await judge(text);
  const item = await enqueue({ method, ...(row ? { person: row[0] } : { ticket: text }) });
  if (local.result === "in") {
    state.here[local.person.id] = now();
    await store.set(`here-${state.list}`, state.here);
  }
  await remember({ id: item.id, at: now(), local: local.result, ...local });
  count();
  const answered = new Promise((resolve) => waiters.set(item.id, resolve));
  void sync();
  const patience = new Promise((resolve) => setTimeout(resolve, online ? PATIENCE : 0));
  const answer = await Promise.race([answered, patience]);
  if (!answer && waiters.delete(item.id)) show({ ...local, id: item.id, unsent: true });
  await banner();
};

// What the server answers, now or later.
const hear = (answer) => {
  const entry = state.log.find((one) => one.id === answer.id);
  if (entry) Object.assign(entry, { result: answer.result, person: answer.person ?? entry.person, first_at: answer.first_at, first_door: answer.first_door, unsent: false });
  if (answer.result !== "in" && answer.result !== "double" && answer.person) delete state.here[answer.person.id];
  const waits = waiters.get(answer.id);
  waiters.delete(answer.id);
  if (waits || shown?.id === answer.id) show(answer);
  waits?.(answer);
  void keepLog();
};

const hearDoubles = async (doubles, after) => {
  if (after === state.after) return;
  state.after = after;
  const news = doubles.filter((double) => state.log.find((entry) => entry.id === double.second)?.local !== "double");
  state.doubles = [...news, ...state.doubles].slice(0, LOG);
  await store.set("after", after);
  await store.set("doubles", state.doubles);
  drawDoubles();
  if (news.length) signal("warn");
};

const refuse = async (sentence) => {
  refused = true;
  at("work").hidden = true;
  at("enrol").hidden = false;
  at("enrol-fault").hidden = false;
  at("enrol-fault").textContent = sentence;
  camera.stop();
  await banner();
};

// The screen.
const banner = async () => {
  const number = await store.waiting();
  const place = at("banner");
  place.hidden = online && !refused && number === 0;
  if (refused) {
    place.hidden = number === 0;
    place.textContent = say("refused", { number });
  } else place.textContent = say(online ? "waiting" : "offline", { number });
};

const show = (answer) => {
  const kind = COLOUR[answer.result] ?? "bad";
  const changed = shown?.id !== answer.id || shown.kind !== kind;
  shown = { id: answer.id, kind, result: answer.result, person: answer.person };
  const place = at("verdict");
  place.className = `verdict door-verdict is-${kind}`;
  const icon = at("verdict-icon");
  icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, `#${ICON[kind]}`));
  at("verdict-word").textContent = answer.result === "unlisted" ? say("unlisted") : say(`result_${answer.result}`);
  at("verdict-name").textContent = answer.person?.name ?? "";
  at("verdict-org").textContent = answer.person?.organisation ?? "";
  at("verdict-kind").textContent = answer.person?.kind ?? "";
  const first = answer.result === "double" && answer.first_at ? say("first", { time: clock(answer.first_at), door: answer.first_door || say("here") }) : "";
  at("verdict-note").textContent = [first, answer.unsent ? say("not_sent") : ""].filter(Boolean).join(" · ");
  at("verdict-undo").hidden = !["in", "double", "unlisted"].includes(answer.result);
  at("verdict-badge").hidden = !answer.person;
  place.hidden = false;
  if (changed) {
    if (!at("code").value) place.focus(); // somebody types the next one already
    signal(kind);
  }
  clearTimeout(closing);
  if (kind === "ok") closing = setTimeout(hide, 2600);
};

const hide = () => {
  clearTimeout(closing);
  at("verdict").hidden = true;
  shown = null;
  ready();
};

// A keyboard on the screen would cover it: only where there is a real one does the field wait for it.
const ready = () => matchMedia("(pointer: fine)").matches && at("code").focus();

const remember = async (entry) => {
  state.log = [{ ...entry, unsent: true }, ...state.log].slice(0, LOG * 4);
  await keepLog();
};
const keepLog = async () => {
  const kept = store.set("log", state.log);
  const rows = state.log.slice(0, LOG).map((entry) => {
    const kind = COLOUR[entry.result] ?? "bad";
    const row = element("li");
    const word = entry.result === "unlisted" ? say("unlisted") : say(`result_${entry.result}`);
    row.append(element("b", entry.person?.name ?? "–"), " ", element("span", word, `state is-${kind === "warn" ? "wait" : kind}`), " ", element("small", clock(entry.at), "muted"));
    return row;
  });
  at("log").replaceChildren(...rows);
  await kept;
};

const drawDoubles = () => {
  at("twice").hidden = state.doubles.length === 0;
  const rows = state.doubles.map((double) =>
    element("li", say("twice", { name: double.name, first: clock(double.first_at), first_door: double.first_door, second: clock(double.second_at), second_door: double.second_door }), "alert is-warn"),
  );
  at("doubles").replaceChildren(...rows);
};

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const drawFound = () => {
  const words = plain(at("search").value).split(/\s+/).filter(Boolean);
  const fits = (row) => words.every((word) => plain(`${row[2]} ${row[3]}`).includes(word));
  const found = words.length ? (state.people ?? []).filter(fits).slice(0, 12) : [];
  const rows = found.map((row) => {
    const button = element("button", "", "door-found");
    button.type = "button";
    const left = element("span");
    left.append(element("b", row[2]), element("small", row[3]));
    button.append(left, element("small", inSince(row) ? say("already", { time: clock(inSince(row)) }) : ""));
    button.addEventListener("click", () => {
      at("search").value = "";
      drawFound();
      void scan({ row, method: "name" });
    });
    const place = element("li");
    place.append(button);
    return place;
  });
  at("found").replaceChildren(...(words.length && !rows.length ? [element("li", say("nobody"), "muted")] : rows));
};

// Hands on it.
let last = { text: "", at: 0 };
const camera = new Camera(at("video"), facts.decoder, (text) => {
  const fresh = text !== last.text || Date.now() - last.at > 4000;
  last = { text, at: Date.now() };
  if (fresh) void scan({ text, method: "camera" });
});

at("camera").addEventListener("click", async () => {
  allow();
  try {
    at("viewer").hidden = false;
    await camera.start();
    at("camera").hidden = true;
    at("camera-off").hidden = false;
    at("camera-fault").hidden = true;
  } catch {
    at("viewer").hidden = true;
    at("camera-fault").hidden = false;
    at("camera-fault").textContent = say("camera_off");
  }
});
at("camera-off").addEventListener("click", () => {
  camera.stop();
  at("viewer").hidden = at("camera-off").hidden = true;
  at("camera").hidden = false;
});
at("type").addEventListener("submit", (event) => {
  event.preventDefault();
  allow();
  const text = at("code").value.trim();
  at("code").value = "";
  if (text) void scan({ text, method: "keyboard" });
});
at("search").addEventListener("input", drawFound);
at("list").addEventListener("change", () => choose(Number(at("list").value)));
at("verdict-next").addEventListener("click", hide);
at("verdict-undo").addEventListener("click", async () => {
  const { id, person: who } = shown;
  hide();
  const item = await enqueue({ kind: "undo", undoes: id, method: "keyboard" });
  if (who) {
    delete state.here[who.id];
    const row = state.byId?.get(who.id);
    if (row) row[6] = null;
    await store.set(`here-${state.list}`, state.here);
  }
  await remember({ id: item.id, at: now(), local: "undone", result: "undone", person: who });
  count();
  await sync();
});
at("verdict-badge").addEventListener("click", async () => {
  const sheet = window.open("", "_blank");
  try {
    const answer = await call(`badge/${shown.person.id}`);
    if (!answer.ok) throw new Error(answer.status);
    sheet.location = URL.createObjectURL(await answer.blob());
  } catch {
    sheet?.close();
    at("verdict-note").textContent = say("no_network");
  }
});

// A hand scanner types: whatever has no other place goes into the code's field.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || at("work").hidden || at("walk").open) return;
  const open = !at("verdict").hidden;
  if (open && event.key === "Escape") hide();
  else if (open && event.key === "Enter" && event.target === at("verdict")) {
    event.preventDefault();
    if (at("code").value) at("type").requestSubmit();
    else hide();
  } else if (event.key.length === 1 && !event.target.matches("input,select,textarea") && !(event.key === " " && event.target.matches("button"))) {
    if (open) hide();
    at("code").focus();
  }
});

// Somebody without a place.
const form = at("walk-form");
at("walk-open").addEventListener("click", () => {
  at("walk-fault").hidden = true;
  at("walk").showModal();
});
at("walk-close").addEventListener("click", () => at("walk").close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fault = at("walk-fault");
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  try {
    const body = JSON.stringify({ list: state.list, ...Object.fromEntries(new FormData(form)) });
    const answer = await call("walk-ins", { method: "POST", body });
    const told = await answer.json();
    fault.hidden = answer.ok;
    if (!answer.ok) {
      const wrong = Object.entries(told.fields ?? {});
      fault.textContent = [told.title, ...wrong.map(([name, words]) => `${form.elements[name].labels[0]?.textContent.trim()}: ${words}`)].join(" ");
      for (const [name] of wrong) form.elements[name].setAttribute("aria-invalid", "true");
      return;
    }
    form.reset();
    at("walk").close();
    await remember({ id: told.id, at: now(), local: told.result, ...told });
    fresh = 0;
    void sync();
    show(told);
  } catch {
    fault.hidden = false;
    fault.textContent = say("no_network");
  }
});

// The device becomes one.
at("enrol").addEventListener("submit", async (event) => {
  event.preventDefault();
  allow();
  const fault = at("enrol-fault");
  try {
    const answer = await call("enrol", { method: "POST", body: JSON.stringify({ code: at("enrol-code").value }) });
    const told = await answer.json();
    fault.hidden = answer.ok;
    if (!answer.ok) {
      fault.textContent = told.title;
      return;
    }
    state.secret = told.secret;
    await store.set("secret", told.secret);
    at("enrol-code").value = "";
    history.replaceState(null, "", location.pathname);
    refused = false;
    await open();
  } catch {
    fault.hidden = false;
    fault.textContent = say("no_network");
  }
});

const open = async () => {
  at("enrol").hidden = true;
  at("work").hidden = false;
  await choose((await store.get("chosen")) ?? null);
  ready();
};

const start = async () => {
  state.secret = await store.get("secret");
  state.after = (await store.get("after")) ?? 0;
  state.log = (await store.get("log")) ?? [];
  state.doubles = (await store.get("doubles")) ?? [];
  drawDoubles();
  await keepLog();
  await navigator.storage?.persist?.();
  if (location.hash) at("enrol-code").value = location.hash.slice(1, 20);
  if (state.secret && !location.hash) await open();
  else at("enrol").hidden = false;
  await banner();
  setInterval(sync, 4000);
};

window.addEventListener("online", sync);
window.addEventListener("offline", () => {
  online = false;
  void banner();
});
navigator.serviceWorker?.register(facts.worker, { scope: facts.scope }).catch(() => {});
await start();
