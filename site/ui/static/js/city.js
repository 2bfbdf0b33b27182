// SPDX-License-Identifier: EUPL-1.2
// Small comforts; every page works without this file.
(() => {
  "use strict";

  // Errors first: move focus to the summary when a form comes back with faults.
  const faults = document.querySelector("[data-error-summary]");
  if (faults) {
    // After the browser has followed a fragment in the address, which would move focus away.
    const show = () => setTimeout(() => faults.focus(), 0);
    if (document.readyState === "complete") show(); else addEventListener("load", show);
    document.title = `Fel: ${document.title}`;
  }

  // On a phone the filters wait folded, so that the results come first.
  if (matchMedia("(max-width: 59.99rem)").matches) {
    for (const facet of document.querySelectorAll(".facet[open]")) facet.open = false;
  }

  // Copy a number.
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const word = button.querySelector("span");
      const before = word.textContent;
      word.textContent = button.dataset.copied;
      setTimeout(() => { word.textContent = before; }, 2000);
    });
  }

  // A second click on the same button does nothing while the first is under way. The server
  // refuses a double as well; this only spares people the message.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      const button = event.submitter;
      if (button) button.setAttribute("aria-disabled", "true");
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const b of form.querySelectorAll("[aria-disabled]")) b.removeAttribute("aria-disabled");
    }
  });

  // What is typed is kept in the browser until the server has it, so that a lost session or a
  // broken line loses nothing. What an unknown visitor types is kept in the tab alone: the next one
  // at a shared computer must not meet it.
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const key = `kept:${form.dataset.keep}`;
    const store = form.dataset.keepIn === "tab" ? sessionStorage : localStorage;
    const read = () => {
      const data = {};
      for (const [name, value] of new FormData(form)) {
        if (name === "csrfmiddlewaretoken" || typeof value !== "string") continue;
        (data[name] ||= []).push(value);
      }
      return data;
    };
    if (form.dataset.fresh === "1") store.removeItem(key);
    const kept = store.getItem(key);
    if (kept) {
      const data = JSON.parse(kept);
      let changed = false;
      for (const control of form.elements) {
        if (!control.name || control.type === "hidden" || control.type === "submit") continue;
        const values = data[control.name] || [];
        if (control.type === "checkbox" || control.type === "radio") {
          const wanted = values.includes(control.value);
          changed ||= wanted !== control.checked;
          control.checked = wanted;
        } else if (control.type !== "file" && values.length) {
          changed ||= values[0] !== control.value;
          control.value = values[0];
        }
      }
      const told = form.querySelector("[data-saved]");
      if (changed && told) told.textContent = told.dataset.restored;
    }
    form.addEventListener("input", () => {
      store.setItem(key, JSON.stringify(read()));
    });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      // The form's own sending alone: what is asked for within it saves nothing.
      if (event.detail.successful && event.detail.elt === form) store.removeItem(key);
    });
  }

  // What has been sent needs no keeping.
  for (const place of document.querySelectorAll("[data-clear]")) {
    const prefix = `kept:${place.dataset.clear}`;
    for (const store of [localStorage, sessionStorage]) {
      for (const key of Object.keys(store)) {
        if (key.startsWith(prefix)) store.removeItem(key);
      }
    }
  }

  // Autosave that failed says so, instead of staying silent.
  document.body.addEventListener("htmx:sendError", () => told("offline"));
  document.body.addEventListener("htmx:responseError", () => told("failed"));
  function told(which) {
    const place = document.querySelector("[data-saved]");
    if (place) place.textContent = place.dataset[which];
  }
})();
