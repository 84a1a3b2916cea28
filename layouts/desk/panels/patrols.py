"""Patrols that found nothing: a record of their own, in no ranking. No names: it is about places."""

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.desk_state import DeskState
from dashboard.views.desk import PatrolsView
from layouts.desk import forms
from layouts.shared import frame, numbers


def draw(view: PatrolsView, _state: DeskState) -> Component:
    head = frame.head(_("巡查未发现问题"), _("近 30 日 · 不算案件，不进排名，不统计到人"))
    if not view.rows:
        return html.Section([head, frame.empty(_("还没有巡查记录"))], className="panel panel--whole")
    names = (_("时间"), _("地点"), _("说明"), _("现场时间"))
    rows = [(f"{one.at.astimezone(view.zone):%m-%d %H:%M}", one.place, one.note or numbers.NONE,
             f"{one.device_at.astimezone(view.zone):%m-%d %H:%M}" if one.device_at else numbers.NONE)
            for one in view.rows]  # fmt: skip
    return html.Section([head, forms.table(names, rows, _("巡查"))], className="panel panel--whole")
