"""The wall's panels: one table, in the order of reading. `area` names a place of the grid in assets/wall/10-grid.css.

`slow`: a heavy panel, or one that seldom changes, refreshed at most every five seconds. `over`: stands over the wall, when
the URL asks for it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dash.development.base_component import Component
from flask_babel import lazy_gettext as _

from layouts.wall import ids
from layouts.wall.panels import (
    case,
    case_list,
    clocks,
    directive,
    directives,
    funnel,
    header,
    kinds,
    kpis,
    map,
    order,
    playlist,
    ranking,
    repeats,
    stream,
    trend,
)


@dataclass(frozen=True, slots=True)
class Panel:
    name: str
    id: str
    area: str
    label: object  # words for screen readers, in the reader's language
    draw: Callable[..., Component]
    slow: bool = False


_ALL = (
    Panel("header", ids.HEADER, "header", _("位置与时段"), header.draw, slow=True),
    Panel("kpis", ids.KPIS, "main", _("关键指标"), kpis.draw),
    Panel("repeats", ids.REPEATS, "main", _("重复与退回"), repeats.draw),
    Panel("directives", ids.DIRECTIVES, "main", _("指令"), directives.draw),
    Panel("map", ids.MAP, "main", _("地图"), map.draw, slow=True),
    Panel("ranking", ids.RANKING, "main", _("排名"), ranking.draw, slow=True),
    Panel("clocks", ids.CLOCKS, "main", _("三钟督办"), clocks.draw),
    Panel("funnel", ids.FUNNEL, "main", _("闭环漏斗"), funnel.draw),
    Panel("stream", ids.STREAM, "main", _("实时案件"), stream.draw),
    Panel("kinds", ids.KINDS, "main", _("高发类别"), kinds.draw),
    Panel("trend", ids.TREND, "main", _("走势"), trend.draw, slow=True),
    Panel("playlist", ids.PLAYLIST, "footer", _("页面"), playlist.draw),
    Panel("case_list", ids.CASE_LIST, "over", _("案件清单"), case_list.draw),
    Panel("case", ids.CASE, "over", _("案件"), case.draw),
    Panel("directive", ids.DIRECTIVE, "over", _("指令"), directive.draw),
    Panel("order", ids.ORDER, "over", _("下达指令"), order.draw),
)
PANELS = {panel.name: panel for panel in _ALL}


def panels_in(area: str) -> tuple[Panel, ...]:
    """Panels of "header", "main", "footer" or "over", in order."""
    return tuple(panel for panel in _ALL if panel.area == area)
