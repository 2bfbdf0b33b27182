// SPDX-License-Identifier: EUPL-1.2
// Going on without leaving the page. A browser that changes its document takes no keys from when the
// new one is there until it is painted, so what is typed fast would be lost. A link with data-walk
// brings the next page's main part, one with data-part only that part, and a form with data-walk sends
// itself so too. Whatever goes wrong, and without JavaScript, the browser goes there as it always did.
(() => {
  const PAGE = "main#main";
  const here = () => location.pathname + location.search;
  let shown = here();
  let going = false;
  let native = false;

  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`desk:${name}`, { detail }));

  // Leaving is asked about by whoever would ask the browser: an order that is not saved, an editor.
  const mayLeave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

  const leave = () => {
    going = true;
    document.activeElement?.blur();  // what is typed now is for what comes
    tell("leaving");
  };

  // What the page wants beside its main part: styles, and scripts that are not here yet.
  const equip = (page) => {
    for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
      if (![...document.styleSheets].some((one) => one.href === sheet.href)) document.head.append(sheet);
    }
    for (const { src } of page.querySelectorAll("script[src]")) {
      if ([...document.scripts].some((one) => one.src === src)) continue;
      document.body.append(Object.assign(document.createElement("script"), { src, async: false }));
    }
  };

  // The field where one writes first. The browser, too, would give it the focus, but when it paints,
  // and one may be on the way again by then.
  const firstOf = (part) => {
    const fields = [...part.querySelectorAll("[autofocus]")];
    fields.forEach((field) => field.removeAttribute("autofocus"));
    return fields[0];
  };

  const asked = (url, options) => fetch(url, { headers: { Accept: "text/html" }, ...options });
  const read = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { answer, page };
  };

  // The menu stays, and says where one is.
  const mark = () => {
    const links = [...document.querySelectorAll(".sidebar-menu-item > a[href]")];
    const mine = links.find((link) => link.pathname === location.pathname);
    if (!mine) return;
    for (const link of links) {
      link.parentElement.classList.toggle("sidebar-menu-item--active", link === mine);
      if (link === mine) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
  };

  const show = ({ answer, page }, hash) => {
    const main = page.querySelector(PAGE);
    if (!main || page.body.id !== "wagtail" || ![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
    const first = firstOf(main);
    equip(page);
    document.querySelector(PAGE).replaceWith(main);
    document.title = page.title;
    document.body.classList.toggle("has-messages", page.body.classList.contains("has-messages"));
    const url = answer.url + hash;
    // Telling the address anew tells the browser of the new page, also where it is the same.
    history[url === location.href ? "replaceState" : "pushState"](null, "", url);
    shown = here();
    mark();
    scrollTo(0, 0);
    window.htmx?.process(main);
    tell("brought", main);
    main.tabIndex = -1;
    main.setAttribute("aria-label", page.title);  // what is said of it where it gets the focus
    if (!main.contains(document.activeElement)) (first ?? main).focus({ preventScroll: true });
    going = false;
    tell(answer.ok ? "arrived" : "stayed");
  };

  const go = async (href) => {
    if (going) return;
    if (!mayLeave()) { location.assign(href); return; }  // and the browser asks
    leave();
    try {
      show(await read(await asked(href)), new URL(href).hash);
    } catch { location.assign(href); }
  };

  const turn = async (link) => {
    const { part } = link.dataset;
    if (going) return;
    leave();
    try {
      const { answer, page } = await read(await asked(link.href, { redirect: "error" }));
      const found = page.getElementById(part);
      if (!answer.ok || !found) throw new Error(answer.status);
      const first = firstOf(found);
      document.getElementById(part).replaceWith(found);
      history.replaceState(null, "", link.href);
      shown = here();
      tell("brought", found);
      going = false;
      first?.focus();
      tell("arrived");
    } catch { location.assign(link.href); }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-walk], a[data-part]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.part) turn(link); else go(link.href);
  });
  document.addEventListener("desk:go", ({ detail }) => go(new URL(detail, location.href).href));

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-walk]") || event.defaultPrevented || native) return;
    event.preventDefault();
    if (going) return;
    const body = new FormData(form, event.submitter);
    leave();
    let answer;
    try {
      answer = await asked(form.action, { method: "POST", body });
      show(await read(answer), "");
    } catch {
      // What leads on was taken, or asks for a new session: sent again it could be there twice.
      if (answer?.redirected) { location.assign(answer.url); return; }
      // A session that is over, or a server that does not answer: the browser shows what it is.
      native = true;
      delete form.dataset.sent;
      form.requestSubmit(event.submitter);
    }
  });

  window.addEventListener("pageshow", () => { going = native = false; });

  // Back and forward lead to pages that are no longer here; a place on this page does not.
  window.addEventListener("popstate", () => { if (here() !== shown) location.reload(); });
  document.addEventListener("desk:renamed", () => { shown = here(); });
})();
