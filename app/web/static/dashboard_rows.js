/* Fills in the rows of the queue dashboard, in the place of a library that would need eval. Every value is
   escaped, and what a template says is looked up in the closed lists below: it is never run as code. */
(function () {
  "use strict";

  const PATH = "([a-z_]+(?:\\.[a-z_]+)*)";
  const TOKEN = /<%([=-]?)([\s\S]+?)%>/g;
  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

  const VALUES = [
    [PATH, (value) => value],
    ["\\$\\('<div/>'\\)\\.text\\(" + PATH + "\\)\\.html\\(\\)", (value) => value],
    ["JSON\\.stringify\\(" + PATH + ", null, 2\\)", (value) => JSON.stringify(value)],
    [PATH + "\\.join\\(', '\\)", (value) => value.join(", ")],
    ["url_for_single_job_view\\(" + PATH + "\\)", (value) => window.url_for_single_job_view(value)],
    ["toRelative\\(" + PATH + "\\)", (value) => window.toRelative(value)],
  ].map(([form, make]) => [new RegExp("^" + form + "$"), make]);

  const CONDITIONS = [
    ["if ?\\(" + PATH + "\\) ?\\{", (value) => Boolean(value)],
    ["if ?\\(" + PATH + " && " + PATH + "\\) ?\\{", (one, two) => Boolean(one && two)],
    ["if ?\\(" + PATH + " !== 'idle'\\) ?\\{", (value) => value !== "idle"],
  ].map(([form, holds]) => [new RegExp("^" + form + "$"), holds]);

  function escaped(value) {
    return String(value === undefined || value === null ? "" : value).replace(/[&<>"'`]/g, (c) => ESCAPES[c]);
  }

  function found(path, data) {
    return path.split(".").reduce((at, name) => (at === undefined || at === null ? at : at[name]), data);
  }

  function read(forms, text, data, otherwise) {
    for (const [form, make] of forms) {
      const match = form.exec(text);
      if (match) {
        return make(...match.slice(1).map((path) => found(path, data)));
      }
    }
    return otherwise;
  }

  function step(code, shown, data) {
    const visible = shown.every(Boolean);
    if (/^\} else \{$/.test(code)) {
      shown.push(!shown.pop());
      return;
    }
    const open = (code.match(/\{/g) || []).length;
    const close = (code.match(/\}/g) || []).length;
    for (let i = 0; i < close; i += 1) shown.pop();
    for (let i = 0; i < open; i += 1) shown.push(visible && read(CONDITIONS, code, data, false));
  }

  function filled(source, data) {
    const shown = [];
    let text = "";
    let at = 0;
    for (const token of source.matchAll(TOKEN)) {
      if (shown.every(Boolean)) text += source.slice(at, token.index);
      at = token.index + token[0].length;
      const code = token[2].trim();
      if (!token[1]) step(code, shown, data);
      else if (shown.every(Boolean)) text += escaped(read(VALUES, code, data, ""));
    }
    return shown.every(Boolean) ? text + source.slice(at) : text;
  }

  function cookie(name) {
    const pair = document.cookie.split("; ").find((one) => one.startsWith(name + "="));
    return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
  }

  async function signOut() {
    await fetch("/rq/logout", { method: "POST", headers: { "X-CSRFToken": cookie("_csrf_token") } });
    window.location.assign("/rq/login");
  }

  function addSignOut() {
    const button = document.createElement("button");
    button.id = "sign-out";
    button.className = "btn btn-outline-secondary btn-sm";
    button.textContent = "Sign out";
    button.addEventListener("click", signOut);
    document.getElementById("navbar-dashboard").append(button);
  }

  window._ = { template: (source) => (data) => filled(source, data) };
  addSignOut();
})();
