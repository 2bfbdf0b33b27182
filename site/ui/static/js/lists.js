// SPDX-License-Identifier: EUPL-1.2
// Moving about in a list, and keeping one's place in it. Every key has a link or a box too.
(() => {
  const said = document.currentScript.dataset;
  const typing = (el) => el.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const links = () => [...document.querySelectorAll("[data-row]")];

  // "/" asks for a number or words wherever one is. A page with a field of its own has it focused
  // (desk.js); on all others the question is asked on top of the page, and Escape goes back to it.
  const FIELD = "[data-desk-search], .w-slim-header [type=search], main [role=search] input:not([type=hidden])";
  const made = () => {
    const dialog = document.createElement("dialog");
    dialog.id = dialog.className = "desk-jump";
    dialog.setAttribute("aria-label", said.label);
    const form = document.createElement("form");
    form.method = "get";
    form.action = said.search;
    const label = document.createElement("label");
    label.textContent = said.label;
    label.htmlFor = "desk-jump-q";
    const input = document.createElement("input");
    Object.assign(input, { type: "search", id: "desk-jump-q", name: "q", autocomplete: "off" });
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = said.open;
    form.append(label, input, button);
    dialog.append(form);
    document.body.append(dialog);
    return dialog;
  };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || typing(event.target)) return;
    if (document.querySelector(FIELD)) return;
    event.preventDefault();
    event.stopPropagation();
    const jump = document.getElementById("desk-jump") ?? made();
    jump.showModal();
    jump.querySelector("input").select();
  }, true);

  // A number and Enter in a list's own field opens the case, as everywhere else; words stay in the list.
  const NUMBER = /^\s*(?:\p{L}+\s+)*\p{L}*\s*(?:\d{4}\s*[\s/:-]\s*)?\d{1,6}(?:-\d+)?\s*$/u;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !links().length) return;
    if (!event.target.matches("[role=search] [name=q], .w-slim-header [name=q]") || !NUMBER.test(event.target.value)) return;
    event.preventDefault();
    event.stopPropagation();
    location.assign(`${said.search}?q=${encodeURIComponent(event.target.value.trim())}`);
  }, true);

  // Back to the row that one came from; the address names it. When the browser has gone to the place
  // that the address names it takes the focus away, so the row gets it after that.
  const row = /^#rad-\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (row) {
    window.addEventListener("load", () => setTimeout(() => {
      row.closest("tr").querySelector("[data-row]")?.focus({ preventScroll: true });
      row.scrollIntoView({ block: "center" });
    }));
  }

  // j and k go from row to row, x ticks the row.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const rows = links();
    if (!rows.length || !"jkx".includes(event.key)) return;
    const at = rows.findIndex((link) => link.closest("tr").contains(document.activeElement));
    event.preventDefault();
    if (event.key === "x") rows[at]?.closest("tr").querySelector("[data-bulk-action-checkbox]")?.click();
    else rows[Math.min(rows.length - 1, Math.max(0, at + (event.key === "j" ? 1 : -1)))].focus();
  });

  // The list is drawn anew when one filters: how many there are is then another number.
  document.addEventListener("w-swap:success", () => {
    const button = document.querySelector("[data-bulk-action-num-objects-in-listing]");
    const told = document.querySelector("[data-counted]")?.dataset.counted;
    if (button && told) button.textContent = told;
  });

  // What is done with a case leads back to its page without the list in the address. The tab
  // remembers the list, and the case's place in it is asked for again.
  const KEY = "desk-place";
  const keep = (value) => { try { sessionStorage.setItem(KEY, value); } catch { /* Then nothing is kept. */ } };
  const kept = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
  const place = () => {
    const holder = document.querySelector("[data-place]");
    if (!holder?.dataset.place) return;
    const list = new URLSearchParams(location.search).get("lista");
    if (list) { keep(JSON.stringify({ path: location.pathname, list })); return; }
    const known = kept();
    if (known?.path !== location.pathname) return;
    const query = `?${new URLSearchParams({ lista: known.list })}`;
    fetch(holder.dataset.place + query).then(async (answer) => {
      if (!answer.ok || answer.redirected || !holder.isConnected) return;
      holder.innerHTML = await answer.text();
      history.replaceState(null, "", location.pathname + query + location.hash);
      document.dispatchEvent(new Event("desk:renamed"));
    }).catch(() => { /* The page is whole without it. */ });
  };
  place();
  document.addEventListener("desk:brought", place);
})();
