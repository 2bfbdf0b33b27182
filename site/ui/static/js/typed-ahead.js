// SPDX-License-Identifier: EUPL-1.2
// A key that leads to another page, and the text that is typed before the page is there. Until a
// field gets the focus, here or on the next page, letters are text that waits for it and no keys of
// the desk. Read in the head, not deferred: the next page must listen before the rest of it comes.
// A browser that changes pages may still lose a letter that comes between the two.
(() => {
  const KEY = "desk-typed";
  const LONGEST = 10_000;  // a page that was not left after all gets its keys back
  let typed = "";
  let until = 0;

  const store = (text) => {
    try {
      if (text === null) sessionStorage.removeItem(KEY);
      else sessionStorage.setItem(KEY, JSON.stringify({ text, until }));
    } catch { /* A full or closed store only means that nothing is carried over. */ }
  };
  const stop = () => { typed = ""; until = 0; store(null); };
  const waits = () => Date.now() < until;
  const field = (el) => el instanceof Element && el.closest("textarea, [contenteditable], " +
    "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button])");

  // What a page before this one left, unless it was for a page that never came.
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (kept && Date.now() < kept.until) ({ text: typed, until } = kept);
  } catch { /* Nothing that can be read was left. */ }
  store(null);

  document.addEventListener("keydown", (event) => {
    if (!waits() || field(event.target) || event.isComposing) return;
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (chord && !event.getModifierState("AltGraph")) return;
    const letter = event.key === "Enter" ? "\n" : event.key;
    if (letter.length > 1 && letter !== "Backspace") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (letter === "Backspace") typed = [...typed].slice(0, -1).join("");
    else if (!event.repeat) typed += letter;  // the key that led away may still be held
    store(typed);
  }, true);

  document.addEventListener("focusin", (event) => {
    const to = waits() && field(event.target);
    if (!to) return;
    const text = typed;
    stop();
    if (!text || !("value" in to)) return;
    if (to.type === "email" || to.type === "number") to.value += text;  // they know no selection
    else to.setRangeText(text, to.selectionStart, to.selectionEnd, "end");
    to.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // A page without a field to write in takes its keys at once; what was typed for none is dropped.
  const arrived = until > 0;
  window.addEventListener("load", () => {
    if (arrived) setTimeout(() => { if (!field(document.activeElement)) stop(); });
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) stop(); });

  // desk.js says that a key has led away, and that what it led to was brought to this page.
  document.addEventListener("desk:arrived", stop);
  document.addEventListener("desk:leaving", () => {
    typed = "";
    until = Date.now() + LONGEST;
    store(typed);
  });
})();
