"""What counts against a grid today, and by which rule. Cases of a place, never a table of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from dashboard.catalog import Catalog
from dashboard.domain.clocks import ClockRule, Limit, WorkHours
from dashboard.domain.periods import local_day
from dashboard.domain.regions import Region
from dashboard.domain.running import limit_of, running
from dashboard.services import words
from dashboard.services.heads import surroundings
from dashboard.views.inbox import GridItem, GridToday
from data.queries.inbox import against, count_against, last_steps, list_against
from data.session import Session

ROWS = 100
_STEPS = {"reworked": "rework", "reopened": "reopen"}


def grid_today(session: Session, catalog: Catalog, grids: Sequence[Region], zone: ZoneInfo, now: datetime) -> GridToday:
    tomorrow = local_day(now, zone) + timedelta(days=1)
    why = against(now, datetime.combine(tomorrow, datetime.min.time(), zone))
    counts = count_against(session, grids, why)
    rows = list_against(session, grids, why, limit=ROWS)
    around = surroundings(session, catalog, rows)
    keys = [(row["county_code"], row["id"]) for row in rows if row["why"] in _STEPS]
    steps = last_steps(session, keys, tuple(_STEPS.values()))
    items = tuple(_item(around.head(row), row, catalog, zone, steps) for row in rows)
    return GridToday(**counts, items=items)


def _item(head, row: Mapping, catalog: Catalog, zone: ZoneInfo, steps: Mapping) -> GridItem:
    why, clock = row["why"], running(row)
    rule = catalog.clocks.get(row["clock_kind"] or "")
    step = steps.get((row["county_code"], row["id"]))
    since = {
        "overdue": row["close_due_at"], "due_today": row["close_due_at"],
        "red": row[f"{clock}_due_at"] if clock else None,
    }.get(why, step.at if step else None)  # fmt: skip
    told = _rule(why, row, rule, clock, catalog.hours, since and since.astimezone(zone))
    return GridItem(head.county_code, head.id, head.number, head.title, why, str(words.AGAINST[why]), told, since)


def _rule(
    why: str, row: Mapping, rule: ClockRule | None, clock: str | None, hours: WorkHours, at: datetime | None
) -> str:
    """The rule in a sentence."""
    when = f"{at:%m-%d %H:%M}" if at else "—"
    limit = limit_words(limit_of(rule, clock), hours) if rule and clock else "—"
    name = str(words.CLOCKS[clock]) if clock else "—"
    match why:
        case "overdue":
            return _("办结期限 %(when)s 已过，计入超期未结", when=when)
        case "red":
            return _("%(clock)s时限 %(limit)s，%(when)s 用完，计红牌", clock=name, limit=limit, when=when)
        case "yellow":
            share = f"{rule.yellow:.0%}" if rule else "—"
            return _("%(clock)s时限 %(limit)s 已用 %(share)s，计黄牌", clock=name, limit=limit, share=share)
        case "reworked":
            return _("核查退回 %(count)s 次，再次处置后计入返工率", count=row["reworked"])
        case "reopened":
            return _("办结后重开 %(count)s 次，计入重开率", count=row["reopened"])
    return _("今日 %(when)s 到期，过时计入超期未结", when=f"{at:%H:%M}" if at else "—")


def limit_words(limit: Limit, hours: WorkHours) -> str:
    """ "4 个工作日", "2 工作小时", "30 分钟"."""
    day = hours.minutes_a_day if limit.work else 1440
    if limit.minutes % day == 0:
        count = limit.minutes // day
        return _("%(count)s 个工作日", count=count) if limit.work else _("%(count)s 天", count=count)
    if limit.minutes % 60 == 0:
        count = limit.minutes // 60
        return _("%(count)s 工作小时", count=count) if limit.work else _("%(count)s 小时", count=count)
    return _("%(count)s 工作分钟", count=limit.minutes) if limit.work else _("%(count)s 分钟", count=limit.minutes)
