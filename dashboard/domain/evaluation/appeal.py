"""Appeals: what may be asked for, who may decide, and what an upheld one changes. Always one item, never "the score".

A correction names one case under one indicator, one entry of a table, or one deduction, and says how it has to stand;
said twice, it changes nothing the second time. A case is corrected in its marks, so a fact that was wrong is corrected
wherever it counts, and the cases behind a figure still add up to it. Leaves out time limits and rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import product
from math import isfinite
from uuid import UUID

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.cohort import Cohort
from dashboard.domain.evaluation.model import Deduction, Indicator, Inputs, Scheme, Term

SUBJECTS = ("case", "value", "deduction")
STATES = ("filed", "upheld", "refused", "withdrawn")
MOVES = {"uphold": ("filed", "upheld"), "refuse": ("filed", "refused"), "withdraw": ("filed", "withdrawn")}
HEARD_IN = ("preview", "appeal")  # states of an edition in which appeals are taken
LATE_IN = ("published",)  # and, for LATE_DAYS work days after it was published
LATE_DAYS = 5
BARS = {  # why somebody may not decide, the first that holds
    "filed": "you filed this appeal",
    "scored": "you took a step in this edition",
    "recorded": "you recorded the deduction it is about",
    "party": "you speak for the region that appeals",
}
_MOST = 1e12


@dataclass(frozen=True, slots=True)
class Correction:
    """How one item has to stand. What is None stays as it is.

    case: `region`, `indicator`, `county`, `case`, and how often it counts: `top` in the numerator, `base` in the
    denominator. value: `region`, `indicator`, `top`, `base`. deduction: `region`, `deduction`, `removed`, or `units`,
    `again`, `secured`.
    """

    subject: str
    region: str
    indicator: str | None = None
    county: str | None = None
    case: UUID | None = None
    deduction: UUID | None = None
    top: float | None = None
    base: float | None = None
    removed: bool = False
    units: float | None = None
    again: bool | None = None
    secured: bool | None = None

    @property
    def target(self) -> tuple:
        """What it is about, without how it has to stand."""
        return self.subject, self.region, self.indicator, self.county, self.case, self.deduction


_FIELDS = {  # subject: (what it names, what it may say)
    "case": (("indicator", "county", "case"), ("top", "base")),
    "value": (("indicator",), ("top", "base")),
    "deduction": (("deduction",), ("removed", "units", "again", "secured")),
}


def to_dict(correction: Correction) -> dict:
    """Canonical JSON: only what is said."""
    said = {key: one for key, one in asdict(correction).items() if one is not None and one is not False}
    said |= {key: getattr(correction, key) for key in ("again", "secured") if getattr(correction, key) is not None}
    return {key: str(one) if isinstance(one, UUID) else one for key, one in sorted(said.items())}


def from_dict(given: Mapping) -> Correction:
    """The other way round. Raises UserError for what is no correction."""
    try:
        keys = {key: UUID(str(given[key])) for key in ("case", "deduction") if given.get(key) is not None}
        return check(Correction(**{**given, **keys}))
    except (TypeError, ValueError) as error:
        if isinstance(error, UserError):
            raise
        raise UserError("correction", "not a correction", got=dict(given), allowed=_FIELDS) from None


def check(correction: Correction) -> Correction:
    """The correction, if its subject, what it names and what it says fit each other; else UserError."""
    if correction.subject not in SUBJECTS:
        raise UserError("subject", "an appeal is about one item", got=correction.subject, allowed=SUBJECTS)
    names, says = _FIELDS[correction.subject]
    said = set(to_dict(correction)) - {"subject", "region"}
    if missing := [name for name in names if name not in said]:
        raise UserError("correction", f"a correction of one {correction.subject} names it", got=missing, allowed=names)
    if strange := sorted(said - {*names, *says}):
        raise UserError("correction", f"not said of one {correction.subject}", got=strange, allowed=says)
    if not said & set(says):
        raise UserError("correction", "say how it has to stand", allowed=says)
    _check_numbers(correction)
    return correction


def _check_numbers(correction: Correction) -> None:
    for name in ("top", "base", "units"):
        number = getattr(correction, name)
        if number is not None and not (isinstance(number, (int, float)) and isfinite(number) and 0 <= number <= _MOST):
            raise UserError("correction", f"{name} is a number", got=number, allowed="0 or more")
    if correction.subject == "case" and {correction.top, correction.base} - {None, 0, 1}:
        raise UserError("correction", "a case counts once or not at all", got=[correction.top, correction.base],
                        allowed=(0, 1))  # fmt: skip
    if correction.units == 0 or (
        correction.removed and {correction.units, correction.again, correction.secured} != {None}
    ):
        raise UserError("correction", "a deduction is either removed or changed", hint="removed, or units above 0")


def step(state: str, move: str) -> str:
    """The state after a move; UserError where the table does not allow it."""
    source, target = MOVES[move]
    if state != source:
        raise UserError("appeal", "this appeal is settled", got=state, allowed=source)
    return target


def barred(*, filed: bool, scored: bool, recorded: bool, party: bool) -> str:
    """Key of BARS for somebody who stands inside the chain, "" for somebody outside of it."""
    holds = {"filed": filed, "scored": scored, "recorded": recorded, "party": party}
    return next((key for key in BARS if holds[key]), "")


def check_effect(wish: Correction, effect: Correction) -> Correction:
    """The effect, if it is about the very item that was asked for; it may be less than was wished, or more."""
    if effect.target != wish.target:
        raise UserError("effect", "the effect is about another item", got=to_dict(effect), allowed=to_dict(wish))
    return check(effect)


def counts(scheme: Scheme, indicator: Indicator, mark: int) -> tuple[int, int]:
    """(how often a case with these marks counts in the numerator, in the denominator)."""
    return _sum(scheme, indicator.numerator, mark), _sum(scheme, indicator.denominator, mark)


def _sum(scheme: Scheme, terms: Iterable[Term], mark: int) -> int:
    return sum(term.sign * (mark >> scheme.facets.index(term.facet) & 1) for term in terms)


def corrected_mark(scheme: Scheme, indicator: Indicator, mark: int, correction: Correction) -> int:
    """The marks that count as the correction says, with the fewest facts changed, rather taken away than added; equal
    ones in the order of the scheme's facets. A case that leaves the denominator leaves the numerator too. Raises
    UserError where no marks do."""
    top, base = counts(scheme, indicator, mark)
    base = base if correction.base is None else int(correction.base)
    top = (0 if correction.base == 0 else top) if correction.top is None else int(correction.top)
    facets = sorted({scheme.facets.index(t.facet) for t in (*indicator.numerator, *indicator.denominator)})
    options = (_with(mark, facets, bits) for bits in product((0, 1), repeat=len(facets)))
    fitting = [one for one in options if counts(scheme, indicator, one) == (top, base)]
    if not fitting or (indicator.denominator and top > base):
        raise UserError("correction", "a case cannot count so under this indicator", got={"top": top, "base": base},
                        hint="top is at most base")  # fmt: skip
    return min(fitting, key=lambda one: ((one ^ mark).bit_count(), (one & ~mark).bit_count(), one))


def _with(mark: int, facets: list[int], bits: tuple[int, ...]) -> int:
    for facet, bit in zip(facets, bits, strict=True):
        mark = mark & ~(1 << facet) | bit << facet
    return mark


def position(cohort: Cohort, case: UUID) -> int | None:
    """Where a case stands among those of its county; None: it is not among them."""
    found = np.flatnonzero((cohort.ids == np.frombuffer(case.bytes, np.uint8)).all(axis=1))
    return int(found[0]) if len(found) else None


def mark_of(scheme: Scheme, cohort: Cohort | None, one: Correction) -> int:
    """The frozen marks of the case a correction names. Raises UserError where it does not count under the indicator in
    that region."""
    place = position(cohort, one.case) if cohort is not None else None
    home = place is not None and _home(scheme, cohort, place, one.region)
    mark = int(cohort.marks[place]) if home else 0
    if not any(counts(scheme, scheme.indicator(one.indicator), mark)):
        raise UserError("case", "this case does not count under the indicator", got=f"{one.county}:{one.case}",
                        hint="appeal against a case that is listed behind the figure")  # fmt: skip
    return mark


def _home(scheme: Scheme, cohort: Cohort, place: int, region: str) -> bool:
    """Does the case count for the region? Above the county that is for whoever knows the tree."""
    at = {"county": cohort.county, "township": cohort.townships[int(cohort.places[place])]}
    return at.get(scheme.level, region) == region


def apply(
    scheme: Scheme, inputs: Inputs, cohorts: Mapping[str, Cohort], corrections: Iterable[Correction]
) -> tuple[Inputs, dict[str, Cohort]]:
    """(inputs, cohorts by county code) as they stand after the corrections, in their order; what is given stays as it
    is. Raises UserError for a correction of what is not there."""
    inputs = replace(inputs, numerator=inputs.numerator.copy(), denominator=inputs.denominator.copy())
    cohorts = dict(cohorts)
    for one in corrections:
        if one.subject == "case":
            cohorts[one.county] = _apply_case(scheme, inputs, cohorts.get(one.county), one)
        elif one.subject == "value":
            _apply_value(scheme, inputs, one)
        else:
            inputs = replace(inputs, deductions=_apply_deduction(inputs.deductions, one))
    return inputs, cohorts


def _apply_case(scheme: Scheme, inputs: Inputs, cohort: Cohort | None, one: Correction) -> Cohort:
    """The county's cases with the corrected mark; the sums of its region in `inputs` follow in place."""
    place = position(cohort, one.case) if cohort is not None else None
    if place is None or not _home(scheme, cohort, place, one.region):
        raise UserError("case", "this case is not counted in the edition", got=f"{one.county}:{one.case}")
    row, marks = _row(inputs, one.region), cohort.marks.copy()
    before = int(marks[place])
    marks[place] = after = corrected_mark(scheme, scheme.indicator(one.indicator), before, one)
    for column, indicator in enumerate(scheme.indicators):
        if indicator.source == "cases":
            (top, base), (new_top, new_base) = (counts(scheme, indicator, mark) for mark in (before, after))
            inputs.numerator[row, column] += new_top - top
            inputs.denominator[row, column] += new_base - base
    return replace(cohort, marks=marks)


def _row(inputs: Inputs, region: str) -> int:
    if region not in inputs.regions:
        raise UserError("region", "this region is not in the edition", got=region)
    return inputs.regions.index(region)


def _apply_value(scheme: Scheme, inputs: Inputs, one: Correction) -> None:
    if scheme.indicator(one.indicator).source == "cases":
        raise UserError("value", "this figure is counted from cases", got=one.indicator, hint="name the case")
    row, column = _row(inputs, one.region), scheme.keys.index(one.indicator)
    for array, number in ((inputs.numerator, one.top), (inputs.denominator, one.base)):
        if number is not None:
            array[row, column] = number


def _apply_deduction(deductions: tuple[Deduction, ...], one: Correction) -> tuple[Deduction, ...]:
    """Without the deduction, or with it changed. One that an earlier correction removed is left out already."""
    says = {name: getattr(one, name) for name in ("units", "again", "secured") if getattr(one, name) is not None}
    return tuple(
        replace(each, **says) if UUID(each.id) == one.deduction else each
        for each in deductions
        if not (one.removed and UUID(each.id) == one.deduction)
    )
