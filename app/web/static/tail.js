// Keeps a box that scrolls at its end for whoever reads the newest, and leaves alone whoever scrolled back.

const NEAR = 80; // px

export class Tail {
  constructor(box) {
    this.box = box;
    this.atEnd = true;
    box.addEventListener("scroll", () => {
      this.atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    }, { passive: true });
    new ResizeObserver(() => this.keep()).observe(box);
  }

  keep() {
    if (this.atEnd) this.box.scrollTop = this.box.scrollHeight;
  }

  go() {
    this.atEnd = true;
    this.keep();
  }
}
