"""What people say of regions in the demo's editions: deductions before the freeze, appeals while they are heard, lists,
problems and rungs after publication. All of it invented, says so, and went the way that any of it goes.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice

from dashboard.deps import Deps
from dashboard.domain.evaluation.appeal import Correction, counts
from dashboard.domain.evaluation.archive import COHORT
from dashboard.domain.evaluation.cohort import unpack
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.evaluation.problem import STEPS
from dashboard.domain.people import SYSTEM
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from dashboard.evidence.placard import placard
from dashboard.services import appeals, deductions, listings, parties, problems
from dashboard.services.appeal_checks import frozen_scheme
from dashboard.services.evidence import keep
from dashboard.views.editions import EditionHead
from data.models import EditionStanding
from data.queries.editions import find_edition, list_figures, read_archive
from data.queries.problems import find_last_rung
from data.queries.regions import get_region, list_below
from data.seed.verdicts import verdicts

HOUR, DAY, FEWEST = timedelta(hours=1), timedelta(days=1), 3


def seed_demo(deps: Deps, head: EditionHead, action: str, now: datetime) -> None:
    """What is said once `action` was taken in the edition, at the time of `deps`; nothing later than `now`."""
    say = _SAID.get(action)
    if say is not None and deps.evidence is not None:
        data = placard()
        key = keep(deps, SYSTEM, sha256(data).hexdigest(), data).original
        say(deps, head, key, now)


def _at(deps: Deps, moment: datetime) -> Deps:
    return replace(deps, clock=lambda: moment)


def _deductions(deps: Deps, head: EditionHead, file: str, now: datetime) -> None:
    """Each on its day of the period, where that has come."""
    with deps.database.read() as session:
        regions = list_below(session, EVERYTHING, get_region(session, EVERYTHING, head.region_code), head.level)
        today = parties.today_in(session, regions[0], now)
    for row in verdicts()["deduction"]:
        day, why = head.start + timedelta(days=row["day"]), row.get("secured_why")
        if day < today:
            new = deductions.NewDeduction(
                head.scheme_key, regions[row["place"] % len(regions)].code, row["rule"], day, row["reason"],
                float(row["units"]), None, why is not None, why, None, (file,),
            )  # fmt: skip
            deductions.record(_at(deps, min(deps.clock() + (day - head.start + DAY), now)), SYSTEM, new)


def ranked(deps: Deps, head: EditionHead) -> list[str]:
    """Codes of the ranked regions, the first first; none where a small demo ranks too few to speak of."""
    with deps.database.read() as session:
        rows = list_figures(session, head.id, EditionStanding)
    ranked = [row for row in rows if row["rank"] is not None]
    codes = [row["region_code"] for row in sorted(ranked, key=lambda row: (row["rank"], row["region_code"]))]
    return codes if len(codes) >= FEWEST else []


def _appeals(deps: Deps, head: EditionHead, file: str, now: datetime) -> None:
    """Filed a few hours after the hearing began, decided two days later where that is past."""
    ranking, opened = ranked(deps, head), deps.clock()
    for nth, row in enumerate(verdicts()["appeal"] if ranking else ()):
        wish = _missed(deps, head, ranking[row["place"] % len(ranking)], nth)
        if wish is None or opened + 3 * HOUR > now:
            continue
        key = appeals.file(_at(deps, opened + 3 * HOUR), SYSTEM, head.id, appeals.Filing(wish, row["claim"], (file,)))
        if opened + 2 * DAY <= now:
            appeals.decide(_at(deps, opened + 2 * DAY), SYSTEM, key, row["upheld"], row["decision"])


def _missed(deps: Deps, head: EditionHead, code: str, nth: int) -> Correction | None:
    """That the region's `nth` case which counts in a denominator alone counts in the numerator too; None without one."""
    with deps.database.read() as session:
        scheme = frozen_scheme(session, find_edition(session, head.id))
        kept = read_archive(session, head.id, [f"{COHORT}{code}"])
    cohorts = [unpack(entry.body) for entry in kept.values()]
    cases = ((key, mark) for one in cohorts for key, mark in zip(one.keys(), one.marks.tolist(), strict=True))
    found = (Correction("case", code, leaf, code, key, top=1) for key, mark in cases if (leaf := _first(scheme, mark)))
    return next(islice(found, nth, None), None)


def _first(scheme: Scheme, mark: int) -> str:
    return next(
        (one.key for one in scheme.indicators if one.source == "cases" and counts(scheme, one, mark) == (0, 1)), ""
    )


def _published(deps: Deps, head: EditionHead, file: str, now: datetime) -> None:
    ranking, start = ranked(deps, head), deps.clock()
    if not ranking:
        return
    for nth, row in enumerate(verdicts()["problem"]):
        _problem(_at(deps, min(start + nth * HOUR, now)), head, ranking[row["place"] % len(ranking)], row, file, now)
    for row in verdicts()["listing"]:
        new = listings.NewListing(ranking[row["place"] % len(ranking)], row["side"], row["reason"], (file,))
        listings.add_listing(_at(deps, min(start + DAY, now)), SYSTEM, head.id, new)
    for nth, row in enumerate(verdicts()["rung"]):
        _rung(_at(deps, min(start + (10 * nth + 1) * DAY, now)), head, ranking[row["place"] % len(ranking)], row)


def _problem(deps: Deps, head: EditionHead, code: str, row: dict, file: str, now: datetime) -> None:
    """Opened, and taken as far as the row says and the time allows, three days a step."""
    at, words = deps.clock(), verdicts()["words"]
    with deps.database.read() as session:
        region = get_region(session, EVERYTHING, code)
        today = parties.today_in(session, region, at)
    steps = {step: (_owner(region, nth), today + timedelta(days=7 * (nth + 1))) for nth, step in enumerate(STEPS)}
    new = problems.NewProblem(code, row["title"], "edition", steps, row["detail"], head.id)
    key = problems.open_problem(deps, SYSTEM, new)
    acts = [(step, act) for step in STEPS[: row["checked"]] for act in ("done", "check")]
    acts += [(STEPS[row["checked"]], "done")] if row.get("done") else []
    for nth, (step, act) in enumerate(acts):
        moment = at + (nth + 1) * timedelta(hours=36)
        if moment > now:
            return
        proof = words["proof"] if act == "done" else ""
        problems.act(_at(deps, moment), SYSTEM, key, problems.StepAct(step, act, proof=proof,
                                                                      evidence=(file,) if proof else ()))  # fmt: skip
    if row.get("closed") and at + 20 * DAY <= now:
        problems.close(_at(deps, at + 20 * DAY), SYSTEM, key)


def _owner(region: Region, nth: int) -> str:
    owners = verdicts()["words"]["owners"]
    return region.name + owners[nth % len(owners)]


def _rung(deps: Deps, head: EditionHead, code: str, row: dict) -> None:
    """The rung, where it follows what the region stands on and none is recorded later."""
    with deps.database.read() as session:
        last = find_last_rung(session, code)
        due = parties.today_in(session, get_region(session, EVERYTHING, code), deps.clock())
    follows = {"notice": last is None, "talk": last is not None and last.rung == "notice" and last.at < deps.clock()}
    if follows[row["rung"]]:
        due += timedelta(days=row["days"])
        listings.climb(deps, SYSTEM, listings.NewRung(code, row["rung"], row["basis"], due, edition=head.id))


_SAID: dict[str, Callable[[Deps, EditionHead, str, datetime], None]] = {
    "open": _deductions, "hear": _appeals, "publish": _published,
}  # fmt: skip
