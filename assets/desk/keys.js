/* Keys of the desk. None is taken while somebody types, holds Ctrl, or an input method composes. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const typing = (node) => node.closest?.("input,textarea,select,[contenteditable]");

  const escape = () => {
    const menu = document.querySelector("details.menu[open]");
    const grown = document.querySelector(".board__grid--map");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (desk.dialog()) desk.leave();
    else if (document.getElementById("desk-root").dataset.section === "case") desk.back();
    else if (grown) desk.growMap();
    else desk.untickAll();
  };

  const always = {
    "/": () => {
      const box = document.querySelector("[data-search]");
      box.focus();
      getSelection().selectAllChildren(box);
    },
    "?": () => document.getElementById("desk-keys-list").toggleAttribute("hidden"),
  };
  const board = {
    j: () => desk.move(1),
    k: () => desk.move(-1),
    g: () => desk.growMap(),
    f: () => {
      const menu = document.getElementById("desk-filters-more");
      menu.open = true;
      menu.querySelector("a,button,[tabindex]")?.focus();
    },
  };

  function press(event) {
    const key = event.key.toLowerCase();
    if (always[key]) return always[key]();
    const section = document.getElementById("desk-root").dataset.section;
    const onBoard = section === "board";
    if (onBoard && board[key]) return board[key]();
    if (onBoard && desk.ticked().length) {
      const bulk = { a: "accept", d: "dispatch", s: "supervise" }[key];
      const button = bulk && document.querySelector(`[data-bulk=${bulk}]`);
      if (button && !button.disabled && !button.hidden) return button.click();
    }
    if (key === "s" && desk.superviseTicked().length) return desk.bulk("supervise");
    if (!onBoard && section !== "case") return undefined; // a case that is out of sight takes no key
    const shown = desk.shownCase();
    const button = shown?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button) return undefined;
    const merge = button.dataset.action === "merge" && shown.querySelector("[data-merge]");
    return (merge || button).click();
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || event.altKey || event.metaKey) return;
      if (event.key === "Enter" && event.ctrlKey && desk.dialog()) return desk.send();
      if (event.ctrlKey) return;
      if (event.key === "Escape" && !(typing(event.target) && !desk.dialog())) return escape();
      if (typing(event.target) || desk.dialog()) return;
      const onGrid = desk.rowFocused() || event.target === document.body;
      const onBoard = document.getElementById("desk-root")?.dataset.section === "board";
      if (event.key === "Enter" && onGrid && onBoard && desk.picked()) {
        event.preventDefault();
        return desk.openCase(desk.picked());
      }
      if (event.key === " " && onGrid && onBoard) {
        event.preventDefault();
        event.stopPropagation();
        return desk.tick();
      }
      if (event.key.length !== 1 || event.key === " ") return;
      const known = press(event);
      if (known !== undefined || "/?".includes(event.key)) event.preventDefault();
    },
    true,
  );
})();
