// Small builders: text always becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

// An element with attributes, and children that are nodes or text; children that are null, false or "" are left out.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== false && child !== ""));
  return node;
}

// One of the icons of the page's sprite; the word beside it says what it means.
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

// Make a list show the items: new ones are made, changed ones filled again, others left alone with focus and all.
export function keyed(list, items, make, fill) {
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let before = null;
  for (const item of items) {
    let node = known.get(item.key);
    if (!node) {
      node = make(item);
      node.dataset.key = item.key;
    }
    known.delete(item.key);
    const mark = JSON.stringify(item);
    if (node.mark !== mark) keepingPlace(node, () => fill(node, item));
    node.mark = mark;
    const place = before ? before.nextSibling : list.firstChild;
    if (place !== node) list.insertBefore(node, place);
    before = node;
  }
  for (const gone of known.values()) gone.remove();
}

// Fill a node anew without losing the focus inside it, or what was unfolded.
function keepingPlace(node, fill) {
  const focused = node.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const open = [...node.querySelectorAll("details[open]")].map((details) => details.dataset.focus);
  fill();
  for (const name of open) node.querySelector(`details[data-focus="${name}"]`)?.setAttribute("open", "");
  if (focused && !node.contains(document.activeElement)) {
    node.querySelector(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
  }
}

export function part(name, root = document) {
  return root.querySelector(`[data-part="${name}"]`);
}
