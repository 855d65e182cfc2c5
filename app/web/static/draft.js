// What was typed and not sent stays in this browser until it is.

const NAME = "cairn-draft";

export function keepDraft(field) {
  try {
    field.value = field.value || localStorage.getItem(NAME) || "";
  } catch {
    return; // a browser that keeps nothing
  }
  field.addEventListener("input", () => store(field.value));
}

export function store(text) {
  try {
    if (text) localStorage.setItem(NAME, text);
    else localStorage.removeItem(NAME);
  } catch {
    // a browser that keeps nothing
  }
}
