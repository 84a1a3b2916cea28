"""Random audit: cases drawn from what was frozen, judged by people who took no part in them, and a published hit rate."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from uuid import UUID

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation import lots
from dashboard.domain.evaluation.archive import COHORT, SCHEME
from dashboard.domain.evaluation.cohort import Cohort, unpack
from dashboard.domain.evaluation.lots import VERDICTS, Key
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.schemes import read_scheme
from dashboard.services import parties
from dashboard.services.finding_words import SAMPLE_VERDICTS
from dashboard.services.ids import new_id
from dashboard.services.words import actor
from dashboard.views.findings import DrawRow, HitRate, SampleRow
from data.models import Draw, Edition, Sample
from data.queries import samples as reads
from data.queries.editions import read_archive
from data.queries.regions import find_regions, get_region
from data.session import Session
from data.writes.audit import add_audit
from data.writes.findings import add_draw
from data.writes.verdicts import add_exhibits

DRAW, JUDGE = "finding.judge", "sample.judge"
SEED_MOST, SIZE_MOST = 64, 200


def draw(deps: Deps, person: Person, edition_id: UUID, seed: str, size: int) -> DrawRow:
    """Draw `size` cases of each ranked region from the finished ones of the frozen cohort, once for each seed.

    Raises NotFound where the edition is not theirs to see, UserError where they may not, the edition is not frozen yet,
    has no counted cases, or the seed was drawn already.
    """
    seed = seed.strip()
    if not 0 < len(seed) <= SEED_MOST:
        raise UserError("seed", "a seed", got=seed, allowed=f"1 to {SEED_MOST} characters")
    if not 1 <= size <= SIZE_MOST:
        raise UserError("size", "cases of each region", got=size, allowed=f"1 to {SIZE_MOST}")
    now = deps.clock()
    with deps.database.read() as session:
        edition, region = parties.get_seen(session, person, edition_id)
        parties.check_granted(person, DRAW, region)
        drawn = lots.draw(seed, _strata(session, edition), size)
    with deps.database.write() as session:
        if reads.has_draw(session, edition_id, seed):
            raise UserError(
                "seed", "this seed was drawn already", got=seed, hint="its draw stands; all draws are shown"
            )
        row = {"id": new_id(now), "edition_id": edition_id, "seed": seed, "size": size, "per": "region",
               "drawn_at": now, "drawn_by": person.id, "actor": person.name}  # fmt: skip
        rows = [{"draw_id": row["id"], "county_code": county, "case_id": case_id, "region_code": code, "evidence": []}
                for code, keys in drawn.items() for county, case_id in keys]  # fmt: skip
        add_draw(session, row, rows)
        add_audit(session, now, person, "sample.draw", subject=str(edition_id), region=edition.region_code,
                  detail={"seed": seed, "size": size, "cases": len(rows)})  # fmt: skip
        return _draw_row(session, person, reads.find_draw(session, row["id"]), shown=True)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict`: of lots.VERDICTS; "true": what the record says was found to be so. `evidence`: SHA-256 of files."""

    verdict: str
    note: str
    evidence: Sequence[str] = ()


def judge(deps: Deps, person: Person, draw_id: UUID, county: str, case_id: UUID, given: Judgement) -> SampleRow:
    """Say whether a drawn case is as its record says. It can be judged again; the audit log keeps both.

    Raises NotFound for what is not theirs to judge, UserError without a note, and for whoever took part in the case.
    """
    if given.verdict not in VERDICTS:
        raise UserError("verdict", "no such verdict", got=given.verdict, allowed=VERDICTS)
    note, now = parties.said(given.note, "note"), deps.clock()
    files = parties.shown_files(deps, person, given.evidence)
    with deps.database.write() as session:
        row = reads.lock_sample(session, draw_id, county, case_id)
        if row is None:
            raise NotFound("sample", "no such sample", got=str(case_id))
        region = get_region(session, person.scope(JUDGE), row.region_code)
        if reads.took_part(session, county, case_id, person.id, person.name):
            raise UserError("forbidden", "whoever took part in a case does not audit it", got=case_number(case_id),
                            hint="leave it to somebody else")  # fmt: skip
        before = row.verdict
        row.verdict, row.note, row.evidence = given.verdict, note, list(files)
        row.judged_at, row.judged_by, row.judge = now, person.id, person.name
        add_exhibits(session, case_id, region, files)
        add_audit(session, now, person, "sample.judge", subject=f"{county}:{case_id}", region=row.region_code,
                  reason=note, detail={"draw": str(draw_id), "verdict": given.verdict, "before": before})  # fmt: skip
        session.flush()
        return _sample_row(person, row, {region.code: region})


def hit_rate(deps: Deps, person: Person, edition_id: UUID) -> tuple[DrawRow, ...]:
    """All draws of an edition with the hit rate of each ranked region and of all, for whoever may see the edition."""
    with deps.database.read() as session:
        parties.get_seen(session, person, edition_id)
        return tuple(_draw_row(session, person, row) for row in reads.list_draws(session, edition_id))


def get_draw(deps: Deps, person: Person, draw_id: UUID) -> DrawRow:
    """With the samples in regions that the person judges."""
    with deps.database.read() as session:
        row = reads.find_draw(session, draw_id)
        if row is None:
            raise NotFound("draw", "no such draw", got=str(draw_id))
        parties.get_seen(session, person, row.edition_id)
        return _draw_row(session, person, row, shown=True)


def _strata(session: Session, edition: Edition) -> dict[str, list[Key]]:
    """{ranked region: keys of its cases that were finished when the edition was frozen}."""
    entries = read_archive(session, edition.id)
    if SCHEME not in entries:
        raise UserError("state", "an edition is audited once it is frozen", got=edition.state, hint="lock it first")
    scheme = read_scheme(entries[SCHEME].body.decode())
    cohorts = [unpack(entry.body) for name, entry in entries.items() if name.startswith(COHORT)]
    counties = find_regions(session, EVERYTHING, [one.county for one in cohorts])
    out: defaultdict[str, list[Key]] = defaultdict(list)
    for one in cohorts:
        for code, part in _parts(one, counties[one.county], edition.level):
            done = part.keep((part.marks & _finished(scheme)) != 0)
            out[code] += zip(repeat(one.county), done.keys(), strict=False)
    if not any(out.values()):
        raise UserError("cases", "this edition counts no case that was handled", got=scheme.key)
    return dict(sorted(out.items()))


def _parts(cohort: Cohort, county: Region, level: str) -> list[tuple[str, Cohort]]:
    above = county.ancestor(level)
    return [(above, cohort)] if above else [(code, cohort.within(code)) for code in cohort.townships if code]


def _finished(scheme: Scheme) -> int:
    return sum(1 << bit for bit, (counter, _kind) in enumerate(scheme.facets) if counter in lots.FINISHED)


def _draw_row(session: Session, person: Person, row: Draw, *, shown: bool = False) -> DrawRow:
    samples = reads.list_samples(session, row.id)
    regions = parties.names_of(session, {one.region_code for one in samples})
    mine = find_regions(session, person.scope(JUDGE), regions) if shown else {}
    rates = [_rate(code, regions[code].name, [one for one in samples if one.region_code == code]) for code in regions]
    return DrawRow(
        str(row.id), str(row.edition_id), row.seed, row.size, row.per, row.drawn_at, actor(row.actor), _rate("", "", samples),
        tuple(sorted(rates, key=lambda one: one.region_code)),
        tuple(_sample_row(person, one, regions) for one in samples if one.region_code in mine),
    )  # fmt: skip


def _rate(code: str, name: str, samples: Sequence[Sample]) -> HitRate:
    counts = Counter(one.verdict for one in samples)
    true, false, unclear = (counts[verdict] for verdict in VERDICTS)
    rate, low, high = lots.hit_rate(true, false) or (None, None, None)
    return HitRate(code, name, len(samples), true + false + unclear, true, false, unclear, rate, low, high)


def _sample_row(person: Person, row: Sample, regions: Mapping[str, Region]) -> SampleRow:
    region = regions[row.region_code]
    return SampleRow(row.county_code, str(row.case_id), case_number(row.case_id), row.region_code, region.name,
                     row.verdict, row.verdict and str(SAMPLE_VERDICTS[row.verdict]), actor(row.judge), row.judged_at, row.note,
                     parties.exhibits(person, region, row.evidence))  # fmt: skip
