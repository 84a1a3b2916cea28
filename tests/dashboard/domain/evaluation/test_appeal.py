"""Corrections: what they may say, which marks and sums they change, who may decide; said twice is said once."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import appeal
from dashboard.domain.evaluation.appeal import Correction
from dashboard.domain.evaluation.cohort import amounts, make_cohort
from dashboard.domain.evaluation.model import Deduction, Indicator, Inputs, Scheme, Term

ONE, TWO, THREE, NOWHERE = (UUID(int=n) for n in (1, 2, 3, 4))
EVENT = UUID(int=9)


def leaf(key: str, top: tuple[Term, ...], base: tuple[Term, ...], source: str = "cases") -> Indicator:
    return Indicator(key, key, key, "total", 1, source, "high", "%", "none", numerator=top, denominator=base)


DUE = (Term("due_closed"), Term("due_open"))
SCHEME = Scheme(
    "s", 1, "s", "s", "county", (),
    (
        leaf("on_time", (Term("due_on_time"),), DUE),
        leaf("closed", (Term("due_closed"),), DUE),
        leaf("accurate", (Term("dispatched"), Term("returned", sign=-1)), (Term("dispatched"),)),
        leaf("table", (), (), "table"),
    ),
    (("A", 0.0),),
)  # fmt: skip
BITS = {name: 1 << SCHEME.facets.index((name, "")) for name in
        ("due_closed", "due_open", "due_on_time", "dispatched", "returned")}  # fmt: skip
LATE = BITS["due_closed"] | BITS["dispatched"]
GOOD = BITS["due_closed"] | BITS["due_on_time"]
BACK = BITS["due_open"] | BITS["dispatched"] | BITS["returned"]


def cohort(*marks: int):
    ids = b"".join(key.bytes for key in (ONE, TWO, THREE)[: len(marks)])
    return {"K1": make_cohort("K1", {"T1": (ids, np.array(marks, np.int64))})}


def inputs(cohorts: dict) -> Inputs:
    """Sums of the cohorts for K1; K2 has nothing but a table."""
    marks = cohorts["K1"].marks
    sums = {
        part: [amounts(SCHEME, one, part, marks).sum() for one in SCHEME.indicators[:3]] for part in ("top", "base")
    }
    top = np.array([[*sums["top"], 5.0], [0, 0, 0, 7.0]], float)
    base = np.array([[*sums["base"], 10.0], [0, 0, 0, np.nan]], float)
    events = (Deduction(str(EVENT), "K1", "r", date(2026, 6, 1), 2.0, again=True),)
    return Inputs(("K1", "K2"), top, base, {}, ("", ""), date(2026, 6, 30), events)


def case(indicator: str, key: UUID = ONE, **says) -> Correction:
    return Correction("case", "K1", indicator, "K1", key, **says)


MARKS = (  # marks, indicator, what is said, marks after
    (LATE, "on_time", {"top": 1}, LATE | BITS["due_on_time"]),
    (GOOD, "on_time", {"top": 0}, BITS["due_closed"]),
    (GOOD, "on_time", {"base": 0}, 0),  # who leaves the denominator leaves the numerator
    (LATE, "on_time", {"base": 0}, BITS["dispatched"]),  # and nothing else
    (LATE, "closed", {"top": 0}, BITS["due_open"] | BITS["dispatched"]),  # not closed is open
    (BACK, "accurate", {"top": 1}, BITS["due_open"] | BITS["dispatched"]),  # was not returned
    (BACK, "accurate", {"base": 0}, BITS["due_open"]),
    (GOOD, "on_time", {"top": 1, "base": 1}, GOOD),
)


@pytest.mark.parametrize("mark, indicator, says, after", MARKS)
def test_a_case_counts_as_is_said_with_the_fewest_facts_changed(mark: int, indicator: str, says: dict, after: int):
    assert appeal.corrected_mark(SCHEME, SCHEME.indicator(indicator), mark, case(indicator, **says)) == after


@pytest.mark.parametrize(
    "indicator, says",
    [("on_time", {"top": 1, "base": 0}), ("closed", {"top": 1, "base": 0}), ("accurate", {"top": 1, "base": 0})],
)
def test_a_case_cannot_count_in_the_numerator_alone(indicator: str, says: dict):
    with pytest.raises(UserError, match="cannot count so"):
        appeal.corrected_mark(SCHEME, SCHEME.indicator(indicator), LATE, case(indicator, **says))


def test_a_fact_is_corrected_wherever_it_counts_and_the_sums_follow():
    before = cohort(LATE, GOOD, BACK)
    given_, found = inputs(before), case("on_time", base=0)
    after, cohorts = appeal.apply(SCHEME, given_, before, [found])
    assert given_.numerator[0].tolist() == [1, 2, 1, 5]
    assert given_.denominator[0].tolist() == [3, 3, 2, 10]
    assert after.numerator[0].tolist() == [1, 1, 1, 5]  # of "closed" as well
    assert after.denominator[0].tolist() == [2, 2, 2, 10]
    assert before["K1"].marks.tolist() == [LATE, GOOD, BACK]
    assert cohorts["K1"].marks.tolist() == [BITS["dispatched"], GOOD, BACK]


def test_a_value_and_a_deduction_are_corrected_alone():
    before = cohort(LATE)
    value = Correction("value", "K2", "table", top=8.0)
    after, _ = appeal.apply(SCHEME, inputs(before), before, [value, Correction("deduction", "K1", deduction=EVENT, units=1,
                                                                               again=False)])  # fmt: skip
    assert after.numerator[1, 3] == 8
    assert np.isnan(after.denominator[1, 3])
    assert (after.deductions[0].units, after.deductions[0].again, after.deductions[0].secured) == (1, False, False)
    removed = Correction("deduction", "K1", deduction=EVENT, removed=True)
    assert appeal.apply(SCHEME, inputs(before), before, [removed, removed])[0].deductions == ()


NOT_THERE = (
    case("on_time", NOWHERE, top=1),
    replace(case("on_time", top=1), county="K9"),
    replace(case("on_time", top=1), region="K2"),
    replace(case("none", top=1)),
    Correction("value", "K9", "table", top=1),
    Correction("value", "K1", "on_time", top=1),  # counted from cases: name the case
)


@pytest.mark.parametrize("correction", NOT_THERE)
def test_what_is_not_there_cannot_be_corrected(correction: Correction):
    before = cohort(LATE)
    with pytest.raises(UserError):
        appeal.apply(SCHEME, inputs(before), before, [correction])


def test_a_case_that_counts_elsewhere_only_is_not_counted_here():
    counted = cohort(LATE, BITS["dispatched"])["K1"]
    assert appeal.mark_of(SCHEME, counted, case("on_time", top=1)) == LATE
    for found in (case("on_time", TWO, top=1), case("on_time", NOWHERE, top=1)):
        with pytest.raises(UserError, match="does not count"):
            appeal.mark_of(SCHEME, counted, found)
    with pytest.raises(UserError, match="does not count"):
        appeal.mark_of(SCHEME, None, case("on_time", top=1))


@given(st.lists(st.sampled_from([LATE, GOOD, BACK]), min_size=1, max_size=3), st.data())
def test_said_twice_is_said_once_and_sums_are_those_of_the_marks(marks: list[int], data):
    before = cohort(*marks)
    keys = (ONE, TWO, THREE)[: len(marks)]
    said = [case(data.draw(st.sampled_from(["on_time", "closed", "accurate"])), data.draw(st.sampled_from(keys)),
                 base=data.draw(st.sampled_from([0, None])), top=0) for _ in range(data.draw(st.integers(1, 3)))]  # fmt: skip
    once, cohorts = appeal.apply(SCHEME, inputs(before), before, said)
    for column, indicator in enumerate(SCHEME.indicators[:3]):
        for part, array in (("top", once.numerator), ("base", once.denominator)):
            assert array[0, column] == amounts(SCHEME, indicator, part, cohorts["K1"].marks).sum()
    last = said[-1:]
    again, same = appeal.apply(SCHEME, once, cohorts, last)
    assert np.array_equal(again.numerator, once.numerator, equal_nan=True)
    assert same["K1"].marks.tolist() == cohorts["K1"].marks.tolist()


SAID = (
    case("on_time", top=0, base=0),
    Correction("value", "K1", "table", top=1.5),
    Correction("deduction", "K1", deduction=EVENT, removed=True),
    Correction("deduction", "K1", deduction=EVENT, again=False),
)


@pytest.mark.parametrize("correction", SAID)
def test_a_correction_goes_through_its_canonical_text(correction: Correction):
    text = appeal.to_dict(correction)
    assert appeal.from_dict(text) == correction
    assert list(text) == sorted(text)
    assert None not in text.values()


REFUSED = (  # what is given, the code
    ({}, "correction"),
    ({"subject": "score", "region": "K1", "top": 1}, "subject"),
    ({"subject": "case", "region": "K1", "indicator": "x", "county": "K1", "top": 1}, "correction"),
    ({"subject": "case", "region": "K1", "indicator": "x", "county": "K1", "case": "?", "top": 1}, "correction"),
    ({"subject": "case", "region": "K1", "indicator": "x", "county": "K1", "case": str(ONE)}, "correction"),
    ({"subject": "case", "region": "K1", "indicator": "x", "county": "K1", "case": str(ONE), "top": 2}, "correction"),
    ({"subject": "case", "region": "K1", "indicator": "x", "county": "K1", "case": str(ONE), "units": 1}, "correction"),
    ({"subject": "value", "region": "K1", "indicator": "x", "top": float("nan")}, "correction"),
    ({"subject": "value", "region": "K1", "indicator": "x", "top": "7"}, "correction"),
    ({"subject": "value", "region": "K1", "indicator": "x", "county": "K1", "top": 7}, "correction"),
    ({"subject": "deduction", "region": "K1", "removed": True}, "correction"),
    ({"subject": "deduction", "region": "K1", "deduction": str(EVENT), "removed": True, "units": 1}, "correction"),
    ({"subject": "deduction", "region": "K1", "deduction": str(EVENT), "units": 0}, "correction"),
    ({"subject": "deduction", "region": "K1", "deduction": str(EVENT), "colour": 0}, "correction"),
)


@pytest.mark.parametrize("given_, code", REFUSED)
def test_what_is_no_correction_of_one_item_is_refused(given_: dict, code: str):
    with pytest.raises(UserError) as error:
        appeal.from_dict(given_)
    assert error.value.code == code


@pytest.mark.parametrize("state", appeal.STATES)
@pytest.mark.parametrize("move", appeal.MOVES)
def test_only_a_filed_appeal_moves(state: str, move: str):
    if state == "filed":
        assert appeal.step(state, move) == appeal.MOVES[move][1]
    else:
        with pytest.raises(UserError, match="settled"):
            appeal.step(state, move)


@pytest.mark.parametrize("bar", appeal.BARS)
def test_whoever_stands_inside_the_chain_is_told_why(bar: str):
    outside = dict.fromkeys(appeal.BARS, False)
    assert appeal.barred(**outside) == ""
    assert appeal.barred(**outside | {bar: True}) == bar


def test_an_effect_may_be_narrower_but_not_about_another_item():
    wish = case("on_time", base=0)
    assert appeal.check_effect(wish, case("on_time", top=0)) == case("on_time", top=0)
    for other in (case("closed", base=0), case("on_time", TWO, base=0), SAID[2]):
        with pytest.raises(UserError, match="another item"):
            appeal.check_effect(wish, other)
