/* What an eye would send back of what is in use (behind an open list all is inert): text cut, outside the window or its panel, texts over each other, sideways scrolling. */
() => {
  const out = [];
  const [wide, high] = [innerWidth, innerHeight];
  const named = (node) => `${node.tagName.toLowerCase()}.${String(node.getAttribute("class") || "").split(" ")[0]} "${node.textContent.trim().slice(0, 24)}"`;
  const texts = [];

  function shown(node) {
    if (node.closest(".unseen,[hidden],[inert],noscript,script,style")) return false;
    return node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  }

  function inside(box, frame, room) {
    return box.left >= frame.left - room && box.right <= frame.right + room && box.top >= frame.top - room && box.bottom <= frame.bottom + room;
  }

  function written(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range.getBoundingClientRect();
  }

  function scrolls(node) {
    for (let one = node; one; one = one.parentElement) if (/auto|scroll/.test(getComputedStyle(one).overflow)) return true;
    return false;
  }

  /* A text that ends in … on purpose says the whole in its title. */
  function cut(node, style) {
    if (style.overflow === "visible" || style.display === "inline" || node.ownerSVGElement) return false;
    const short = style.textOverflow === "ellipsis" && node.title;
    return !short && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 3);
  }

  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim());
    if (!own || !shown(node)) continue;
    const box = written(node);
    if (box.width < 1 || box.height < 1 || scrolls(node)) continue;
    const style = getComputedStyle(node);
    if (cut(node, style)) out.push(`text cut: ${named(node)}`);
    if (!inside(box, { left: 0, right: wide, top: 0, bottom: high }, 1)) out.push(`outside the window: ${named(node)}`);
    const panel = node.closest("section,.kpi,.dialog");
    if (panel && style.textOverflow !== "ellipsis" && !inside(box, panel.getBoundingClientRect(), 2)) out.push(`outside its panel: ${named(node)}`);
    texts.push([node, box]);
  }

  for (const [n, [a, p]] of texts.entries()) {
    for (const [b, q] of texts.slice(n + 1)) {
      if (a.contains(b) || b.contains(a) || a.closest(".callout") !== b.closest(".callout")) continue;
      const w = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (w > 3 && h > 0.35 * Math.min(p.height, q.height)) out.push(`texts overlap: ${named(a)} / ${named(b)}`);
    }
  }
  if (document.documentElement.scrollWidth > wide) out.push(`scrolls sideways: ${document.documentElement.scrollWidth} > ${wide}`);
  return out;
}
