"""Editions of the demo: the last months published, the newest as far as its time limits allow, the running one open; and
one of the outcome tree, from tables of synthetic figures, on trial.

Answers for the dates of their steps, which lie where a real office would have put them. Everything goes the way of every
edition; only the clock is set.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound
from dashboard.domain.people import SYSTEM
from dashboard.domain.periods import local_day
from dashboard.domain.scope import EVERYTHING
from dashboard.services import editions
from dashboard.services.demo_evaluation import seed_demo
from dashboard.services.demo_findings import seed_findings
from dashboard.services.indicator_tables import seed_tables
from dashboard.services.schemes import DEFAULT
from dashboard.views.editions import EditionHead
from data.queries.editions import list_editions
from data.queries.regions import get_pack, get_root, list_datasets
from data.seed.demo import DATASET
from data.session import Session
from data.writes.feed import forget_changes

MONTHS, OUTCOME = 3, "peace_index"  # complete ones; the scheme whose figures come from tables
_OPENED, _DAY = time(9), timedelta(days=1)
_PAUSES = {  # how long after the step before each action is taken
    "lock": timedelta(hours=1), "try": timedelta(minutes=20), "preview": timedelta(hours=2), "hear": timedelta(days=4),
    "review": timedelta(days=6), "publish": timedelta(hours=3), "archive": timedelta(days=20),
}  # fmt: skip


def ensure_demo_editions(deps: Deps, say: Callable[[str], object]) -> int:
    """Make them where the demo is installed and no edition is there yet; how many."""
    now = deps.clock().replace(microsecond=0)
    with deps.database.read() as session:
        if list_editions(session, limit=1) or (root := _root(session)) is None:
            return 0
        region = root.code
        zone = ZoneInfo(get_pack(session, root.pack).timezone)
    say("demo: editions …")
    starts = _months(local_day(now, zone))
    heads = [_live(deps, region, start, zone, now) for start in starts]
    for newest in [one for one in heads if one.published_at][-1:]:
        seed_findings(deps, newest, now)
    _outcome(deps, region, starts[-2], zone)
    with deps.database.write() as session:  # what was told of days gone by would be forgotten in pieces, and leave gaps
        forget_changes(session, deps.clock() + _DAY)
    return len(starts) + 1


def _months(today: date) -> list[date]:
    """First days of the last complete months and of the running one."""
    starts = [today.replace(day=1)]
    for _n in range(MONTHS):
        starts.insert(0, (starts[0] - _DAY).replace(day=1))
    return starts


def _live(deps: Deps, region: str, start: date, zone: ZoneInfo, now: datetime) -> EditionHead:
    """One edition from its first day as far as `now` allows."""
    at = datetime.combine(start, _OPENED, zone)
    found = editions.open_edition(_at(deps, min(at, now)), SYSTEM, DEFAULT, region, start)
    seed_demo(_at(deps, min(at, now)), found, "open", now)
    at = datetime.combine(found.end + _DAY, _OPENED, zone)
    for action, pause in _PAUSES.items():
        at += pause
        at = max(at, found.appeal_until or at) if action == "review" else at
        if at > now:
            break
        found = editions.act(_at(deps, at), SYSTEM, found.id, action)
        seed_demo(_at(deps, at), found, action, now)
    return found


def _outcome(deps: Deps, region: str, start: date, zone: ZoneInfo) -> None:
    """The newest complete month by figures of other offices."""
    seed_tables(deps, (start,))
    found = editions.open_edition(_at(deps, datetime.combine(start, _OPENED, zone)), SYSTEM, OUTCOME, region, start)
    at = datetime.combine(found.end + _DAY, _OPENED, zone)
    for action in ("lock", "try"):
        at += _PAUSES[action]
        editions.act(_at(deps, min(at, deps.clock())), SYSTEM, found.id, action)


def _at(deps: Deps, moment: datetime) -> Deps:
    return replace(deps, clock=lambda: moment)


def _root(session: Session):
    """The demo's root; None where the demo is not installed."""
    try:
        root = get_root(session, EVERYTHING)
    except NotFound:
        return None
    return root if any(one.key == DATASET for one in list_datasets(session, root.pack)) else None
