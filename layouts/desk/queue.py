"""The queue: a grid that asks the server for the rows it shows (AG Grid's infinite row model). Cells are drawn by
assets/desk/cells.js; what they draw comes from dashboard.services.board."""

import dash_ag_grid as dag
from dash.development.base_component import Component
from flask_babel import gettext as _

from layouts.desk import ids

BLOCK, BLOCKS = 100, 30  # rows a question, and blocks kept by the browser


def grid() -> Component:
    return dag.AgGrid(
        id=ids.GRID, rowModelType="infinite", columnDefs=_columns(), getRowId="params.data.key", className="queue__grid",
        columnSize=None, defaultColDef={"sortable": False, "resizable": True, "suppressMovable": True,
                                        "suppressHeaderMenuButton": True},
        dashGridOptions={
            "theme": {"function": "deskTheme(themeQuartz)"}, "rowHeight": 34, "headerHeight": 30,
            "cacheBlockSize": BLOCK, "maxBlocksInCache": BLOCKS, "maxConcurrentDatasourceRequests": 1, "rowBuffer": 20,
            "infiniteInitialRowCount": 1, "animateRows": False, "blockLoadDebounceMillis": 60,
            "rowSelection": {"mode": "multiRow", "checkboxes": True, "headerCheckbox": False,
                             "enableClickSelection": False},
            "selectionColumnDef": {"headerName": "✓", "width": 40, "minWidth": 40, "maxWidth": 40, "resizable": False, "pinned": None},
            "rowClassRules": {"row--on": {"function": "deskPicked(params)"}}, "localeText": _words(),
            "ensureDomOrder": True, "suppressCellFocus": False,
        },
        style={"height": "100%", "width": "100%"}, dangerously_allow_code=False,
    )  # fmt: skip


def _columns() -> list[dict]:
    return [
        {"field": "severityLabel", "headerName": _("严重"), "width": 58, "minWidth": 58, "cellRenderer": "DeskSeverity"},
        {"field": "left", "headerName": _("时钟剩余 ↑"), "width": 130, "minWidth": 126, "cellRenderer": "DeskClock"},
        {"field": "number", "headerName": _("案号"), "width": 114, "minWidth": 110, "cellClass": "dim"},
        {"field": "title", "headerName": _("事由"), "flex": 3, "minWidth": 170, "cellRenderer": "DeskTitle"},
        {"field": "place", "headerName": _("地点"), "width": 92, "minWidth": 76, "flex": 0},
        {"field": "source", "headerName": _("来源"), "width": 92, "minWidth": 76, "cellClass": "dim"},
        {"field": "unitShort", "headerName": _("建议承办 · 规则"), "flex": 2, "minWidth": 130, "cellRenderer": "DeskUnit"},
        {"colId": "similar", "field": "key", "headerName": _("疑似重复"), "width": 80, "minWidth": 76, "cellRenderer": "DeskSimilar"},
    ]  # fmt: skip


def _words() -> dict[str, str]:
    """AG Grid's own words, as far as this grid shows or speaks them."""
    return {
        "loadingOoo": _("读取中"), "noRowsToShow": _("这个队列是空的"), "loadingError": _("读不出来"),
        "ariaRowToggleSelection": _("按空格勾选这一行"), "ariaRowSelect": _("按空格勾选这一行"),
        "ariaRowDeselect": _("按空格取消勾选"), "ariaChecked": _("已勾选"), "ariaUnchecked": _("未勾选"),
        "ariaToggleCellValue": _("按空格勾选"), "ariaRowSelectAll": _("全部勾选"), "ariaHidden": _("隐藏"),
    }  # fmt: skip
