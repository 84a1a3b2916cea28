"""The three clocks of a case: what each says in one sentence, and the bar of the one that runs."""

from datetime import datetime

from dash import html
from dash.development.base_component import Component
from flask_babel import gettext as _

from dashboard.domain.explain import ClockTold
from dashboard.views.desk import CaseSheet
from layouts.figures import clock_bar


def draw(view: CaseSheet, *, width: float = 400.0, full: bool = False) -> list[Component]:
    """`full`: every clock that started with its bar and what did not count; else only the one that runs."""
    out: list[Component] = []
    for clock in view.dossier.clocks:
        out.append(_row(clock, view))
        if clock.status in ("running", "paused") or (full and clock.started_at):
            out.append(clock_bar.draw(clock, view.now, width))
            out.append(html.P(_because(clock, view), className="clocks__why"))
    return out


def _row(clock: ClockTold, view: CaseSheet) -> Component:
    state = html.Em(_state(clock), className=f"clocks__{_tone(clock, view.now)}")
    return html.Div(
        [html.B(name(clock.clock)), html.Span(sentence(clock, view.now)), state], className="clocks__row",
        **{"data-clock": clock.clock, "data-status": clock.status},
    )  # fmt: skip


def name(key: str) -> str:
    return {"accept": _("受理"), "handle": _("办理"), "verify": _("核查")}[key]


def duration(minutes: int, work: bool) -> str:
    """35 → "35 分"; 125 → "2 小时 5 分", of a work clock "2 工时 5 分"."""
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return _("%(m)s 分", m=rest)
    if rest and hours < 100:
        return _("%(h)s 工时 %(m)s 分", h=hours, m=rest) if work else _("%(h)s 小时 %(m)s 分", h=hours, m=rest)
    return _("%(h)s 工时", h=hours) if work else _("%(h)s 小时", h=hours)


def sentence(clock: ClockTold, now: datetime) -> str:
    """What will happen, or what came of it."""
    limit, yellow = duration(clock.limit_minutes, clock.work), duration(clock.yellow_minutes, clock.work)
    used = duration(clock.used_minutes, clock.work)
    if clock.status == "waiting":
        since = {"accept": _("上报后起算"), "handle": _("受理后起算"), "verify": _("处置后起算")}[clock.clock]
        return _("%(since)s，%(yellow)s黄牌，%(limit)s红牌", since=since, yellow=yellow, limit=limit)
    if clock.status == "done":
        return _("用 %(used)s，限 %(limit)s", used=used, limit=limit)
    left = clock.left_minutes or 0
    if _late(clock, now):
        return _("红牌，已超 %(time)s", time=duration(left, clock.work))
    if clock.status == "paused":
        return _("暂停计时，剩 %(time)s", time=duration(left, clock.work))
    if clock.used_minutes >= clock.yellow_minutes:
        return _("已黄牌，%(time)s后红牌", time=duration(left, clock.work))
    ahead = duration(clock.yellow_minutes - clock.used_minutes, clock.work)
    return _("%(yellow)s后黄牌，%(red)s后红牌", yellow=ahead, red=duration(left, clock.work))


def _state(clock: ClockTold) -> str:
    if clock.status == "waiting":
        return _("未起")
    if clock.status == "done":
        return _("按时") if clock.on_time else _("超时")
    return _("已用 %(h)s:%(m)s", h=clock.used_minutes // 60, m=f"{clock.used_minutes % 60:02d}")


def _late(clock: ClockTold, now: datetime) -> bool:
    """A limit can end with the work day: then it is over from the evening, with no work minute late yet."""
    over = clock.status == "running" and clock.due_at is not None and clock.due_at <= now
    return over or (clock.left_minutes or 0) < 0


def _tone(clock: ClockTold, now: datetime) -> str:
    if clock.status == "done":
        return "ok" if clock.on_time else "late"
    return "late" if _late(clock, now) else "plain"


def _because(clock: ClockTold, view: CaseSheet) -> str:
    """Start, limit, when it falls due, what does not count."""
    start = f"{clock.started_at.astimezone(view.zone):%m-%d %H:%M}" if clock.started_at else "—"
    due = f"{clock.due_at.astimezone(view.zone):%m-%d %H:%M}" if clock.due_at else "—"
    words = _(
        "%(start)s 起，限 %(limit)s，%(due)s 到期",
        start=start,
        due=due,
        limit=duration(clock.limit_minutes, clock.work),
    )
    whys = [clock_bar.why_word(why) for why in clock_bar.WHY if any(one.why == why for one in clock.skipped)]
    if clock.extended_minutes:
        words += _("，含延期 %(time)s", time=duration(clock.extended_minutes, clock.work))
    return words + (_("，%(whys)s不计", whys="、".join(whys)) if whys else _("，昼夜连续计"))
