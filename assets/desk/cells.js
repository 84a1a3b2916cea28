/* What the queue's cells show, and its look. The values come from dashboard/services/board.py; words come with them. */
(function () {
  "use strict";
  const desk = ((window.dash_clientside ||= {}).desk ||= {});
  const functions = (window.dashAgGridFunctions ||= {});
  const cells = (window.dashAgGridComponentFunctions ||= {});
  const h = (...parts) => window.React.createElement(...parts);

  functions.deskTheme = (theme) =>
    theme.withParams({
      accentColor: "var(--accent)",
      backgroundColor: "var(--panel)",
      foregroundColor: "var(--ink)",
      borderColor: "var(--line-soft)",
      browserColorScheme: "light",
      chromeBackgroundColor: "var(--panel-2)",
      headerBackgroundColor: "var(--panel-2)",
      headerTextColor: "var(--ink-3)",
      headerFontSize: 13,
      headerFontWeight: 400,
      fontFamily: "inherit",
      fontSize: 14,
      cellHorizontalPadding: 8,
      rowHoverColor: "var(--panel-2)",
      selectedRowBackgroundColor: "transparent",
      rowBorder: { color: "var(--line-soft)", width: 1 },
      wrapperBorder: false,
      wrapperBorderRadius: 0,
      headerColumnResizeHandleDisplay: "none",
      iconSize: 14,
      spacing: 6,
      checkboxUncheckedBorderColor: "var(--line-2)",
      checkboxBorderRadius: 3,
    });

  functions.deskPicked = (params) => Boolean(params.data) && params.data.key === desk.picked();

  cells.DeskSeverity = ({ data }) => (data ? h("span", { className: `severity severity--${data.severity}` }, data.severityLabel) : null);

  /* Used share of the limit, a stroke at the yellow card, and the work time left. */
  cells.DeskClock = ({ data }) => {
    if (!data) return h("span", { className: "cell__wait" });
    if (data.tone === "none") return h("span", { className: "dim" }, data.leftLabel);
    const fill = h("i", { className: `strip-clock__fill strip-clock__fill--${data.tone}`, style: { width: `${data.used * 100}%` } });
    const mark = h("u", { className: "strip-clock__yellow", style: { left: `${data.yellow * 100}%` } });
    return h(
      "span",
      { className: `cell-clock cell-clock--${data.tone}`, title: data.clock },
      h("span", { className: "strip-clock", "aria-hidden": true }, fill, mark),
      h("b", null, data.leftLabel),
    );
  };

  cells.DeskTitle = ({ data }) => {
    if (!data) return null;
    const parts = [];
    if (data.card === "yellow" || data.card === "red") parts.push(h("i", { key: "c", className: `card card--${data.card}`, "aria-hidden": true }));
    parts.push(h("b", { key: "t" }, data.title));
    if (data.hint) parts.push(h("span", { key: "h", className: "dim" }, ` ${data.hint}`));
    if (data.supervision !== "none") parts.push(h("em", { key: "s", className: "mark mark--warn" }, data.supervisionLabel));
    return h("span", { className: "cell-title", title: `${data.title} ${data.hint || ""}` }, parts);
  };

  /* Where it should go by the catalogue, or who holds it. */
  cells.DeskUnit = ({ data }) => {
    if (!data) return null;
    if (data.holderShown) return h("span", { className: "cell-unit" }, h("b", null, data.holder), h("span", { className: "dim" }, data.stateLabel));
    if (!data.unitShort) return h("span", { className: "dim" }, "—");
    return h("span", { className: "cell-unit" }, h("b", null, data.unitShort), h("span", { className: "dim" }, data.kind));
  };

  cells.DeskSimilar = ({ data }) => {
    if (!data) return null;
    const words = desk.similar(data.key);
    return words ? h("b", { className: "cell-similar" }, words) : h("span", { className: "dim" }, "—");
  };
})();
