// The conversation component: a phone, its cards, and the tabs beside them, kept in step with each other.

import { crisisPanel, fillCard, fillDeciding } from "./cards.js";
import { el, keyed, part } from "./dom.js";
import { aheadPanel, filePanel, rowPanel, setUpTabs, storyPanel } from "./panels.js";
import { Phone } from "./phone.js";
import { Tail } from "./tail.js";

const narrow = matchMedia("(max-width: 699px)");

export class Conversation {
  // `sources` is where the file behind a text is asked for; `crisisButton` makes what a crisis panel offers to press.
  constructor(root, { sources, crisisButton = () => null }) {
    this.root = root;
    this.sources = sources;
    this.crisisButton = crisisButton;
    this.cards = part("cards", root);
    this.why = part("why", root);
    this.tail = new Tail(this.why.querySelector("#panel-happened"));
    this.view = null;
    this.selected = "";
    this.tab = "happened";
    const select = (card, from, button) => this.select(card, from, button);
    this.acts = { select, open: (card_, source) => this.open(card_, source) };
    this.phone = new Phone(part("screen", root), part("transcript", root), part("hints", root), select,
      () => this.view && this.showCards());
    this.showTab = setUpTabs(this.why, (name) => this.chose(name));
    narrow.addEventListener("change", () => this.fold());
    this.fold();
  }

  show(view) {
    if (this.view?.release?.number !== view.release?.number) this.why.querySelector("#panel-file").source = undefined;
    this.view = view;
    this.showCrisis(view.crisis);
    this.showCards();
    this.phone.show(view.bubbles);
    this.mark();
    this.fold();
    this.tail.keep();
    this.showPanel();
  }

  select(card, from, button) {
    const again = card === this.selected && from === "why" && narrow.matches;
    this.selected = again ? "" : card;
    this.source = "";
    if (button && narrow.matches) this.anchor = this.selected ? button.closest("li") : null;
    this.mark();
    this.fold();
    if (!narrow.matches && from !== "cards") this.reveal();
    if (from === "cards") this.bubbleOf(card)?.scrollIntoView({ block: "nearest" });
    this.showPanel();
  }

  showCards() {
    const items = [...this.withDays()];
    this.home();
    keyed(this.cards, items, () => el("li"), (node, item) => this.fill(node, item));
    part("guide", this.root).hidden = items.length > 0;
  }

  // Show the file behind a text.
  open(card, source) {
    this.selected = card;
    this.source = source;
    this.mark();
    this.showTab("file");
  }

  *withDays() {
    let day = "";
    for (const card of this.view.cards) {
      if (card.day !== day) yield { key: `day-${card.day}-${card.id}`, day: (day = card.day) };
      yield { ...card, key: card.id };
    }
    for (const text of this.phone.deciding()) yield { key: text.key, deciding: text.body };
  }

  fill(node, item) {
    if (item.title !== undefined) return fillCard(node, item, this.acts);
    if (item.deciding !== undefined) return fillDeciding(node, item.deciding);
    node.className = "day-head";
    node.textContent = item.day;
  }

  mark() {
    for (const node of this.root.querySelectorAll("[data-card]")) {
      const isThis = node.dataset.card === this.selected;
      node.classList.toggle("selected", isThis);
      if (node.classList.contains("card")) node.ariaCurrent = isThis ? "true" : null;
      node.querySelector(":scope > .meta .why-button")?.setAttribute("aria-expanded", String(isThis));
    }
  }

  // Where there is no room beside the phone, the chosen card unfolds under its bubble.
  fold() {
    this.home();
    if (narrow.matches && this.tab === "happened") {
      this.showTab("ahead");
      this.wasNarrow = true;
    } else if (!narrow.matches && this.wasNarrow) {
      this.showTab("happened");
      this.wasNarrow = false;
    }
    if (!narrow.matches) return;
    const card = this.cardOf(this.selected);
    const place = this.anchor?.isConnected ? this.anchor : this.bubbleOf(this.selected);
    if (card && place) place.querySelector(".sheet").append(card);
  }

  // Bring a card that was unfolded elsewhere back into the list.
  home() {
    const away = this.root.querySelector(".sheet > .card");
    if (!away) return;
    const keys = this.view.cards.map((card) => card.id);
    const later = keys.slice(keys.indexOf(away.dataset.card) + 1);
    const next = [...this.cards.children].find((node) => later.includes(node.dataset.card));
    this.cards.insertBefore(away, next ?? null);
  }

  cardOf(card) {
    return card ? [...this.root.querySelectorAll(".card")].find((node) => node.dataset.card === card) : null;
  }

  bubbleOf(card) {
    return card ? [...this.root.querySelectorAll(".bubble")].find((node) => node.dataset.card === card) : null;
  }

  reveal() {
    if (this.tab === "happened") this.cardOf(this.selected)?.scrollIntoView({ block: "nearest" });
  }

  showCrisis(panel) {
    const place = part("crisis", this.root);
    const mark = JSON.stringify(panel);
    if (place.mark === mark) return;
    place.mark = mark;
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(...(panel ? [crisisPanel(panel, this.crisisButton(panel))] : []));
    if (hadFocus) (place.querySelector("button") ?? this.why.querySelector('[aria-selected="true"]')).focus({ preventScroll: true });
  }

  chose(name) {
    this.tab = name;
    if (this.view) this.showPanel();
  }

  showPanel() {
    const chosen = this.view.cards.find((card) => card.id === this.selected) ?? this.view.cards.at(-1);
    const panel = this.why.querySelector(`#panel-${this.tab}`);
    if (this.tab === "story") replace(panel, storyPanel(this.view.story), this.view.story);
    if (this.tab === "ahead") replace(panel, aheadPanel(this.view.ahead), this.view.ahead);
    if (this.tab === "row") replace(panel, rowPanel(chosen), chosen?.rows);
    if (this.tab === "file") this.showFile(panel, this.source || chosen?.source);
  }

  async showFile(panel, source) {
    if (panel.source === source && source) return;
    panel.source = source;
    if (!source) return replace(panel, filePanel(null), "");
    try {
      const answer = await fetch(`${this.sources}?of=${encodeURIComponent(source)}`);
      const file = await answer.json();
      if (panel.source !== source) return;
      replace(panel, filePanel(file), file);
      const marked = panel.querySelector(".marked");
      if (marked) panel.scrollTop = marked.offsetTop - panel.offsetTop - 80;
    } catch {
      panel.source = undefined;
      replace(panel, filePanel({ error: "The file cannot be read now." }), "away");
    }
  }
}

function replace(panel, nodes, what) {
  const mark = JSON.stringify(what ?? null);
  if (panel.mark === mark) return;
  panel.mark = mark;
  panel.replaceChildren(...nodes);
}
