"""钟条, the clock bar: one axis in the clock's own time. Filled: used. Hatched notch: the clock stood still (night, lunch,
a pause). Black stroke: now. Yellow and red card at their limits. Beside it stands a sentence that says the same.
A clock later than `_OVER` of its limit ends at the bar's right edge, behind a break "//"; where it stood still too often
to be told apart, no notch is drawn. assets/field/js/clock.js draws the same on a phone.

Drawn from a ClockTold alone, so phone, desk and wall can show the same picture.
"""

from collections.abc import Iterator
from datetime import datetime

import dash_svg as svg
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.explain import ClockTold

HEIGHT, _BAR, _TOP, _NOTCH, _EDGE = 34.0, 12.0, 5.0, 9.0, 7.0
_NAMED_MOST = 3  # more notches than that stand without names
_MOST = 16  # more notches than that would hide the bar
_OVER = 0.35  # how far behind the red card the axis goes on, as a share of the limit
WHY = ("night", "lunch", "weekend", "holiday", "pause")


def draw(clock: ClockTold, now: datetime, width: float = 400.0) -> Component:
    """The bar of a clock that has started; `width` in pixels of the place it stands in."""
    room = width - 2 * _EDGE
    whole = max(clock.limit_minutes, 1)
    end = max(whole, min(clock.used_minutes, whole * (1 + _OVER)))

    def at(minutes: float) -> float:
        return _EDGE + room * min(max(minutes, 0), end) / end

    used, limit = at(clock.used_minutes), at(clock.limit_minutes)
    parts = [_rect("clock__track", _EDGE, room), _rect("clock__used", _EDGE, min(used, limit) - _EDGE)]
    if used > limit:
        parts.append(_rect("clock__late", limit, used - limit))
    cut = clock.used_minutes > end
    parts += _notches(list(_stops(clock, whole if cut else end)), at)
    if cut:
        parts.append(_break(limit, used))
    parts += [_card("yellow", at(clock.yellow_minutes)), _card("red", limit)]
    if clock.status in ("running", "paused"):
        parts.append(svg.Line(x1=_n(used), x2=_n(used), y1="0", y2=_n(_TOP * 2 + _BAR), className="clock__now"))
    return svg.Svg(parts, viewBox=f"0 0 {width:g} {HEIGHT:g}", className=f"clock clock--{clock.status}", role="img",
                   **{"aria-label": _("钟条：已用 %(used)s 分，限 %(limit)s 分", used=clock.used_minutes,
                                      limit=clock.limit_minutes)})  # fmt: skip


def _break(limit: float, used: float) -> Component:
    """The sign that the axis is cut, halfway between the red card and the end of the bar."""
    middle, low, high = (limit + used) / 2, _TOP + _BAR + 3, _BAR + 6
    strokes = "".join(f"M{middle + d:.1f} {low:g}l8 -{high:g}" for d in (-7, -1))
    return svg.Path(d=strokes, className="clock__cut")


def _notches(found: list[tuple[float, str]], at) -> list[Component]:
    if len(found) > _MOST:
        return []
    out: list[Component] = []
    last = -1e9
    for minutes, why in found:
        x = at(minutes)
        if x - last < _NOTCH + 2:
            continue
        last = x
        left = x - _NOTCH / 2
        out.append(svg.Rect(x=_n(left), y=_n(_TOP), width=_n(_NOTCH), height=_n(_BAR), className="clock__stop"))
        strokes = "".join(f"M{left + d:.1f} {_TOP + _BAR:g}l4 -{_BAR:g}" for d in (0.5, 4.5))
        out.append(svg.Path(d=strokes, className="clock__hatch"))
        if len(found) <= _NAMED_MOST:
            out.append(svg.Text(why_word(why), x=_n(x), y=_n(HEIGHT - 2), className="clock__name"))
    return out


def _stops(clock: ClockTold, end: float) -> Iterator[tuple[float, str]]:
    """(minutes of the clock at which it stood still, why); nothing before it started or from `end` on."""
    if clock.started_at is None:
        return
    gone = 0.0
    for skipped in clock.skipped:
        minutes = (skipped.start - clock.started_at).total_seconds() / 60 - gone
        gone += (skipped.end - skipped.start).total_seconds() / 60
        if 0 < minutes < end:
            yield minutes, skipped.why


def why_word(why: str) -> str:
    words = {"night": _("夜间"), "lunch": _("午休"), "weekend": _("周末"), "holiday": _("节假日"), "pause": _("暂停")}
    return words.get(why, why)


def _rect(name: str, x: float, width: float) -> Component:
    return svg.Rect(x=_n(x), y=_n(_TOP), width=_n(max(width, 0)), height=_n(_BAR), className=name)


def _card(colour: str, x: float) -> Component:
    """An upright card on the bar."""
    return svg.Rect(
        x=_n(x - 4.5),
        y=_n(_TOP - 3.5),
        width="9",
        height=_n(_BAR + 7),
        rx="1.5",
        className=f"clock__card clock__card--{colour}",
    )


def _n(value: float) -> str:
    return f"{value:.1f}"
