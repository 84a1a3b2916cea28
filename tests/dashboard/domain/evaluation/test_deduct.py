"""Deductions as tables of cases: doubling, caps, expiry, what is not of this year; and what no order may change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.deduct import deduct
from dashboard.domain.evaluation.model import Deduction, Rule, Veto
from tests.evaluating import DAY, inputs_of, leaf, scheme_of

RULES = (
    Rule("grave", "较大事故", "grave accident", points=5, per="event", doubles=True),
    Rule("visit", "平安暗访", "unannounced check", points=0.25, per="problem", doubles=True, cap=1),
    Rule("survey", "平安三率", "survey", points=0.25, per="point", cap=5),
    Rule("bottom", "月度末两位", "bottom two of a month", points=0.5, days=30),
)
SCHEME = scheme_of(leaf(), rules=RULES)
REGIONS = ("r0", "r1")


def event(name: str, rule: str = "grave", day: date = DAY, **other) -> Deduction:
    return Deduction(id=name, rule=rule, day=day, **{"region": "r0", **other})


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def taken(*events: Deduction, day: date = DAY) -> tuple[dict[str, float], dict[str, float]]:
    return deduct(SCHEME, inputs_of([[50], [50]], regions=REGIONS, deductions=events, day=day))


CASES = (  # events, points by id
    ("one", [event("a")], {"a": 5}),
    ("units", [event("a", "survey", units=3)], {"a": 0.75}),
    ("the same again", [event("a", again=True)], {"a": 10}),
    ("in a security period", [event("a", secured=True)], {"a": 10}),
    ("both at once double once", [event("a", again=True, secured=True)], {"a": 10}),
    ("a rule that does not double", [event("a", "survey", again=True, secured=True)], {"a": 0.25}),
    ("a cap", [event("a", "survey", units=100)], {"a": 5}),
    ("a cap after doubling", [event("a", "visit", units=3, again=True)], {"a": 1}),
    ("a cap is shared by day", [event("b", "visit", ago(2), units=3), event("a", "visit", ago(1), units=3)],
     {"b": 0.75, "a": 0.25}),
    ("and then by id", [event("b", "visit", units=3), event("a", "visit", units=3)], {"a": 0.75, "b": 0.25}),
    ("a cap used up", [event("a", "visit", ago(1), units=9), event("b", "visit")], {"a": 1, "b": 0}),
    ("caps are of one region", [event("a", "visit", units=9), event("b", "visit", units=9, region="r1")],
     {"a": 1, "b": 1}),
    ("caps are of one rule", [event("a", "visit", units=9), event("b", "survey", units=2)], {"a": 1, "b": 0.5}),
    ("the last day that counts", [event("a", "bottom", ago(29))], {"a": 0.5}),
    ("expired", [event("a", "bottom", ago(30))], {"a": 0}),
    ("no expiry: to the end of the year", [event("a", day=date(DAY.year, 1, 1))], {"a": 5}),
    ("another year", [event("a", day=date(DAY.year - 1, 12, 31))], {"a": 0}),
    ("not yet", [event("a", day=DAY + timedelta(days=1))], {"a": 0}),
    ("what does not count leaves the cap to others", [event("a", "visit", date(DAY.year - 1, 5, 1), units=9),
                                                      event("b", "visit")], {"a": 0, "b": 0.25}),
)  # fmt: skip


@pytest.mark.parametrize("events, expected", [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_points_by_event(events, expected):
    points, totals = taken(*events)
    assert points == expected
    assert sum(totals.values()) == sum(expected.values())
    assert tuple(totals) == REGIONS


def test_what_expires_within_a_year_leaves_room_under_its_cap():
    scheme = replace(SCHEME, rules=(Rule("brief", "短", "brief", points=1, cap=1, days=10),))
    events = (event("a", "brief", ago(10)), event("b", "brief", ago(9)), event("c", "brief", ago(1)))
    assert deduct(scheme, inputs_of([[50]], deductions=events))[0] == {"a": 0, "b": 1, "c": 0}


def test_decimal_points_add_up_as_people_add_them():
    scheme = replace(SCHEME, rules=(Rule("tenth", "十分之一", "a tenth", points=0.1),))
    inputs = inputs_of([[50]], deductions=tuple(event(str(n), "tenth") for n in range(3)))
    assert deduct(scheme, inputs)[1] == {"r0": 0.3}  # and not 0.30000000000000004


def test_a_veto_takes_no_points():
    inputs = inputs_of([[50], [50]], vetoes=(Veto("v", "r0", "条件 3", DAY),))
    assert deduct(SCHEME, inputs) == ({}, {"r0": 0.0, "r1": 0.0})


@pytest.mark.parametrize("wrong, code", [({"rule": "praise"}, "deduction_rule"), ({"region": "x"}, "deduction_region")])
def test_an_unknown_rule_or_region_is_named(wrong, code):
    with pytest.raises(UserError) as error:
        taken(replace(event("a"), **wrong))
    assert error.value.code == code


EVENTS = st.lists(
    st.builds(
        Deduction,
        id=st.text("abcdef", min_size=1, max_size=4),
        region=st.sampled_from(REGIONS),
        rule=st.sampled_from([rule.key for rule in RULES]),
        day=st.dates(date(DAY.year - 1, 11, 1), date(DAY.year, 7, 1)),
        units=st.decimals(0, 20, places=2).map(float),
        again=st.booleans(),
        secured=st.booleans(),
    ),
    unique_by=lambda one: one.id,
    max_size=12,
)


@given(EVENTS, st.randoms(use_true_random=False))
def test_the_order_of_the_events_changes_nothing(events, chance):
    shuffled = chance.sample(events, len(events))
    assert taken(*shuffled) == taken(*events)


@given(EVENTS)
def test_no_rule_takes_more_than_its_cap_and_nothing_below_zero(events):
    points, totals = taken(*events)
    assert min(points.values(), default=0) >= 0
    for region in REGIONS:
        mine = [one for one in events if one.region == region]
        assert totals[region] == pytest.approx(sum(points[one.id] for one in mine))
        for rule in (rule for rule in RULES if rule.cap is not None):
            assert sum(points[one.id] for one in mine if one.rule == rule.key) <= rule.cap + 1e-9


@given(EVENTS)
def test_another_event_never_gives_points_back(events):
    before = taken(*events)[1]
    after = taken(*events, event("zzzzz"))[1]
    assert after == pytest.approx({"r0": before["r0"] + 5, "r1": before["r1"]})
