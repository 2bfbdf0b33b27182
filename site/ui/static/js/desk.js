// SPDX-License-Identifier: EUPL-1.2
// The desk's few keys. Everything here also has a button or a link; without JavaScript they remain.
(() => {
  const { signedIn, logIn, search, register } = document.currentScript.dataset;
  // The sentences come from the server, where they can be translated.
  const words = JSON.parse(document.getElementById("desk-words").textContent);
  // What is started on a page, and on each part that is brought to it (turning.js).
  const starters = [];
  const each = (selector, begin) => { starters.push([selector, begin]); };
  const start = (root) => starters.forEach(([selector, begin]) => root.querySelectorAll(selector).forEach(begin));

  // Wagtail's own parts, which would otherwise be started by scripts inside the page. A panel's
  // options are a string of JavaScript: that is what Wagtail puts the number of a new form into.
  const startWagtails = (place) => {
    const { starts, options } = place.dataset;
    if (starts === "InlinePanel") new window.InlinePanel(JSON.parse(JSON.parse(`"${options}"`)));
    else window[starts](place.dataset.for, JSON.parse(options));
  };
  each("[data-starts]", startWagtails);
  document.addEventListener("w-formset:added", (event) => event.target.querySelectorAll("[data-starts]").forEach(startWagtails));

  // What an order is made of: the rows of a list or of a table, and not the line drawn between them.
  const ROWS = ":is(li, tr:has([name=order]))";
  const rowsOf = (list) => [...list.querySelectorAll(`:scope > ${ROWS}`)];

  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

  // Before a calendar takes the key for itself.
  document.addEventListener("keydown", (event) => {
    // Ctrl+Enter in a form presses the button that says so; Enter alone decides nothing.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const button = (event.target.form ?? document).querySelector("[data-send]");
      if (button) { event.preventDefault(); event.stopPropagation(); button.click(); }
    }
  }, true);

  // Enter in a field that has a button of its own presses it.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.dataset?.presses) return;
    event.preventDefault();
    document.getElementById(event.target.dataset.presses).click();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    if (event.key === "/" && !typing(event.target)) {
      const field = document.querySelector("[data-desk-search], .w-slim-header [type=search], [role=search] input:not([type=hidden])");
      event.preventDefault();
      if (field) field.focus(); else location.assign(search);
      return;
    }
    if (!event.altKey && !typing(event.target)) {
      const key = CSS.escape(event.key);
      const link = document.querySelector(`[data-key="${key}"], [data-keys~="${key}"]`);
      // Registering is a key on every page of those whose menu has it.
      if (!link && event.key === "r" && document.querySelector(`.sidebar a[href="${register}"]`)) {
        event.preventDefault();
        document.dispatchEvent(new CustomEvent("desk:go", { detail: register }));
      }
      if (link) {
        event.preventDefault();
        const here = link.getAttribute("href")?.startsWith("#");
        link.click();
        // A link to a field of this page: what is typed next stands there.
        if (here) document.getElementById(link.hash.slice(1))?.focus();
      }
    }
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const row = event.target.closest(`[data-order] > ${ROWS}`);
      if (!row) return;
      event.preventDefault();
      const rows = rowsOf(row.parentElement);
      const other = rows[rows.indexOf(row) + (event.key === "ArrowUp" ? -1 : 1)];
      if (!other) { overEdge(row, event.key === "ArrowUp" ? "up" : "down"); return; }
      if (event.key === "ArrowUp") other.before(row); else other.after(row);
      renumber(row.parentElement);
      event.target.focus();
    }
  });

  // A part of a long order ends where the next begins: over the edge the row's own button moves it.
  const overEdge = (row, way) => {
    const { first, more } = row.parentElement.dataset;
    if (way === "up" ? Number(first ?? 1) > 1 : more !== undefined) row.querySelector(`[name=move][value^=${way}-]`)?.click();
  };

  const renumber = (list) => {
    list.querySelectorAll(".budget-line").forEach((line) => line.remove());
    const first = Number(list.dataset.first ?? 1);  // a part of a long order begins further down
    rowsOf(list).forEach((row, index) => {
      const place = row.querySelector("[data-place]");
      if (place) place.textContent = index + first;
      const sum = row.querySelector("[data-sum]");
      if (sum) sum.textContent = "–";
    });
    const status = document.querySelector("[data-order-status]");
    if (status) status.textContent = status.dataset.changed;
  };

  each("[data-order]", (list) => {
    let dragged = null;
    list.addEventListener("dragstart", (event) => { dragged = event.target.closest(`[data-order] > ${ROWS}`); });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest(`[data-order] > ${ROWS}`);
      if (!dragged || !over || over === dragged) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) over.before(dragged); else over.after(dragged);
    });
    list.addEventListener("dragend", () => { dragged = null; renumber(list); });
  });

  // An order or a reason that is changed and not saved is not left behind without a question.
  each("form:has([name=order])", (form) => {
    const told = () => JSON.stringify([...new FormData(form)]);
    const saved = "unsaved" in form.dataset ? "" : told();
    let sent = false;
    form.addEventListener("submit", () => { sent = true; });
    window.addEventListener("pageshow", () => { sent = false; });
    window.addEventListener("beforeunload", (event) => {
      if (form.isConnected && !sent && told() !== saved) event.preventDefault();
    });
    // Another part of the same order: what is changed on this one is saved on the way there.
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]");
      const part = link && link.pathname === location.pathname && new URLSearchParams(link.search).get("sida");
      if (!form.isConnected || !part || event.ctrlKey || event.metaKey || event.shiftKey || told() === saved || "late" in form.dataset) return;
      event.preventDefault();
      const wanted = Object.assign(document.createElement("input"), { type: "hidden", name: "part", value: part });
      form.append(wanted);
      form.action = (form.getAttribute("action") ?? "") + (link.hash || "#");  // an answer that leads on keeps it
      form.requestSubmit();
    });
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    navigator.clipboard?.writeText(button.dataset.copy).then(() => {
      const label = button.querySelector("span");
      if (label) label.textContent = button.dataset.copied;
    });
  });
  each("[data-copy][hidden]", (el) => { el.hidden = false; });

  each(".desk-errors", (summary) => summary.focus());

  // What was typed survives a lost session: it is kept in this tab while the form is on its way, and
  // put back when the same person meets the same empty form again. A page that says that it went
  // well, or that shows the form with its errors, ends the keeping.
  const KEY = "desk-kept";
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
  const wanted = (field) => field.name && !/^(csrfmiddlewaretoken)$/.test(field.name) && field.type !== "file";
  const putBack = (kept) => {
    const form = document.querySelector("form[data-keep]");
    const same = form && kept.path === location.pathname && kept.user === form.dataset.keep;
    if (!same || document.querySelector(".desk-errors, .messages .success")) return;
    // Rows first, so that each field meets its own value again.
    for (const [name, value] of kept.fields) {
      const row = name === "order" && form.querySelector(`[name=order][value="${CSS.escape(value)}"]`)?.closest("li, tr");
      if (row) row.parentElement.append(row);
    }
    form.querySelectorAll("[data-order]").forEach(renumber);
    const left = kept.fields.slice();
    for (const field of form.elements) {
      if (!wanted(field)) continue;
      const at = left.findIndex(([name, value]) => name === field.name &&
        (!/^(radio|checkbox)$/.test(field.type) || value === field.value));
      if (/^(radio|checkbox)$/.test(field.type)) field.checked = at >= 0;
      else if (at >= 0) field.value = left[at][1];
      if (at >= 0) left.splice(at, 1);
    }
    const note = document.createElement("p");
    note.className = "desk-kept";
    note.setAttribute("role", "status");
    note.textContent = form.querySelector("input[type=file]") ? words.keptWithoutFiles : words.kept;
    form.before(note);
  };
  const restore = () => {
    const kept = read();
    if (kept) putBack(kept);
    sessionStorage.removeItem(KEY);
  };
  document.addEventListener("submit", ({ target: form }) => {
    if (!form.matches("form[data-keep]")) return;
    const fields = [...new FormData(form)].filter(([name, value]) =>
      name !== "csrfmiddlewaretoken" && typeof value === "string");
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ path: location.pathname, user: form.dataset.keep, fields }));
    } catch { /* A full or closed store only means that nothing is kept. */ }
  });

  // An editor holds more than can be put back, so before it sends anything it asks whether one is
  // still signed in. If not, the text stays, and one signs in in another tab.
  const warn = (form, text, href = "") => {
    const note = document.querySelector(".desk-unsent") ?? document.createElement("p");
    note.className = "desk-kept desk-unsent";
    note.setAttribute("role", "alert");
    note.textContent = text;
    if (href) {
      const link = document.createElement("a");
      link.href = href;
      link.target = "_blank";
      link.textContent = words.logIn;
      note.append(" ", link);
    }
    form.before(note);
    note.scrollIntoView({ block: "center" });
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-edit-form]") || form.dataset.asked) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    let answer = null;
    try {
      answer = await fetch(signedIn, { redirect: "manual", cache: "no-store" });
    } catch {
      warn(form, words.noAnswer);
    }
    button?.removeAttribute("disabled");
    if (answer && !answer.ok) {
      warn(form, words.signedOut, logIn);
    } else if (answer) {
      form.querySelector("[name=csrfmiddlewaretoken]").value = (await answer.json()).token;
      document.querySelector(".desk-unsent")?.remove();
      form.dataset.asked = "1";
      form.requestSubmit(button);
      delete form.dataset.asked;
    }
  }, true);

  // A slider and the number that it stands for say the same.
  each("input[data-mirrors]", (slider) => {
    const number = document.getElementById(slider.dataset.mirrors);
    if (!number) return;
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value.replace(/\s/g, ""); });
    slider.addEventListener("change", () => slider.form?.requestSubmit());
  });

  // A field is no text on paper: what stands in it now is printed beside it, saved or not.
  addEventListener("beforeprint", () => {
    document.querySelectorAll("[data-prints]").forEach((text) => {
      text.textContent = document.getElementById(text.dataset.prints)?.value.trim() ?? "";
    });
  });

  // A part of the page that says how far something has come asks until it is there.
  const follow = (part) => setTimeout(async () => {
    try {
      const answer = await fetch(part.dataset.refresh, { cache: "no-store", redirect: "manual" });
      if (answer.ok) {
        const holder = document.createElement("div");
        holder.innerHTML = await answer.text();
        const next = holder.firstElementChild;
        if ("done" in next.dataset) { location.reload(); return; }
        part.replaceWith(next);
        part = next;
      }
    } catch { /* The next time asks again. */ }
    if (part.dataset.refresh && part.isConnected) follow(part);
  }, 2000);
  each("[data-refresh]", follow);

  // A letter is answered while it is typed: which case, what everybody will see, known senders.
  each("form[data-look]", (form) => {
    const shown = document.querySelector("[data-looked]");
    const options = form.elements.party.list;
    let waiting = null;
    let asked = null;
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const typed = [...new FormData(form)].filter(([name, value]) =>
        typeof value === "string" && !/^(csrfmiddlewaretoken|token|sender_email)$/.test(name));
      try {
        const answer = await fetch(`${form.dataset.look}?${new URLSearchParams(typed)}`, { signal: asked.signal, redirect: "manual" });
        if (!answer.ok) return;
        shown.innerHTML = await answer.text();
        const known = shown.querySelector("[data-parties]");
        options.replaceChildren(...(known?.content.children ?? []));
      } catch { /* The next key asks again. */ }
    };
    form.addEventListener("input", (event) => {
      if (event.target.name === "party") {
        // Who is known brings the address, and whether it is a private person.
        const known = [...options.children].find((option) => option.value === event.target.value);
        if (known) {
          form.elements.is_private.checked = Boolean(known.dataset.private);
          if (!form.elements.sender_email.value) form.elements.sender_email.value = known.dataset.email;
        }
      }
      clearTimeout(waiting);
      waiting = setTimeout(ask, 200);
    });
    ask();
  });

  // A form that is kept as one goes: what changed is sent, and the answer is a sentence. One sending
  // at a time, so that an older one never comes last; a page that wants a sign-in is no answer.
  each("form[data-autosave]", (form) => {
    const told = form.querySelector("[data-saved]");
    let waiting = null;
    let sending = Promise.resolve();
    const send = async () => {
      const body = new FormData(form);
      body.append("autosave", "1");
      try {
        const answer = await fetch(location.href, { method: "POST", body, redirect: "manual" });
        if (!answer.ok) throw new Error(answer.status);
        told.textContent = await answer.text();
      } catch { told.textContent = told.dataset.failed; }
    };
    const soon = (wait) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => { sending = sending.then(send); }, wait);
    };
    form.addEventListener("change", () => soon(300));
    form.addEventListener("input", () => soon(3000));
    form.addEventListener("submit", () => clearTimeout(waiting));
  });

  // Files that are dropped anywhere on the page are chosen in its form, and sent.
  each("form[data-drop]", (form) => {
    const field = form.querySelector("input[type=file]");
    document.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    document.addEventListener("drop", (event) => {
      if (!form.isConnected || !event.dataTransfer?.files.length || event.target === field) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  });

  // A form with several ways out says which of them Enter in a field means. It is one form, so that
  // a fault in one way never costs what was typed for another.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    const part = event.target.closest("input:not([type=checkbox], [type=radio])")?.closest("[data-enter]");
    if (!part) return;
    event.preventDefault();
    part.querySelector("button[name=do]").click();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  // A page that the browser takes back from memory may be sent again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });

  start(document);
  restore();
  document.addEventListener("desk:brought", ({ detail: part }) => {
    start(part);
    if (part.matches("main")) restore();
  });
})();
