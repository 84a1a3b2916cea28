/* The queue: which row is under the cursor, which are ticked, and asking again when the URL or the data moved.
   The row under the cursor is written into the address (pick=), so that a reload finds it again. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const GRID = "desk-queue-grid";
  const NARROW = 940; // pixels that all columns need
  const ROW = 34; // layouts/desk/queue.py
  const SETTLE_MS = 140; // a cursor that runs down the list asks for no case on the way
  let api = null;
  let picked = new URLSearchParams(location.search).get("pick") || null;
  let index = null; // of the picked row
  let timer = 0;
  let wantFirst = !picked;

  desk.picked = () => picked;
  desk.set = (id, props) => window.dash_clientside.set_props(id, props);

  /* The grid appears some time after the page; its API comes with it. */
  async function find() {
    if (!window.dash_ag_grid) return setTimeout(find, 50);
    try {
      api = await window.dash_ag_grid.getApiAsync(GRID);
    } catch (_error) {
      return setTimeout(find, 200);
    }
    api.addEventListener("cellFocused", (event) => {
      if (event.rowIndex !== null && event.rowIndex !== undefined && event.rowIndex !== index) pick(event.rowIndex);
    });
    api.addEventListener("modelUpdated", settle);
    api.addEventListener("selectionChanged", bulk);
    api.addEventListener("bodyScroll", () => desk.paint());
    api.addEventListener("gridSizeChanged", fit);
    fit();
    api.addEventListener("rowDoubleClicked", (event) => event.data && desk.openCase(event.data.key));
    if (picked) announce(picked); // the address named it; its row may be far down
    settle();
  }
  find();

  /* On a narrow desk the source gives way, so that nothing has to be scrolled sideways. */
  function fit() {
    const width = document.getElementById(GRID).clientWidth;
    api.setColumnsVisible(["source"], width >= NARROW);
    desk.paint();
  }

  /* Rows came, went or moved: keep the cursor on its case, or on its place where the case has gone. */
  function settle() {
    if (!api) return;
    const node = picked && rowOf(picked);
    if (node) index = node.rowIndex;
    else if (index !== null || wantFirst) {
      const last = api.getDisplayedRowCount() - 1;
      const next = api.getDisplayedRowAtIndex(Math.min(index ?? 0, Math.max(last, 0)));
      if (next && next.data) {
        wantFirst = false;
        choose(next.data.key, next.rowIndex);
      } else if (next === undefined && api.getDisplayedRowCount() === 0 && !api.isLastRowIndexKnown?.()) return;
      else if (last < 0) choose(null, null);
    }
    desk.paint();
  }

  /* Rows that left the queue are still known by their id, so what counts is what stands there. */
  function rowOf(key) {
    let found = null;
    api.forEachNode((node) => {
      if (node.data && node.data.key === key) found = node;
    });
    return found;
  }

  function pick(row) {
    const node = api.getDisplayedRowAtIndex(row);
    if (node && node.data) choose(node.data.key, row);
  }

  function choose(key, row) {
    const before = picked;
    picked = key;
    index = row;
    const nodes = [before, key].map((one) => one && api.getRowNode(one)).filter(Boolean);
    if (nodes.length) api.redrawRows({ rowNodes: nodes });
    desk.paint();
    announce(key);
  }

  /* Say which case is under the cursor, and write it into the address. */
  function announce(key) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      desk.set("desk-queue-pick", { data: key });
      const query = new URLSearchParams(location.search);
      if (key) query.set("pick", key);
      else query.delete("pick");
      history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname);
    }, SETTLE_MS);
  }
  desk.pickKey = (key) => {
    const node = api && api.getRowNode(key);
    if (!node) return;
    api.ensureIndexVisible(node.rowIndex);
    choose(key, node.rowIndex);
  };

  desk.move = (step) => {
    if (!api) return;
    const last = api.getDisplayedRowCount() - 1;
    const to = index === null ? 0 : Math.min(Math.max(index + step, 0), last);
    if (to < 0) return;
    api.ensureIndexVisible(to);
    const focused = document.activeElement?.closest(`#${GRID}`);
    if (focused || document.activeElement === document.body) api.setFocusedCell(to, "title");
    pick(to);
  };

  desk.tick = () => {
    const node = picked && api && api.getRowNode(picked);
    if (node) node.setSelected(!node.isSelected());
  };
  desk.rowFocused = () => Boolean(document.activeElement?.closest(`#${GRID} .ag-row`));
  desk.ticked = () => (api ? api.getSelectedNodes().map((node) => node.data).filter(Boolean) : []);
  desk.untick = () => api && api.deselectAll();

  function bulk() {
    const rows = desk.ticked();
    const bar = document.querySelector("#desk-queue .bulk");
    if (!bar) return;
    bar.hidden = rows.length === 0;
    const words = bar.querySelector("[data-bulk-count]");
    words.textContent = words.dataset.words.replace("{n}", rows.length);
    const states = new Set(rows.map((row) => row.state));
    const fits = { accept: states.size === 1 && states.has("reported"), dispatch: states.size === 1 && states.has("accepted"), supervise: true };
    const may = (document.querySelector("[data-roles]")?.dataset.roles || "").split(" ");
    const who = { accept: ["dispatcher"], dispatch: ["dispatcher"], supervise: ["supervisor", "leader"] };
    for (const button of bar.querySelectorAll("[data-bulk]")) {
      button.disabled = !fits[button.dataset.bulk];
      button.hidden = !who[button.dataset.bulk].some((role) => may.includes(role));
    }
  }

  /* `anew`: another queue, so start at its top; else the same rows, asked again where they stand. */
  desk.refreshQueue = (anew) => {
    if (!api) return;
    if (anew) {
      index = null;
      wantFirst = true;
      picked = null;
      api.deselectAll();
      api.purgeInfiniteCache();
      api.ensureIndexVisible(0);
    } else api.refreshInfiniteCache();
  };

  /* How many similar cases the rows on the screen have: asked for once the list stands still. */
  const similar = new Map();
  let asking = 0;
  desk.similar = (key) => similar.get(key);
  desk.near = (counts) => {
    for (const [key, words] of Object.entries(counts || {})) similar.set(key, words);
    if (api && counts) api.refreshCells({ columns: ["similar"], force: true });
    return window.dash_clientside.no_update;
  };
  desk.askNear = () => {
    clearTimeout(asking);
    asking = setTimeout(() => {
      const open = desk.visible().filter((row) => ["reported", "accepted"].includes(row.state) && !similar.has(row.key));
      if (open.length) desk.set("desk-queue-near", { data: open.map((row) => row.key) });
    }, 350);
  };

  /* Rows that stand on the screen. */
  desk.visible = () => {
    if (!api) return [];
    const rows = [];
    const range = api.getVerticalPixelRange();
    const [first, last] = [Math.ceil(range.top / ROW), Math.ceil(range.bottom / ROW) - 1];
    for (let n = first; n <= last; n++) {
      const node = api.getDisplayedRowAtIndex(n);
      if (node && node.data) rows.push(node.data);
    }
    return rows;
  };
})();
