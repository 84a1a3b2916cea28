/* A picture opens large over the desk; any key or click closes it, arrows go on to the next. */
(function () {
  "use strict";
  let veil = null;
  let links = [];
  let at = 0;
  let opener = null;

  function show(n) {
    at = (n + links.length) % links.length;
    veil.querySelector("img").src = links[at].href;
    veil.querySelector("p").textContent = `${at + 1} / ${links.length}`;
  }

  function close() {
    veil.remove();
    veil = null;
    giveBack(opener.getAttribute("href"));
  }

  /* To the picture's link, also where its panel is drawn anew, before or after; until something else is done. */
  function giveBack(href) {
    const same = (link) => link.getAttribute("href") === href && link.checkVisibility(); // not that of a hidden panel
    const give = () => {
      if (document.activeElement !== document.body) return;
      (opener.isConnected ? opener : [...document.querySelectorAll("a[data-picture]")].find(same))?.focus();
    };
    const watch = new MutationObserver(give);
    const leave = () => watch.disconnect();
    watch.observe(document.body, { childList: true, subtree: true });
    for (const done of ["keydown", "pointerdown"]) addEventListener(done, leave, { capture: true, once: true });
    give();
  }

  function open(link) {
    opener = link;
    links = [...(link.closest(".gallery,.sheet,.side")?.querySelectorAll("[data-picture]") || [link])];
    veil = Object.assign(document.createElement("div"), { className: "veil veil--picture", tabIndex: -1 });
    veil.setAttribute("role", "dialog");
    veil.setAttribute("aria-modal", "true");
    veil.append(Object.assign(document.createElement("img"), { alt: link.querySelector("img")?.alt || "" }), document.createElement("p"));
    document.body.append(veil);
    veil.addEventListener("click", close);
    veil.focus();
    show(links.indexOf(link));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-picture]");
    if (!link || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener(
    "keydown",
    (event) => {
      if (!veil) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) show(at + step);
      else close();
    },
    true,
  );
})();
