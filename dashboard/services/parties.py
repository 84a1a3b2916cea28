"""Who is concerned by a verdict: who may see an edition, who speaks for a region, whose evidence it is to see.

Also what verdicts share: work days and the local day of a region, and texts that have to say something.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.clocks import parse_limit
from dashboard.domain.directives import clean_text
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.edition import TO_RANKED
from dashboard.domain.people import CAPABILITIES, Person
from dashboard.domain.periods import local_day
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.calendars import work_calendar
from dashboard.services.evidence import resolve
from data.models import Case, DeductionRow, Edition, VetoRow
from data.queries.cases import get_case
from data.queries.editions import find_edition
from data.queries.regions import find_regions, get_pack, get_region
from data.session import Session

VIEW, FILE, DECIDE, RUN, PUBLISH, KEEP = (
    "evaluation.view", "appeal.file", "appeal.decide", "evaluation.run", "evaluation.publish", "problem.keep",
)  # fmt: skip
TEXT_MOST, TEXT_LEAST = 2000, 4


def get_seen(session: Session, person: Person, edition_id: UUID) -> tuple[Edition, Region]:
    """The edition and its region, for those above it at any time, and for the ranked once it is shown to them. Raises
    NotFound for everybody else."""
    edition = find_edition(session, edition_id)
    if edition is not None:
        region = get_region(session, EVERYTHING, edition.region_code)
        if person.scope(VIEW).covers(region) or (edition.state in TO_RANKED and _ranked_in(session, person, region)):
            return edition, region
    raise NotFound("edition", "no such edition", got=str(edition_id))


def _ranked_in(session: Session, person: Person, region: Region) -> bool:
    own = find_regions(session, EVERYTHING, person.scope(VIEW).roots)
    return any(region.code == code for one in own.values() for _level, code in one.path)


def speaks_for(person: Person, region: Region) -> bool:
    """Is the person granted to file appeals for this very region? Whoever stands above it does not speak for it."""
    return person.everything or region.code in spoken_for(person)


def spoken_for(person: Person) -> frozenset[str]:
    """Codes of the regions whose appeals the person files."""
    return frozenset(one.region for one in person.grants if one.role in CAPABILITIES[FILE] and one.unit is None)


def above(person: Person, region: Region, roles: Iterable[str]) -> bool:
    """Is the person granted one of `roles` in a region above this one?"""
    higher = {code for _level, code in region.path[:-1]}
    return person.everything or any(
        grant.role in roles and grant.unit is None and grant.region in higher for grant in person.grants
    )


def check_granted(person: Person, capability: str, region: Region, *, seen: bool = False) -> None:
    """Raises UserError "forbidden" where the person sees the region's verdicts (or has `seen` what it is about) and may
    not do this; NotFound where they see nothing of it."""
    if person.scope(capability).covers(region):
        return
    if not (seen or person.scope(VIEW).covers(region)):
        raise NotFound("region", "no such region", got=region.code)
    raise UserError("forbidden", "your role does not allow this here", got=region.code,
                    allowed=sorted(CAPABILITIES[capability]))  # fmt: skip


def region_of(session: Session, person: Person, row: DeductionRow | VetoRow | None, name: str, key: UUID) -> Region:
    """The region of a record that was looked up by `key`. Raises NotFound, by the `name` of the record, where there is
    none and where the person sees nothing of its region: neither is told from the other."""
    region = get_region(session, EVERYTHING, row.region_code) if row else None
    if region is None or not person.scope(VIEW).covers(region):
        raise NotFound(name, f"no such {name}", got=str(key))
    return region


def get_readable_case(session: Session, person: Person, key: tuple[str, str]) -> Case:
    """The case (county code, id) that a record names. Raises NotFound where the person may not read it."""
    scope = person.scope("case.read")
    return get_case(session, scope, get_region(session, scope, key[0]), key[1])


def exhibits(person: Person, region: Region | None, hashes: Iterable[str]) -> tuple[str, ...]:
    """Stored hashes for the parties, evaluators and auditors of the region; () for others."""
    seen = region is not None and person.scope("exhibit.read").covers(region)
    return tuple(hashes) if seen else ()


def shown_files(deps: Deps, person: Person, hashes: Iterable[str], *, least: int = 0) -> tuple[str, ...]:
    """Stored hashes of evidence that arrived. Raises UserError where there is less than is needed."""
    found = resolve(deps, person, tuple(hashes))
    if len(found) < least:
        raise UserError("evidence", "evidence is needed", got=len(found), allowed=f"at least {least} file",
                        hint="PUT /api/v1/evidence/<sha256> first")  # fmt: skip
    return found


def said(text: str | None, name: str, least: int = TEXT_LEAST) -> str:
    """A text that says something. Raises UserError."""
    found = clean_text(text or "", TEXT_MOST, name)
    if len(found) < least:
        raise UserError(name, f"{name} is too short", got=len(found), allowed=f"{least} to {TEXT_MOST} characters")
    return found


def today_in(session: Session, region: Region, now: datetime) -> date:
    return local_day(now, ZoneInfo(get_pack(session, region.pack).timezone))


def after_work_days(deps: Deps, session: Session, region: Region, start: datetime, days: int) -> datetime:
    """When so many work days have passed, by the calendar of the region's pack."""
    hours = deps.catalog.hours
    return work_calendar(session, region.pack, hours).due(start, parse_limit(f"{days}wd", hours))


def names_of(session: Session, codes: Iterable[str]) -> Mapping[str, Region]:
    """{code: region}, whoever asks: the codes come from rows that they may see."""
    return find_regions(session, EVERYTHING, {code for code in codes if code})
