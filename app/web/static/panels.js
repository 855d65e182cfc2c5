// The tabs beside the cards: story, what comes next, the row as it is kept, the file a text came from.

import { el } from "./dom.js";

// Let tabs be chosen by pointer and by arrow keys; `chosen` is told the name.
export function setUpTabs(root, chosen) {
  const tabs = [...root.querySelectorAll('[role="tab"]')];
  const show = (tab) => {
    for (const other of tabs) {
      const isThis = other === tab;
      other.setAttribute("aria-selected", String(isThis));
      other.tabIndex = isThis ? 0 : -1;
      root.querySelector(`#panel-${other.dataset.tab}`).hidden = !isThis;
    }
    chosen(tab.dataset.tab);
  };
  tabs.forEach((tab, place) => {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!move) return;
      const next = tabs[(place + move + tabs.length) % tabs.length];
      next.focus();
      show(next);
    });
  });
  return (name) => show(tabs.find((tab) => tab.dataset.tab === name));
}

export function storyPanel(story) {
  if (!story) return [empty("Nobody has texted yet.")];
  return [el("h3", {}, "So far"), table(["", ""], story.facts),
    el("h3", {}, "Moments worth keeping"), story.moments.length
      ? table(["when", "in own words", "from"], story.moments.map((one) => [one.local, one.value, one.source]))
      : empty("None yet."),
    el("h3", {}, "What is known"), story.values.length
      ? table(["name", "value", "when", "from"], story.values.map((one) => [one.name, one.value, one.local, one.source]))
      : empty("Nothing yet.")];
}

export function aheadPanel(ahead) {
  if (!ahead.length) return [empty("Nothing lies ahead. Before consent there is nothing to come, not even a reminder.")];
  const note = el("p", { class: "soft" }, "The first of these is the next wake-up. Whether anything is sent is decided then.");
  return [table(["when", "what"], ahead.map((one) => [one.local, one.why])), note];
}

export function rowPanel(card) {
  if (!card) return [empty("Choose a text or a card first.")];
  return [el("p", { class: "soft" }, `${card.rows.length} rows of one decision and its deliveries, as the journal keeps them.`),
    el("pre", {}, JSON.stringify(card.rows, null, 2))];
}

export function filePanel(file) {
  if (!file) return [empty("Choose a text of ours first: its file is shown here.")];
  if (file.error) return [empty(file.error)];
  if (!file.text) return [el("p", {}, file.path)];
  const lines = file.text.split("\n").map((line, place) =>
    el("span", { class: place + 1 === file.line ? "marked" : null }, place + 1 === file.line ? line : `${line}\n`));
  return [el("p", {}, file.line ? `${file.path}, line ${file.line}` : file.path),
    el("p", { class: "soft" }, "As the file is now. A conversation goes on with the release it began under."), el("pre", {}, lines)];
}

function table(heads, rows) {
  const head = heads.some(Boolean) ? el("thead", {}, el("tr", {}, heads.map((words) => el("th", { scope: "col" }, words)))) : null;
  return el("table", {}, head, el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell) => el("td", {}, cell))))));
}

function empty(words) {
  return el("p", { class: "empty" }, words);
}
