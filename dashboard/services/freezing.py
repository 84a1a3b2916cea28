"""Locking the figures of an edition: everything it is worked out from, read at one moment, as named bytes.

Answers for the figures and the cases behind them agreeing: sums come from the roll-ups, cases from the table of cases, and
what differs is read again in full and refused where it still differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.deps import Deps
from dashboard.domain import evaluation
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import archive, canonical
from dashboard.domain.evaluation.cohort import Cohort, Facet, counted, pack
from dashboard.domain.evaluation.model import Inputs, Scheme, Term
from dashboard.domain.evaluation.peers import groups
from dashboard.domain.periods import Period, instants
from dashboard.domain.regions import LEVELS, ROLLED_UP, Region, below
from dashboard.domain.scope import EVERYTHING
from dashboard.schemes import scheme_text
from dashboard.services.indicator_tables import entries
from data.queries.cohort import read_cohorts
from data.queries.editions import list_deductions, list_vetoes
from data.queries.figures import Figures
from data.queries.regions import get_pack, list_below
from data.session import Session

Sums = Mapping[str, Mapping[Facet, int]]  # by region
Entries = Mapping[tuple[str, str], tuple[float | None, float | None]]  # by region and column


@dataclass(frozen=True)
class Subject:
    """What an edition is about: the `regions` of `level` in `region`, judged by `scheme` over `span`."""

    scheme: Scheme
    region: Region
    level: str
    span: Period
    zone: ZoneInfo
    regions: tuple[Region, ...]


def subject_of(session: Session, scheme: Scheme, region: Region, span: Period) -> Subject:
    """The scheme's level is ranked, or the next one below a region that lies so low itself: the scheme then says so.
    Raises UserError where there is nothing to rank."""
    level = scheme.level if LEVELS.index(scheme.level) > LEVELS.index(region.level) else below(region.level)
    regions = tuple(list_below(session, EVERYTHING, region, level)) if level in ROLLED_UP else ()
    if not regions:
        raise UserError("region", "nothing to rank below this region", got=region.code, allowed=ROLLED_UP[:-1])
    zone = ZoneInfo(get_pack(session, region.pack).timezone)
    return Subject(replace(scheme, level=level), region, level, span, zone, regions)


def freeze(deps: Deps, session: Session, subject: Subject, now: datetime) -> dict[str, bytes]:
    """{name: bytes} of all that never changes again. `session`: of Database.read(), so that all of it is one moment.

    Raises UserError where figures and cases disagree.
    """
    figures = Figures(session, EVERYTHING, subject.zone, deps.catalog.members)
    sums = facet_sums(figures, subject, subject.regions)
    counties = counties_of(session, subject) if subject.scheme.facets else ()
    found = {
        archive.SCHEME: scheme_text(subject.scheme).encode(),
        archive.INPUTS: canonical.encode(make_inputs(session, subject, sums)),
        archive.FACTS: canonical.encode(_facts(subject, counties, now)),
    }
    known = sums if subject.level == "county" else facet_sums(figures, subject, counties)
    return found | {archive.COHORT + one.county: pack(one) for one in _cohorts(deps, session, subject, known)}


def inputs_now(deps: Deps, session: Session, subject: Subject) -> Inputs:
    """The inputs as they stand at this moment, frozen nowhere."""
    figures = Figures(session, EVERYTHING, subject.zone, deps.catalog.members)
    return make_inputs(session, subject, facet_sums(figures, subject, subject.regions))


def facet_sums(figures: Figures, subject: Subject, regions: Sequence[Region]) -> Sums:
    """{region: {facet: how many}} from the roll-ups, one question for each kind."""
    out: dict[str, dict[Facet, int]] = {region.code: {} for region in regions}
    for kind in sorted({kind for _counter, kind in subject.scheme.facets}):
        names = [counter for counter, of in subject.scheme.facets if of == kind]
        for code, sums in figures.flows(regions, kind, subject.span, names).items():
            out[code] |= {(name, kind): sums[name] for name in names}
    return out


def make_inputs(session: Session, subject: Subject, sums: Sums) -> Inputs:
    scheme, regions = subject.scheme, subject.regions
    codes = [region.code for region in regions]
    table = entries(session, scheme.key, subject.span.start)
    shape = (len(regions), len(scheme.indicators))
    numerator, denominator = np.full(shape, np.nan), np.full(shape, np.nan)
    for column, one in enumerate(scheme.indicators):
        for row, code in enumerate(codes):
            if one.source == "cases":
                numerator[row, column] = _sum(one.numerator, sums[code])
                denominator[row, column] = _sum(one.denominator, sums[code]) if one.denominator else np.nan
            else:
                numerator[row, column], denominator[row, column] = _entry(table, code, one.column)
    since, until = date(subject.span.end.year, 1, 1), subject.span.end
    return Inputs(tuple(codes), numerator, denominator, _exposure(scheme, regions, table),
                  groups([region.name for region in regions], [region.population for region in regions]), until,
                  list_deductions(session, scheme.key, codes, since, until),
                  list_vetoes(session, scheme.key, codes, subject.span.start, until))  # fmt: skip


def _sum(terms: Sequence[Term], sums: Mapping[Facet, int]) -> float:
    return float(sum(term.sign * sums[term.facet] for term in terms))


def _entry(table: Entries, region: str, column: str) -> tuple[float, float]:
    top, base = table.get((region, column), (None, None))
    return (np.nan if top is None else top), (np.nan if base is None else base)


def _exposure(scheme: Scheme, regions: Sequence[Region], table: Entries) -> dict[str, np.ndarray]:
    """What indicators are set against: residents and households of the regions, else a column of the month's table."""
    out = {}
    for name in sorted({one.exposure for one in scheme.indicators if one.exposure}):
        if name in ("population", "households"):
            found = [getattr(region, name) for region in regions]
        else:
            found = [table.get((region.code, name), (None, None))[0] for region in regions]
        out[name] = np.array([np.nan if one is None else one for one in found], dtype=float)
    return out


def counties_of(session: Session, subject: Subject) -> tuple[Region, ...]:
    """The counties whose cases are counted."""
    if subject.level == "county":
        return subject.regions
    if subject.region.level == "county":
        return (subject.region,)
    return tuple(list_below(session, EVERYTHING, subject.region, "county"))


def _cohorts(deps: Deps, session: Session, subject: Subject, sums: Sums) -> Iterable[Cohort]:
    """The cases counted in each county of `sums`: first where they mostly are, and where that is not all, everywhere."""
    facets = subject.scheme.facets
    if not facets:
        return ()
    bounds = instants(subject.span, subject.zone)
    found: dict[str, Cohort] = {}
    for whole in (False, True):
        wrong = [code for code in sums if code not in found or counted(found[code], facets) != sums[code]]
        if wrong:
            found |= read_cohorts(session, wrong, facets, deps.catalog.members, bounds, whole=whole)
    for code, cohort in found.items():
        _check(code, counted(cohort, facets), sums[code])
    return found.values()


def _check(county: str, seen: Mapping[Facet, int], sums: Mapping[Facet, int]) -> None:
    """Raises UserError where the cases of a county do not add up to its figures."""
    for (counter, kind), count in seen.items():
        if count != sums[counter, kind]:
            raise UserError("figures", f"figures and cases of {county} differ under {counter} {kind}".rstrip(), got=count,
                            allowed=sums[counter, kind], hint="run: flask --app app verify")  # fmt: skip


def _facts(subject: Subject, counties: Sequence[Region], now: datetime) -> dict[str, object]:
    """`homes`: the ranked region that a county's cases count for; None: their townships are ranked."""
    return {
        "scheme": subject.scheme.key, "version": subject.scheme.version, "region": subject.region.code,
        "level": subject.level, "start": subject.span.start, "end": subject.span.end, "zone": subject.zone.key,
        "names": {region.code: region.name for region in subject.regions},
        "homes": {county.code: county.ancestor(subject.level) for county in counties},
        "frozen_at": now, "code_version": code_version(),
    }  # fmt: skip


@lru_cache(maxsize=1)
def code_version() -> str:
    """SHA-256 over the sources of the engine: which rules an edition was worked out by."""
    folder, whole = Path(evaluation.__file__).parent, sha256()
    for path in sorted(folder.glob("*.py")):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
