"""The wall's panels: one table, in the order of reading. `area` names a place of the grid in assets/wall/10-grid.css.

`slow`: a heavy panel, or one that seldom changes, refreshed at most every five seconds. `over`: stands over the wall, when
the URL asks for it. `look`: the look of pages that show it ("" any), see dashboard.catalog.LOOKS.
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
    edition,
    funnel,
    header,
    kinds,
    kpis,
    loop,
    map,
    now,
    order,
    playlist,
    plot,
    ranking,
    repeats,
    score,
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
    look: str = ""


_FIGURES, _EVALUATION = "figures", "evaluation"
_ALL = (
    Panel("header", ids.HEADER, "header", _("位置与时段"), header.draw, slow=True),
    Panel("kpis", ids.KPIS, "main", _("关键指标"), kpis.draw, look=_FIGURES),
    Panel("repeats", ids.REPEATS, "main", _("重复与退回"), repeats.draw, look=_FIGURES),
    Panel("directives", ids.DIRECTIVES, "main", _("指令"), directives.draw, look=_FIGURES),
    Panel("map", ids.MAP, "main", _("地图"), map.draw, slow=True),
    Panel("ranking", ids.RANKING, "main", _("排名"), ranking.draw, slow=True),
    Panel("clocks", ids.CLOCKS, "main", _("三钟督办"), clocks.draw, look=_FIGURES),
    Panel("funnel", ids.FUNNEL, "main", _("闭环漏斗"), funnel.draw, look=_FIGURES),
    Panel("stream", ids.STREAM, "main", _("实时案件"), stream.draw, look=_FIGURES),
    Panel("kinds", ids.KINDS, "main", _("高发类别"), kinds.draw, look=_FIGURES),
    Panel("trend", ids.TREND, "main", _("走势"), trend.draw, slow=True, look=_FIGURES),
    Panel("edition", ids.EDITION, "main", _("本期晾晒"), edition.draw, slow=True, look=_EVALUATION),
    Panel("loop", ids.LOOP, "main", _("问题清单"), loop.draw, slow=True, look=_EVALUATION),
    Panel("plot", ids.PLOT, "main", _("漏斗图"), plot.draw, slow=True, look=_EVALUATION),
    Panel("now", ids.NOW, "main", _("上期与本月至今"), now.draw, slow=True, look=_EVALUATION),
    Panel("playlist", ids.PLAYLIST, "footer", _("页面"), playlist.draw),
    Panel("case_list", ids.CASE_LIST, "over", _("案件清单"), case_list.draw),
    Panel("case", ids.CASE, "over", _("案件"), case.draw),
    Panel("score", ids.SCORE, "over", _("得分由来"), score.draw),
    Panel("directive", ids.DIRECTIVE, "over", _("指令"), directive.draw),
    Panel("order", ids.ORDER, "over", _("下达指令"), order.draw),
)
PANELS = {panel.name: panel for panel in _ALL}


def panels_in(area: str) -> tuple[Panel, ...]:
    """Panels of "header", "main", "footer" or "over", in order."""
    return tuple(panel for panel in _ALL if panel.area == area)
