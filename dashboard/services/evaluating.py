"""What an edition comes to: its result from the archive, as rows, under other weights, and for the month that runs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import archive, canonical, deduct, method, sampling, standing, tree
from dashboard.domain.evaluation.model import Inputs, Result, Scheme, Scores
from dashboard.domain.people import Person
from dashboard.domain.periods import Period, local_day
from dashboard.domain.scope import EVERYTHING
from dashboard.services import freezing, parties, recomputing
from dashboard.services.schemes import scheme as get_scheme
from data.models import EditionScore, EditionStanding, EditionValue
from data.queries.editions import find_edition
from data.queries.regions import get_pack, get_region
from data.session import Session

Loaded = tuple[Scheme, Inputs, Result]
_HOUR, _QUICK = 3600, 200  # seconds an answer is kept; draws of one that is worked out while somebody waits


def inputs(deps: Deps, session: Session, scheme: Scheme, region: str, span: Period) -> Inputs:
    """What an edition of these days would be worked out from, as things stand now. `session`: of Database.read()."""
    subject = freezing.subject_of(session, scheme, get_region(session, EVERYTHING, region), span)
    return freezing.inputs_now(deps, session, subject)


def load(deps: Deps, edition_id: UUID) -> Loaded:
    """(scheme, inputs with the corrections of upheld appeals, result) from the archive. Raises UserError where nothing is
    worked out yet."""
    with deps.database.read() as session:
        edition = find_edition(session, edition_id)
        if edition is None or edition.digest is None:
            raise UserError("edition", "no result yet", got=str(edition_id), hint="lock the figures and try")
        return deps.cache.get("edition", "*", edition.digest, (str(edition_id),), lambda: _load(session, edition_id))


def _load(session: Session, edition_id: UUID) -> Loaded:
    bodies = recomputing.read_bodies(session, edition_id)
    if archive.RESULT not in bodies:
        raise UserError("edition", "no result yet", got=str(edition_id), hint="try")
    scheme, corrected = recomputing.counted_inputs(bodies)
    return scheme, corrected, canonical.read_result(bodies[archive.RESULT])


def rows_of(scheme: Scheme, given: Inputs, result: Result) -> dict[type, list[dict]]:
    """The result as rows of EditionValue, EditionScore and EditionStanding; numbers as canonical bytes hold them."""
    values, scores = [], []
    for at, region in enumerate(given.regions):
        for column, key in enumerate(scheme.keys):
            cells = {"numerator": given.numerator, "denominator": given.denominator, "value": result.scores.value,
                     "normal": result.scores.normal}  # fmt: skip
            values.append({"indicator": key, "region_code": region,
                           **{name: canonical.rounded(cell[at, column]) for name, cell in cells.items()}})  # fmt: skip
        for column, key in enumerate(scheme.node_keys):
            score = canonical.rounded(result.scores.nodes[at, column])
            scores.append({"node": key, "region_code": region, "score": score})
    return {EditionValue: values, EditionScore: scores, EditionStanding: [_standing(one) for one in result.standings]}


def _standing(one: standing.Standing) -> dict:
    row = {name: getattr(one, name) for name in one.__slots__ if name != "region"}
    numbers = {name: None if row[name] is None else canonical.rounded(row[name])
               for name in ("score", "published", "low", "high", "deducted", "coverage")}  # fmt: skip
    return {"region_code": one.region, **row, **numbers}


def what_if(deps: Deps, person: Person, edition_id: UUID, weights: Mapping[str, float], normalise: str = "",
            aggregate: str = "") -> tuple[Result, Result]:  # fmt: skip
    """(the result as it stands, the result under other weights, normalisation or aggregation). Nothing is stored.

    Without the doubt of the method, which would take longer than one waits: rank bands are None, Sobol indices empty.
    """
    with deps.database.read() as session:
        parties.get_seen(session, person, edition_id)
    scheme, given, result = load(deps, edition_id)
    scores = tree.reckon(scheme, given, normalise=normalise, aggregate=aggregate, weights=weights)
    unknown = np.full(len(given.regions), np.nan)
    return result, _passing(scheme, given, scores, (unknown, unknown))


def _passing(scheme: Scheme, given: Inputs, scores: Scores, places: tuple[np.ndarray, np.ndarray]) -> Result:
    """A result that is kept nowhere: without Sobol indices, which nobody is shown of it. `places`: ranks' bands."""
    counted, points = deduct.deduct(scheme, given)
    interval = sampling.intervals(scheme, given, scores)
    return Result(scores, standing.standings(scheme, given, scores, points, interval, places), counted, {})


def provisional(deps: Deps, scheme_key: str, region: str) -> Loaded:
    """How the running month stands today: worked out on the fly, frozen nowhere, at most an hour old."""
    now = deps.clock()
    scheme = get_scheme(deps, scheme_key)
    hour = now.replace(minute=0, second=0, microsecond=0)
    key = (scheme_key, scheme.version, region)
    return deps.cache.get("provisional", "*", hour.isoformat(), key, lambda: _provisional(deps, scheme, region),
                          seconds=_HOUR)  # fmt: skip


def _provisional(deps: Deps, scheme: Scheme, code: str) -> Loaded:
    with deps.database.read() as session:
        region = get_region(session, EVERYTHING, code)
        today = local_day(deps.clock(), ZoneInfo(get_pack(session, region.pack).timezone))
        given = inputs(deps, session, scheme, code, Period(date(today.year, today.month, 1), today))
    quick = replace(scheme, doubt=replace(scheme.doubt, draws=min(scheme.doubt.draws, _QUICK)))
    scores = tree.reckon(quick, given)
    return scheme, given, _passing(quick, given, scores, method.rank_bands(quick, given, scores))
