// SPDX-License-Identifier: EUPL-1.2
// A key that leads on, and what is typed before what it leads to is there. Until then nothing that is
// typed is a key or text of what one leaves: it waits in line. There it is text, from the first field
// that gets the focus; before that it is keys, if all of it can be, each when the one before has led
// where it leads. Read in the head, not deferred: a next page must listen before the rest of it comes.
(() => {
  const KEY = "desk-typed";
  const LONGEST = 10_000;  // what was not left after all gets its keys back
  const SEND = "Ctrl+Enter";
  let typed = [];
  let until = 0;
  let replaying = false;
  let sending = false;

  const store = () => {
    try {
      if (until) sessionStorage.setItem(KEY, JSON.stringify({ typed, until }));
      else sessionStorage.removeItem(KEY);
    } catch { /* A full or closed store only means that nothing is carried over. */ }
  };
  const stop = () => { typed = []; until = 0; store(); };
  const waits = () => Date.now() < until;
  const field = (el) => el instanceof Element && el.closest("textarea, [contenteditable], " +
    "input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button])");

  // What a page before this one left, unless it was for a page that never came.
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    if (kept && Date.now() < kept.until) ({ typed, until } = kept);
  } catch { /* Nothing that can be read was left. */ }
  const arrived = until > 0;
  sessionStorage.removeItem(KEY);

  document.addEventListener("keydown", (event) => {
    if (replaying || !waits() || field(event.target) || event.isComposing) return;
    const sends = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    const chord = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph");
    if ((chord && !sends) || (event.key.length > 1 && !/^(Enter|Backspace)$/.test(event.key))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat) return;  // the key that led away may still be held
    if (event.key === "Backspace") typed.pop();
    else typed.push(sends ? SEND : event.key);
    store();
  }, true);

  // Press a key, as if it came now; whether that leads on again.
  const press = (key) => {
    const before = until;
    until = 0;
    replaying = true;
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", {
      key: key === SEND ? "Enter" : key, ctrlKey: key === SEND, bubbles: true, cancelable: true,
    }));
    replaying = false;
    if (until) return true;
    until = before;
    return false;
  };

  // Up to where the form is sent, what waits is text for a field.
  const write = (to) => {
    const end = typed.indexOf(SEND);
    const text = typed.splice(0, end < 0 ? typed.length : end)
      .map((key) => (key === "Enter" ? "\n" : key)).join("");
    if (text && "value" in to) {
      if (/^(email|number)$/.test(to.type)) to.value += text;  // they know no selection
      else to.setRangeText(text, to.selectionStart, to.selectionEnd, "end");
      to.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!typed.length) { stop(); return; }
    if (sending) return;
    sending = true;
    queueMicrotask(() => {
      sending = false;
      typed.shift();
      if (!press(SEND)) stop();
    });
  };

  // Only links are pressed unseen: a button does something. Where there is a field that takes what is
  // typed, a word is a word even if it begins with a key.
  const led = (key) => document.querySelector(`a[data-key="${CSS.escape(key)}"], a[data-keys~="${CSS.escape(key)}"]`);
  const areKeys = (collects) => {
    for (const key of typed) {
      const link = led(key);
      if (link?.dataset.part) return true;
      if (!link && !(key === "r" && (!collects || typed.length === 1))) return false;
    }
    return true;
  };
  const deliver = () => {
    while (waits()) {
      const to = field(document.activeElement);
      if (to) { write(to); return; }
      if (!typed.length) { stop(); return; }
      const collects = document.querySelector("[data-collects] textarea");
      if (areKeys(collects)) {
        if (press(typed.shift())) { store(); return; }
      } else if (collects && typed[0].length === 1) {
        collects.focus();  // the text goes there
        return;
      } else {
        stop();
      }
    }
  };

  document.addEventListener("focusin", (event) => {
    const to = waits() && field(event.target);
    if (to) write(to);
  });
  window.addEventListener("load", () => { if (arrived) setTimeout(deliver); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) stop(); });

  // turning.js says that a key leads on, and that what it led to is here, or is not to be had.
  document.addEventListener("desk:arrived", deliver);
  document.addEventListener("desk:stayed", stop);
  document.addEventListener("desk:leaving", () => {
    until = Date.now() + LONGEST;
    store();
  });
})();
