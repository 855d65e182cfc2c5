// Asks for what is new: often after something was done, seldom while nobody looks, with patience after errors.

const SOON = [40, 80, 120, 200, 300, 500];
const AFTER_SENDING = 500;
const VISIBLE = 2000;
const HIDDEN = 15000;
const LONGEST_BACKOFF = 30000;
const EAGER_FOR = 12000;

export class Live {
  constructor(url, shown, told, visible = VISIBLE) {
    this.visible = visible; // milliseconds between two looks while nothing was done
    this.url = url;
    this.shown = shown; // is given each new view
    this.told = told; // is told in words how fresh the page is, and whether the program is away
    this.after = "";
    this.also = "";
    this.failures = 0;
    this.eagerUntil = 0;
    this.soon = 0;
    this.updated = 0;
    this.asking = false;
    document.addEventListener("visibilitychange", () => this.plan(document.hidden ? HIDDEN : 0));
    setInterval(() => this.tell(), 1000);
  }

  start() {
    this.ask();
  }

  // Look often for a while: something was just done.
  hurry() {
    this.eagerUntil = Date.now() + EAGER_FOR;
    this.soon = 0;
    this.plan(SOON[0]);
  }

  async ask() {
    if (this.asking) return;
    this.asking = true;
    try {
      const marks = new URLSearchParams({ after: this.after, also: this.also });
      const answer = await fetch(`${this.url}?${marks}`, { cache: "no-store", signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(String(answer.status));
      this.failures = 0;
      this.updated = Date.now();
      if (answer.status !== 204) this.take(await answer.json());
    } catch (error) {
      this.failures += 1;
      if (!(error instanceof TypeError) && !(error instanceof DOMException)) console.warn("live:", error.message);
    }
    this.asking = false;
    this.tell();
    this.plan(this.pause());
  }

  take(view) {
    this.after = view.after;
    this.also = view.also;
    this.shown(view);
  }

  plan(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), pause);
  }

  pause() {
    if (this.failures) return Math.min(LONGEST_BACKOFF, 500 * 2 ** this.failures);
    if (document.hidden) return HIDDEN;
    if (Date.now() > this.eagerUntil) return this.visible;
    return this.soon < SOON.length ? SOON[this.soon++] : AFTER_SENDING;
  }

  tell() {
    if (this.failures) return this.told("The program is away, trying again.", true);
    if (!this.updated) return this.told("Loading.", false);
    const seconds = Math.round((Date.now() - this.updated) / 1000);
    this.told(seconds < 2 ? "Up to date." : `Last updated ${seconds} s ago.`, false);
  }
}
