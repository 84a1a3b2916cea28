/* New rows of the stream slide in: rows whose case was not on the screen before. */
(function () {
  "use strict";
  const wall = ((window.dash_clientside ||= {}).wall ||= {});
  let before = null;

  wall.markNewRows = function () {
    const rows = [...document.querySelectorAll(".stream__item")];
    const ids = rows.map((row) => row.dataset.case).join();
    if (!rows.length || ids === before?.ids) return;
    const known = before ? before.known : null;
    for (const row of rows) {
      row.classList.remove("stream__item--new");
      if (!known || known.has(row.dataset.case)) continue;
      void row.offsetWidth; // lets the animation start again
      row.classList.add("stream__item--new");
    }
    before = { ids, known: new Set(rows.map((row) => row.dataset.case)) };
  };
})();
