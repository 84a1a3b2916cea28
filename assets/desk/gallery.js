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
    const now = opener.isConnected ? opener : document.querySelector(`a[data-picture][href="${opener.getAttribute("href")}"]`);
    now?.focus(); // the panel may have been drawn anew meanwhile
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
