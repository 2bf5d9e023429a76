// The page of the simulator: what a chosen user sees on their phone, and what the platform does.
import { language, say, turn } from "./words.js";

const $ = (id) => document.getElementById(id);
const faults = ["28003070", "28003080", "28003082", "28003095", "28029003", "28003018", "28001038", "2190008", "45015", "500", "503", "hang", "mute", "reset", "silent"];
let state = null;
let who = localStorage.getItem("who") ?? "";
let item = "";
let tab = "comments";
let answering = null;

/** Makes an element with text or children. */
function make(tag, props = {}, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

const time = (at) => new Date(at).toLocaleTimeString(language === "zh" ? "zh-CN" : "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = (at) => new Date(at).toLocaleString(language === "zh" ? "zh-CN" : "en-GB", { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
const hue = (name) => [...name].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) % 360, 7);

function avatar(name) {
  const face = make("span", { className: "avatar", textContent: [...name][0] ?? "?", ariaHidden: "true" });
  face.style.background = `hsl(${hue(name)} 45% 38%)`;
  return face;
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

async function post(path, body = {}) {
  const response = await fetch(`/sim/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) {
    toast(answer.error);
    throw new Error(answer.error);
  }
  await refresh();
  return answer;
}

/** Fills a list when it has changed, and keeps its end in sight when it was. */
function fill(list, key, children, empty) {
  const nothing = () => (list.tagName === "TBODY" ? cells(empty) : make("li", { className: "empty", textContent: empty }));
  if (list.dataset.key === key) return;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.dataset.key = key;
  list.replaceChildren(...(children.length > 0 || !empty ? children : [nothing()]));
  if (atEnd) list.scrollTop = list.scrollHeight;
}

function drawPeople() {
  const people = state.people.map((p) => make("li", {}, make("button", {
    type: "button", className: p.name === who ? "person on" : "person", ariaPressed: String(p.name === who), onclick: () => choose(p.name),
  }, avatar(p.name), make("span", { textContent: p.name }))));
  fill($("people"), `${language}|${who}|${state.people.map((p) => p.name)}`, people, say("noPeople"));
}

function choose(name) {
  who = name;
  localStorage.setItem("who", name);
  answering = null;
  draw();
}

function drawComments() {
  const videos = state.videos;
  item = videos.some((v) => v.id === item) ? item : (state.comments.at(-1)?.item ?? videos[0].id);
  $("video-title").textContent = videos.find((v) => v.id === item).title;
  const under = (v) => state.comments.filter((c) => c.item === v.id && !c.own).length;
  fill($("videos"), `${language}|${item}|${videos.map(under)}`, videos.map((v, i) => make("button", {
    type: "button", className: v.id === item ? "dot on" : "dot", ariaPressed: String(v.id === item), title: v.title, textContent: say("video", i + 1, under(v)), onclick: () => { item = v.id; draw(); },
  })), "");
  const all = state.comments.filter((c) => c.item === item);
  const drawn = all.filter((c) => !c.parent || !all.some((d) => d.id === c.parent)).flatMap((c) => [c, ...all.filter((d) => d.parent === c.id)]);
  fill($("comments"), `${language}|${item}|${who}|${all.map((c) => c.id)}`, drawn.map(comment), say("noComments"));
  $("answering").hidden = !answering;
  if (answering) $("answering").textContent = say("answering", answering.name);
}

function comment(c) {
  const head = make("small", {}, c.name, ...(c.own ? [make("b", { className: "badge", textContent: say("author") })] : []), ` ${time(c.at)}`);
  const body = make("div", {}, head, make("p", { textContent: c.text }));
  if (!c.own && !c.parent) {
    body.append(make("button", { type: "button", className: "link", textContent: say("reply"), onclick: () => { answering = c; draw(); $("comment-text").focus(); } }));
  }
  return make("li", { className: c.parent ? "comment under" : "comment" }, avatar(c.name), body);
}

function drawMessages() {
  const person = state.people.find((p) => p.name === who);
  const messages = person?.messages ?? [];
  $("account").textContent = state.account;
  const notes = [person?.until ? say("left", person.left, day(person.until)) : say("shut")];
  if (person?.allowed && new Date(person.allowed) > new Date()) notes.push(say("allowed", day(person.allowed)));
  $("window").textContent = notes.join(" · ");
  const key = `${language}|${who}|${messages.map((m) => m.id + m.recalled)}`;
  fill($("messages"), key, messages.map(message), say("noMessages"));
}

function message(m) {
  if (m.recalled) return make("li", { className: "empty", textContent: say("recalled") });
  const text = m.kind === "text" ? m.text : m.kind === "card" ? `▤ ${say("card")}` : `[${say(`kind-${m.kind}`)}]`;
  const bubble = make("div", { className: "bubble", textContent: text });
  const foot = make("small", {}, time(m.at));
  if (!m.own) foot.append(make("button", { type: "button", className: "link", textContent: say("recall"), onclick: () => post("recall", { name: who, id: m.id }) }));
  return make("li", { className: m.own ? "theirs" : "mine" }, avatar(m.own ? state.account : who), make("div", {}, bubble, foot));
}

function cells(...texts) {
  return make("tr", {}, ...texts.map((t) => make("td", { textContent: t })));
}

function drawDesk() {
  const attempts = state.attempts.slice(-40).reverse();
  fill($("hooks"), `${language}|${attempts.length}|${attempts[0]?.at}${attempts[0]?.msg_id}`, attempts.map((a) => {
    const row = cells(time(a.at), say(a.event), a.try > 1 ? `#${a.try}` : "", a.status || a.error, `${a.took_ms} ms`);
    row.className = a.status === 200 ? "" : "bad";
    return row;
  }), say("noHooks"));
  const calls = state.calls.slice(-40).reverse();
  fill($("calls"), `${language}|${calls.length}|${calls[0]?.at}`, calls.map((c) => {
    const row = cells(time(c.at), say(`on-${c.on}`), c.fault ? say(c.fault) : c.code || "OK", c.text ?? "");
    row.className = c.code || c.fault ? "bad" : "";
    return row;
  }), say("noCalls"));
  fill($("faults"), language + JSON.stringify(state.faults), state.faults.map((f) => make("li", {
    textContent: `${say(`on-${f.on}`)} · ${say(f.kind)} · ${f.times ? say("left_", f.times) : say("forever")}`,
  })), "");
}

function draw() {
  if (!state) return;
  if (!state.people.some((p) => p.name === who) && state.people.length > 0) who = state.people[0].name;
  $("status").textContent = state.webhook ? say("subscribed", state.webhook) : say("unsubscribed");
  $("who").textContent = who;
  $("clock").textContent = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  for (const name of ["comments", "messages"]) {
    $(`tab-${name}`).ariaSelected = String(tab === name);
    const n = name === "comments" ? state.comments.length : (state.people.find((p) => p.name === who)?.messages.length ?? 0);
    $(`tab-${name}`).textContent = n > 0 ? `${say(name)} ${n}` : say(name);
    $(`${name}-pane`).hidden = tab !== name;
  }
  drawPeople();
  drawComments();
  drawMessages();
  drawDesk();
}

/** What one may try: a tap puts it into the field, to be sent or changed. */
function suggest() {
  for (const [list, field, key] of [["try-comments", "comment-text", "tryComments"], ["try-messages", "message-text", "tryMessages"]]) {
    $(list).ariaLabel = say("tries");
    $(list).replaceChildren(...say(key).map((text) => make("button", {
      type: "button", className: "chip", textContent: text, onclick: () => { $(field).value = text; $(field).focus(); },
    })));
  }
}

function translate() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  $("language").textContent = say("language");
  for (const [id, key] of [["newcomer-name", "newcomer"], ["comment-text", "writeComment"], ["message-text", "writeMessage"]]) {
    $(id).placeholder = say(key);
    $(id).ariaLabel = say(key);
  }
  suggest();
  $("fault-kind").replaceChildren(...faults.map((f) => make("option", { value: f, textContent: say(f) })));
  draw();
}

async function refresh() {
  try {
    state = await (await fetch("/sim/state")).json();
    draw();
  } catch {
    $("status").textContent = say("lost");
    state = null;
  }
}

/** Runs a form's action; its text field is emptied once it worked. */
function on(id, field, act) {
  $(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field ? $(field).value.trim() : "";
    if (field && !text) return;
    try {
      await act(text);
      if (field) $(field).value = "";
    } catch { /* the toast has said why */ }
  });
}

const someone = () => { if (!who) { toast(say("noPeople")); throw new Error("nobody"); } return who; };
const press = (id, act) => $(id).addEventListener("click", () => { act()?.catch?.(() => {}); });

on("newcomer", "newcomer-name", async (name) => { await post("enter", { name, scene: "homepage" }); choose(name); });
on("comment-form", "comment-text", async (text) => { await post("comment", { name: someone(), item, text, parent: answering?.id ?? "" }); answering = null; draw(); });
on("message-form", "message-text", (text) => post("message", { name: someone(), text }));
on("settings", "", async () => {
  await post("settings", { copies: +$("copies").value, delay_ms: +$("delay").value, drop: +$("drop").value, shuffle: $("shuffle").checked });
  toast(say("done"));
});
on("fault", "", () => post("fault", { on: $("fault-on").value, kind: $("fault-kind").value, times: +$("fault-times").value }));
press("heal", () => post("heal"));
press("expire", async () => { await post("expire"); toast(say("done")); });
press("enter", async () => post("enter", { name: someone(), scene: "video", item }));
press("image", async () => post("message", { name: someone(), kind: "image" }));
press("authorise", async () => post("authorise", { name: someone(), source: "im_authorize_message", hours: 24 }));
press("withdraw", async () => post("authorise", { name: someone(), source: "im_authorize_message", hours: 0 }));
press("answering", () => { answering = null; draw(); });
press("language", () => { turn(); translate(); });
for (const name of ["comments", "messages"]) press(`tab-${name}`, () => { tab = name; draw(); });

translate();
await refresh();
setInterval(refresh, 1000);
