// The turn cards: heard, read as, decided, said, delivery.

import { el, icon } from "./dom.js";

const ICONS = { heard: "heard", nothing: "nothing", offered: "time", asked: "time", silent: "time", time: "time",
  staff: "staff", withheld: "withheld" };
const STEP_ICONS = { decided: "delivered", outbox: "outbox", carrier: "carrier", delivered: "delivered",
  failed: "failed", withheld: "withheld", stale: "withheld", unclear: "unclear" };

// Fill a card's element; `select` is told when its head is pressed, `open` when its file is wanted.
export function fillCard(node, card, { select, open }) {
  node.dataset.card = card.id;
  node.className = `card kind-${card.kind}${node.classList.contains("selected") ? " selected" : ""}`;
  node.replaceChildren(head(card, select), body(card, open));
}

// A card for what was written and has no row yet.
export function fillDeciding(node, body) {
  node.className = "card deciding";
  node.replaceChildren(el("div", { class: "card-head" }, icon("deciding"), el("span", { class: "name" }, "Deciding"),
    el("span", { class: "quote" }, `“${body}”`)));
}

function head(card, select) {
  const quote = card.quote ? el("span", { class: "quote" }, `“${card.quote}”`) : null;
  const button = el("button", { type: "button", class: "card-head", "data-focus": "head" },
    el("time", { class: "clock", datetime: card.iso }, card.clock), icon(ICONS[card.kind] ?? "time"),
    el("span", { class: "name" }, card.title), quote, el("span", { class: "turn" }, `turn ${card.turn}`));
  button.addEventListener("click", () => select(card.id, "cards"));
  return button;
}

function body(card, open) {
  const facts = el("dl", { class: "facts" }, card.lines.flatMap(fact), card.texts.flatMap((text, place, all) => delivery(text, place, all, () => open(card.id, text.source))));
  return el("div", { class: "card-body" }, facts, card.why_not.map(whyNot));
}

function fact(line) {
  const [words, took] = line.text.split(/\s{2}(?=[\d.]+ ms$)/);
  return [el("dt", {}, line.label),
    el("dd", { class: line.tone ? `tone-${line.tone}` : null }, words, took ? el("span", { class: "took" }, took) : null)];
}

function delivery(text, place, all, open) {
  const number = all.length > 1 ? ` ${place + 1}` : "";
  const found = text.delivery;
  const steps = el("ol", { class: "steps" }, found.steps.map(step));
  const words = el("div", { class: `state fate-${found.fate}` }, icon(STEP_ICONS[found.fate]), found.words);
  const twice = found.maybe_twice ? el("div", { class: "state fate-unclear" }, icon("unclear"), "maybe sent twice; counted") : null;
  const isPlain = ["outbox", "carrier", "delivered"].includes(found.fate);
  return [el("dt", {}, `delivery${number}`), el("dd", {}, steps, isPlain ? null : words, twice,
    sourceButton(text.source, place, open))];
}

function sourceButton(source, place, open) {
  const button = el("button", { type: "button", class: "source", "data-focus": `source-${place}` }, `from ${source}`);
  button.addEventListener("click", open);
  return el("div", {}, button);
}

function step(one) {
  return el("li", { class: `fate-${one.fate}` }, icon(STEP_ICONS[one.fate] ?? "time"), one.words,
    el("span", { class: "after" }, one.after));
}

function whyNot(why, place) {
  const options = why.options.map((option) => el("li", { class: option.taken ? "taken" : null },
    el("span", {}, option.taken ? `${option.name} (taken)` : option.name),
    el("meter", { min: 0, max: 1, value: option.chance, "aria-hidden": "true" }), el("span", {}, option.chance.toFixed(2))));
  return el("details", { "data-focus": `why-${place}` }, el("summary", { "data-focus": `sum-${place}` }, "why not others"),
    el("ul", { class: "rules" }, why.rules.map((rule) => el("li", {}, rule))),
    options.length ? el("ul", { class: "options" }, options) : null,
    el("ul", { class: "rules" }, why.notes.map((note) => el("li", {}, note))));
}

// The panel that stands above everything while care is held for danger.
export function crisisPanel(panel, button) {
  const facts = el("dl", { class: "facts" }, panel.lines.flatMap(fact));
  return el("div", { class: "crisis" }, el("h2", {}, icon("hold"), `Risk: ${panel.title}`), facts, button);
}
