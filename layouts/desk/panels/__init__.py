"""The desk's panels: one table, in the order of reading. `section`: the part of the desk that shows it ("" all,
"case" the page of one case); `capability`: what a person needs to be given it."""

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component
from flask_babel import lazy_gettext as _

from layouts.desk import ids
from layouts.desk.panels import audit, case, directives, filters, header, load, map, patrols, people, side, supervise


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    id: str
    section: str
    capability: str
    label: object  # words for screen readers, in the reader's language
    draw: Callable[..., Component]


_TABLE = (
    Panel("header", ids.HEADER, "", "desk.view", _("治理端"), header.draw),
    Panel("filters", ids.FILTERS, "board", "case.read", _("队列与筛选"), filters.draw),
    Panel("map", ids.MAP, "board", "case.read", _("位置"), map.draw),
    Panel("load", ids.LOAD, "board", "case.read", _("承办负荷"), load.draw),
    Panel("side", ids.SIDE, "board", "case.read", _("选中案卷"), side.draw),
    Panel("case", ids.CASE, "case", "case.read", _("案卷"), case.draw),
    Panel("supervise", ids.SUPERVISE, "supervise", "case.read", _("督办"), supervise.draw),
    Panel("directives", ids.DIRECTIVES, "directives", "case.read", _("指令"), directives.draw),
    Panel("patrols", ids.PATROLS, "patrols", "case.read", _("巡查"), patrols.draw),
    Panel("people", ids.PEOPLE, "people", "people.manage", _("账号"), people.draw),
    Panel("audit", ids.AUDIT, "audit", "audit.read", _("审计"), audit.draw),
)
PANELS = {panel.name: panel for panel in _TABLE}
PAGES = (
    "board",
    "case",
    "supervise",
    "directives",
    "patrols",
    "people",
    "audit",
)  # what the desk shows one of; the URL says which


def panels_in(section: str) -> tuple[Panel, ...]:
    return tuple(panel for panel in _TABLE if panel.section == section)
