// The phone: bubbles, what was not sent, and texts that are still being decided.

import { el, icon, keyed } from "./dom.js";
import { Tail } from "./tail.js";

const ICONS = { outbox: "outbox", carrier: "carrier", delivered: "delivered", failed: "failed", unclear: "unclear",
  withheld: "withheld", stale: "withheld", nothing: "nothing", deciding: "deciding", sending: "outbox" };
const DECIDING_AFTER = 150; // ms: what is faster needs no sign

export class Phone {
  // `changed` is called after each showing: what is being decided has a card too.
  constructor(screen, list, hints, select, changed = () => {}) {
    this.changed = changed;
    this.tail = new Tail(screen);
    this.list = list;
    this.hints = hints;
    this.select = select;
    this.bubbles = [];
    this.waiting = [];
  }

  // Show these bubbles, and below them what was written and is not in a row yet.
  show(bubbles, now = Date.now()) {
    this.bubbles = bubbles;
    const known = new Set(bubbles.map((bubble) => bubble.card));
    this.waiting = this.waiting.filter((text) => !known.has(text.sid));
    const items = [...withDays(bubbles), ...this.waiting.flatMap((text) => waitingItems(text, now))];
    keyed(this.list, items, () => el("li"), (node, item) => this.fill(node, item));
    if (this.hints) this.hints.hidden = items.length > 0;
    this.tail.keep();
    this.changed();
  }

  // A text that was just written; returns what tells how it goes on.
  write(body) {
    const text = { key: `w-${Date.now()}-${Math.random()}`, body, sid: "", at: Date.now() };
    this.waiting.push(text);
    this.show(this.bubbles);
    this.tail.go();
    setTimeout(() => this.show(this.bubbles), DECIDING_AFTER + 10);
    return text;
  }

  take(text, sid) {
    text.sid = sid;
    this.show(this.bubbles);
  }

  takeBack(text) {
    this.waiting = this.waiting.filter((other) => other !== text);
    this.show(this.bubbles);
  }

  isDeciding() {
    return this.waiting.length > 0;
  }

  // Texts that have been waiting for a decision long enough for a sign.
  deciding(now = Date.now()) {
    return this.waiting.filter((text) => now - text.at >= DECIDING_AFTER);
  }

  fill(node, item) {
    if (item.side === "day") return fillDay(node, item);
    if (node.side !== item.side) this.build(node, item);
    node.className = classes(item, node.classList.contains("selected"));
    const state = node.querySelector(".state");
    if (state) state.replaceWith(stateOf(item));
    if (item.side === "line") fillKept(node, item);
  }

  build(node, item) {
    node.side = item.side;
    node.replaceChildren();
    if (item.card) node.dataset.card = item.card;
    const meta = el("div", { class: item.side === "line" ? "meta rule" : "meta" }, time(item), stateOf(item), this.why(item));
    const body = item.side === "line" ? null : el("div", { class: "body" }, item.text);
    node.append(...[body, meta, el("div", { class: "sheet" })].filter(Boolean));
    if (body && item.card) body.addEventListener("click", () => this.select(item.card, "phone"));
  }

  why(item) {
    if (!item.card) return null;
    const label = `why: ${(item.text || item.words).slice(0, 60)}`;
    const button = el("button", { type: "button", class: "why-button", "aria-label": label, "aria-expanded": "false",
      "data-focus": "why" }, "why?");
    button.addEventListener("click", () => this.select(item.card, "why", button));
    return button;
  }
}

function classes(item, selected) {
  const own = [item.side === "line" ? "line" : item.side, item.quiet && "quiet", item.pending && "pending"];
  return ["bubble", ...own, selected && "selected"].filter(Boolean).join(" ");
}

function fillDay(node, item) {
  node.className = item.quiet ? "day quiet" : "day";
  node.textContent = item.text;
}

function fillKept(node, item) {
  node.querySelector(".kept")?.remove();
  if (item.text) node.prepend(el("div", { class: "kept" }, item.text));
}

// Word and icon together, and outside of what is read aloud again at each change.
function stateOf(item) {
  if (!item.fate) return el("span", { class: "state", hidden: true });
  return el("span", { class: `state fate-${item.fate}`, "aria-live": "off" }, icon(ICONS[item.fate] ?? "nothing"), item.words);
}

function time(item) {
  return item.clock && item.side !== "line" ? el("time", { datetime: item.iso }, item.clock) : null;
}

function withDays(bubbles) {
  let day = "";
  const loud = new Set(bubbles.filter((bubble) => !bubble.quiet).map((bubble) => bubble.day));
  return bubbles.flatMap((bubble) => {
    const item = { ...bubble, key: bubble.id };
    if (bubble.day === day) return [item];
    day = bubble.day;
    return [{ key: `day-${bubble.day}-${bubble.id}`, side: "day", text: day, quiet: !loud.has(day) }, item];
  });
}

function waitingItems(text, now) {
  const own = { key: text.key, side: "theirs", text: text.body, fate: "sending", words: "sending", pending: true };
  if (now - text.at < DECIDING_AFTER) return [own];
  const dots = { key: `${text.key}-d`, side: "ours", text: "…", fate: "deciding", words: "deciding", pending: true };
  return [{ ...own, words: text.sid ? "sent" : "sending" }, dots];
}
