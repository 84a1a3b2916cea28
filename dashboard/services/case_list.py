"""Lists of cases as programs page through them: what the person may see, filtered, in a total order.

Leaves out the desk's board and the wall's lists behind a number, which have reads of their own.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.numbers import number_range
from dashboard.domain.people import Person
from dashboard.domain.periods import local_day
from dashboard.domain.scope import EVERYTHING
from dashboard.services.heads import surroundings
from dashboard.views.dossier import CaseHead
from data.queries.regions import get_pack, get_region, get_root
from data.queries.work import WorkFilter, count_work, list_work
from data.session import Session

COUNTED = 10_000
SEARCHED = timedelta(days=90)
_HEX_NUMBER = re.compile(r"[0-9a-fA-F]{8}")
_ZEROS, _ONES = "0" * 24, "f" * 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; "" or (): any. `due`: today, late. `order`: due (open cases only), -reported.

    `after`: the `next` of the page before; takes the place of `offset` and stays quick on any page.
    """

    states: tuple[str, ...] = ()
    kind: str = ""
    region: str = ""
    unit: str = ""
    cards: tuple[str, ...] = ()
    supervision: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    number: str = ""
    q: str = ""
    due: str = ""
    order: str = "due"
    limit: int = 50
    offset: int = 0
    after: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """`total` is counted up to COUNTED; `capped`: there are more. `next`: give it as `after`; None on the last page."""

    total: int
    capped: bool
    rows: tuple[CaseHead, ...]
    next: str | None


def list_page(deps: Deps, person: Person, wanted: Wanted) -> CasePage:
    """Raises NotFound for a region or kind that is not there, UserError for a number or mark that cannot be read."""
    now, scope = deps.clock(), person.scope("case.read")
    with deps.database.read() as session:
        chosen = _filter(deps, session, person, wanted, now)
        after = _read_mark(wanted.after, chosen.newest) if wanted.after else None
        offset = 0 if after else wanted.offset
        rows = list_work(session, scope, chosen, limit=wanted.limit + 1, offset=offset, after=after)
        total = count_work(session, scope, chosen, most=COUNTED + 1)
        shown = rows[: wanted.limit]
        around = surroundings(session, deps.catalog, shown)
    more = len(rows) > wanted.limit
    return CasePage(min(total, COUNTED), total > COUNTED, tuple(around.head(row) for row in shown),
                    _mark(shown[-1], chosen.newest) if more else None)  # fmt: skip


def _filter(deps: Deps, session: Session, person: Person, wanted: Wanted, now: datetime) -> WorkFilter:
    kind, words = deps.catalog.check_kind(wanted.kind), tuple(wanted.q.split())
    sensitive = tuple(one.key for one in deps.catalog.kinds.values() if one.sensitive)
    return WorkFilter(
        region=get_region(session, person.scope("case.read"), wanted.region) if wanted.region else None,
        states=wanted.states, kinds=tuple(deps.catalog.members.get(kind, (kind,) if kind else ())),
        but_kinds=sensitive if words else (), unit=wanted.unit,  # what sensitive cases say is not found by its words
        cards=wanted.cards, supervision=wanted.supervision, severities=wanted.severities, late=wanted.due == "late",
        due=_today(session, now) if wanted.due == "today" else None, ids=_ids(wanted.number) if wanted.number else None,
        words=words, newest=wanted.order == "-reported", since=now - SEARCHED if words and not wanted.states else None,
        open_only=wanted.order == "due" and not (wanted.states or wanted.number),
    )  # fmt: skip


def _today(session: Session, now: datetime) -> tuple[datetime, datetime]:
    zone = ZoneInfo(get_pack(session, get_root(session, EVERYTHING).pack).timezone)
    start = datetime.combine(local_day(now, zone), datetime.min.time(), zone)
    return start, start + timedelta(days=1)


def _ids(number: str) -> tuple[UUID, UUID]:
    if _HEX_NUMBER.fullmatch(number.strip()):
        return UUID(number.strip() + _ZEROS), UUID(number.strip() + _ONES)
    return number_range(number)


def _mark(row: Mapping, newest: bool) -> str:
    parts = ["r" if newest else "d", row["mark"].isoformat(), str(row["id"]), row["county_code"]]
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _read_mark(text: str, newest: bool) -> tuple[datetime, UUID, str]:
    try:
        sort, at, case_id, county = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        found = datetime.fromisoformat(at), UUID(case_id), str(county)
        if sort != ("r" if newest else "d") or found[0].tzinfo is None:
            raise ValueError(sort)
    except (ValueError, TypeError, AttributeError):
        raise UserError(
            "after", "not the mark of a page in this order", got=text, hint="give the `next` of a page"
        ) from None
    return found
