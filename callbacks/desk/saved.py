"""Saved filters: kept and dropped for the person who asks; the list of them is part of the filters panel."""

from dash import Dash, Input, Output, State, no_update
from flask_babel import gettext as _

from callbacks.desk.source import deps
from dashboard import gate
from dashboard.domain.errors import UserError
from dashboard.services.filters import forget_filter, save_filter
from layouts.desk import dialog, ids


def register(app: Dash) -> None:
    app.callback(
        Output(ids.TOAST, "children", allow_duplicate=True),
        Output(ids.DONE, "data", allow_duplicate=True),
        Input(ids.SAVE, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )(save)


def save(asked: dict | None, search: str | None) -> tuple:
    """(message, done). `asked`: {"name": …} to save the URL's filters, {"drop": …} to forget one."""
    if not asked or gate.person().id is None:
        return no_update, no_update
    try:
        if "drop" in asked:
            forget_filter(deps(), gate.person(), str(asked["drop"]))
            return dialog.said(_("已删除筛选 %(name)s", name=asked["drop"])), {"filters": True}
        save_filter(deps(), gate.person(), str(asked.get("name", "")), search or "")
    except UserError:
        return dialog.said(_("没有保存：名字须为 1 到 20 个字，最多 30 个筛选"), failed=True), no_update
    return dialog.said(_("已保存筛选 %(name)s", name=asked["name"])), {"filters": True}
