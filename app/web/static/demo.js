// The demo's page: the phone's text field, the clock, three things to break, and starting over.

import { Conversation } from "./conversation.js";
import { el, icon, part } from "./dom.js";
import { keepDraft, store } from "./draft.js";
import { Live } from "./live.js";

const field = document.querySelector("#say");
const said = part("said");
let view = null;
let shownAt = 0;
const workers = {}; // by name, as they ran last

const conversation = new Conversation(part("conversation"), { sources: "/source", crisisButton: colleague });
const live = new Live("/live", show, told, 600); // a saved file shows within a second

async function post(path, content) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(content),
    signal: AbortSignal.timeout(20000),
  });
  const given = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(given.error || "The program did not take it.");
  return given;
}

function tell(words, isWrong = false) {
  said.classList.toggle("wrong", isWrong);
  said.textContent = words;
}

// Do something with a button that cannot be pressed twice meanwhile; it keeps the focus, so it is not disabled.
async function press(button, action) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  try {
    await action();
  } catch (error) {
    tell(error instanceof TypeError ? "The program is away. Try again in a moment." : error.message, true);
  }
  button.ariaBusy = "false";
  live.hurry();
}

async function send(body) {
  if (!body.trim()) return;
  const text = conversation.phone.write(body);
  live.hurry();
  try {
    const { sid } = await post("/texts", { body });
    conversation.phone.take(text, sid);
    store(field.value);
    tell("");
  } catch (error) {
    conversation.phone.takeBack(text);
    field.value ||= body;
    store(field.value);
    tell(`Not sent: ${error instanceof TypeError ? "the program is away." : error.message}`, true);
  }
  live.hurry();
}

function submit(event) {
  event?.preventDefault();
  const body = field.value;
  field.value = "";
  send(body);
}

function colleague() {
  const button = el("button", { type: "button", "data-do": "acknowledge" }, "Acknowledge");
  button.addEventListener("click", () => press(button, async () => tell((await post("/acknowledge", {})).said)));
  return el("div", {}, button, el("p", { class: "note" }, "In the demo nobody is paged: this button plays the colleague who looks."));
}

function show(next) {
  view = next;
  showWorkers(view.workers);
  shownAt = Date.now();
  conversation.show(view);
  const release = view.release;
  part("release").textContent = release ? `${release.program}, release ${release.number}${pinned(release)}` : "no release yet";
  if (release) part("title").textContent = release.title;
  part("moved").textContent = view.clock.moved ? `moved +${view.clock.moved}` : "";
  showNext(view.clock);
  showContent(view.content);
  tick();
}

function pinned(release) {
  return release.pinned && release.pinned !== release.number ? `; this conversation ends on ${release.pinned}` : "";
}

function showWorkers(running) {
  for (const [name, pid] of Object.entries(running)) {
    if (workers[name] && workers[name] !== pid) tell(`${name} is back; what it held goes out once.`);
    workers[name] = pid;
  }
  const away = Object.keys(workers).filter((name) => !running[name]);
  part("workers").textContent = away.map((name) => `${name} is restarting.`).join(" ");
}

function showNext(clock) {
  const button = part("next");
  button.disabled = !clock.next;
  button.textContent = clock.next ? `Next: ${clock.next.local} ${clock.next.why}` : "Next: nothing yet";
}

function showContent(note) {
  const place = part("content");
  const mark = JSON.stringify(note);
  if (place.mark === mark) return;
  const isNews = place.mark !== undefined;
  place.mark = mark;
  const problems = note?.problems ?? [];
  const errors = problems.filter((problem) => problem.severity === "error");
  place.classList.toggle("only-warnings", problems.length > 0 && !errors.length);
  if (isNews && note && !errors.length && note.file) tell(`${note.file} is checked: release ${note.release}, from the next intervention.`);
  if (!errors.length) return place.replaceChildren();
  const head = el("p", {}, `The files have ${errors.length === 1 ? "a mistake" : `${errors.length} mistakes`}; the phone stays on release ${note.release}.`);
  place.replaceChildren(head, el("ul", {}, errors.slice(0, 5).map(problem)));
}

function problem(one) {
  return el("li", {}, el("span", { class: `state severity-${one.severity}` }, icon("failed"), one.severity),
    el("span", { class: "where" }, `${one.file}:${one.line}:${one.column}`), ` ${one.name}. ${one.message}${one.fix ? ` ${one.fix}` : ""}`);
}

function tick() {
  if (!view) return;
  const now = new Date(view.clock.care_now + Date.now() - shownAt);
  const words = new Intl.DateTimeFormat("en", { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    timeZone: view.clock.zone }).format(now).replace(",", "");
  const clock = part("clock");
  if (clock.textContent !== words) clock.textContent = words;
  clock.dateTime = now.toISOString();
  clock.title = `on the clock of ${view.clock.place}`;
}

function told(words, isAway) {
  const place = part("updated");
  place.classList.toggle("away", isAway);
  if (place.textContent !== words) place.textContent = words;
}

function moved(answer) {
  const woke = answer.woke ? `${answer.woke} ${answer.woke === 1 ? "thing" : "things"} came due on the way.` : "Nothing came due on the way.";
  tell(answer.reached ? woke : `${woke} Press again to go on: a lot was due.`);
}

part("composer").addEventListener("submit", submit);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
});
for (const chip of document.querySelectorAll("[data-try]")) chip.addEventListener("click", () => send(chip.dataset.try));
for (const chip of document.querySelectorAll("[data-clock]")) {
  chip.addEventListener("click", () => press(chip, async () => moved(await post("/clock", { to: chip.dataset.clock }))));
}
for (const chip of document.querySelectorAll("[data-break]")) {
  chip.addEventListener("click", () => press(chip, async () => tell((await post("/break", { what: chip.dataset.break })).said)));
}
document.querySelector('[data-do="start-over"]').addEventListener("click", (event) =>
  press(event.currentTarget, async () => tell((await post("/start-over", {})).said)));
keepDraft(field);
setInterval(tick, 1000);
live.start();
