// SPDX-License-Identifier: EUPL-1.2
// The desk's few keys. Everything here also has a button or a link; without JavaScript they remain.
(() => {
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "/" && !typing(event.target)) {
      const field = document.querySelector("[data-desk-search]");
      if (field) { event.preventDefault(); field.focus(); }
    }
    if (!event.altKey && !typing(event.target)) {
      const link = document.querySelector(`[data-key="${event.key}"]`);
      if (link) { event.preventDefault(); link.click(); }
    }
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const row = event.target.closest("[data-order] > li");
      if (!row) return;
      event.preventDefault();
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (event.key === "ArrowUp") other.before(row); else other.after(row);
      renumber(row.parentElement);
      event.target.focus();
    }
  });

  const renumber = (list) => {
    [...list.children].forEach((row, index) => {
      const place = row.querySelector("[data-place]");
      if (place) place.textContent = index + 1;
    });
    const status = document.querySelector("[data-order-status]");
    if (status) status.textContent = status.dataset.changed;
  };

  document.querySelectorAll("[data-order]").forEach((list) => {
    let dragged = null;
    list.addEventListener("dragstart", (event) => { dragged = event.target.closest("li"); });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-order] > li");
      if (!dragged || !over || over === dragged) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
    });
    list.addEventListener("dragend", () => { dragged = null; renumber(list); });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    navigator.clipboard?.writeText(button.dataset.copy).then(() => {
      const label = button.querySelector("span");
      if (label) label.textContent = button.dataset.copied;
    });
  });
  document.querySelectorAll("[data-copy][hidden]").forEach((el) => { el.hidden = false; });

  const summary = document.querySelector(".desk-errors");
  if (summary) summary.focus();

  document.querySelectorAll("form[data-once]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    });
  });
})();
