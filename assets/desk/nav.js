/* Links to this page change the URL without a reload. Menus, search, saved filters, signing out. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});

  desk.go = (search) => desk.set("desk-url", { search: search === "?" ? "" : search });
  desk.openCase = (key) => {
    const query = new URLSearchParams(location.search);
    query.set("case", key);
    desk.go(`?${query}`);
  };
  desk.back = () => document.querySelector(".sheet [data-back]")?.click();

  function follow(link) {
    if (!link.getAttribute("href") || link.dataset.plain || link.target || link.hasAttribute("download")) return false;
    const to = new URL(link.getAttribute("href"), location.href);
    if (to.origin !== location.origin || to.pathname !== location.pathname) return false;
    const pick = new URLSearchParams(location.search).get("pick");
    const query = new URLSearchParams(to.search);
    if (pick && query.get("case") === null && link.dataset.back) query.set("pick", pick);
    desk.go(query.size ? `?${query}` : "");
    return true;
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const menu = event.target.closest("details.menu");
    for (const open of document.querySelectorAll("details.menu[open]")) if (open !== menu) open.open = false;
    if (event.target.closest("[data-sign-out]")) {
      await fetch("/api/v1/session", { method: "DELETE" });
      location.assign("/sign-in?next=/desk/");
      return;
    }
    if (event.target.closest("[data-filter-save]")) return saveFilter(event.target.closest(".menu__save"));
    const drop = event.target.closest("[data-filter-drop]");
    if (drop) return desk.set("desk-filters-save", { data: { drop: drop.dataset.filterDrop, at: Date.now() } });
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.dataset.next) {
      const next = encodeURIComponent(location.pathname + location.search);
      link.setAttribute("href", `${link.getAttribute("href").split("?")[0]}?next=${next}`);
    }
    if (follow(link)) {
      event.preventDefault();
      if (menu) menu.open = false;
    }
  });

  function saveFilter(form) {
    const name = form.querySelector("[data-filter-name]").textContent.trim();
    desk.set("desk-filters-save", { data: { name, at: Date.now() } });
  }

  desk.search = (words) => {
    const query = new URLSearchParams(location.search);
    for (const name of ["case", "pick", "p", "section"]) query.delete(name);
    if (words) {
      query.set("q", words);
      query.set("tab", "open");
    } else query.delete("q");
    desk.go(query.size ? `?${query}` : "");
  };

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("[data-search],[data-filter-name]");
    if (!box || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (box.dataset.search) desk.search(box.textContent.trim());
      else saveFilter(box.closest(".menu__save"));
    }
    if (event.key === "Escape") box.blur();
  });
})();
