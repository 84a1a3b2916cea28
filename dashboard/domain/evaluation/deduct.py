"""What events take from a region's score in a year (DOMAIN.md §2.4): rules as data, one pass over the deductions.

Answers for doubling, caps and expiry. Leaves vetoes alone: 一票否决 is a flag and takes no points.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import Deduction, Inputs, Rule, Scheme

_NOTHING, _TWICE = Decimal(0), Decimal(2)


def deduct(scheme: Scheme, inputs: Inputs) -> tuple[dict[str, float], dict[str, float]]:
    """Points that count, by id of the deduction and by region (of `inputs.regions`, in that order; 0.0 where none).

    Points × units, twice where the rule doubles and the event came again or in a security period; both at once still
    count twice. A cap is shared by day, then by id: what came first counts in full, and what has expired leaves room.
    Sums are decimal, so neither the order nor the number of the deductions moves a total. Raises UserError for a rule
    that the scheme does not have and a region that is not evaluated.
    """
    rules = {rule.key: rule for rule in scheme.rules}
    points = {one.id: _NOTHING for one in inputs.deductions}
    taken: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in sorted(inputs.deductions, key=lambda one: (one.day, one.id)):
        rule = _rule(one, rules, inputs.regions)
        if _counts(rule, one, inputs):
            points[one.id] = _within(rule, _asked(rule, one), taken[one.region, rule.key])
            taken[one.region, rule.key] += points[one.id]
    totals = dict.fromkeys(inputs.regions, _NOTHING)
    for (region, _rule_key), sum_of_rule in taken.items():
        totals[region] += sum_of_rule
    return _floats(points), _floats(totals)


def _rule(one: Deduction, rules: Mapping[str, Rule], regions: tuple[str, ...]) -> Rule:
    if one.rule not in rules:
        raise UserError("deduction_rule", "no such rule in this scheme", got=one.rule, allowed=tuple(rules))
    if one.region not in regions:
        raise UserError("deduction_region", "a deduction for a region that is not evaluated", got=one.region,
                        hint="record it for a region of the level that the scheme ranks")  # fmt: skip
    return rules[one.rule]


def _counts(rule: Rule, one: Deduction, inputs: Inputs) -> bool:
    """It occurred in the year of the period, not after its last day, and fewer than the rule's days ago."""
    age = (inputs.day - one.day).days
    return one.day.year == inputs.day.year and age >= 0 and (rule.days is None or age < rule.days)


def _asked(rule: Rule, one: Deduction) -> Decimal:
    plain = Decimal(str(rule.points)) * Decimal(str(one.units))
    return plain * _TWICE if rule.doubles and (one.again or one.secured) else plain


def _within(rule: Rule, asked: Decimal, taken: Decimal) -> Decimal:
    return asked if rule.cap is None else min(asked, Decimal(str(rule.cap)) - taken)


def _floats(points: Mapping[str, Decimal]) -> dict[str, float]:
    return {key: float(value) for key, value in points.items()}
