"""Counters as SQL over the raw table `case`: the same conditions that fill the roll-ups."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, literal

from dashboard.domain.measures import COUNTERS, Condition, Counter
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.workflow import OPEN
from data.models import Case

_ONE = literal(1)


def region_clauses(region: Region) -> list[ColumnElement]:
    """Cases in `region`. Names the county and township too where they are known: keys and indexes start there."""
    levels = {region.level, *(level for level in ("county", "township") if region.ancestor(level))}
    return [column(level) == region.ancestor(level) for level in LEVELS if level in levels]


def column(level: str):
    return getattr(Case, f"{level}_code")


def kind_clauses(kinds: Sequence[str]) -> list[ColumnElement]:
    """Cases of any of `kinds`; none given: all."""
    return [Case.kind.in_(kinds)] if kinds else []


def counter_clauses(name: str, bounds: tuple[datetime, datetime] | None) -> list[ColumnElement]:
    """Cases that a counter counts: dated ones within [from, until), stocks as they stand (`bounds` unused)."""
    counter = COUNTERS[name]
    clauses = [_clause(condition) for condition in counter.where]
    if counter.at:
        at = getattr(Case, counter.at)
        clauses = [at >= bounds[0], at < bounds[1], *clauses]
    elif any(op == "in" and operand <= OPEN for _, op, operand in counter.where if op == "in"):
        clauses.append(Case.ended_at.is_(None))  # said again in the words of the partial index
    return clauses


def counter_sum(counter: Counter, bounds: tuple[datetime, datetime] | None) -> ColumnElement:
    """The counter's amount over the selected rows."""
    amount = getattr(Case, counter.value) if counter.value else _ONE
    return func.coalesce(func.sum(case((and_(*counter_clauses(counter.name, bounds)), amount), else_=0)), 0)


def _clause(condition: Condition) -> ColumnElement:
    name, operator, operand = condition
    left = getattr(Case, name)
    match operator:
        case "set":
            return left.is_not(None)
        case "unset":
            return left.is_(None)
        case "is":
            return left.is_(operand) if isinstance(operand, bool) else left == operand
        case "in":
            return left.in_(sorted(operand))
        case "not in":
            return left.not_in(sorted(operand))
        case "at least":
            return left >= operand
        case "not after":
            return left <= getattr(Case, operand)
    raise ValueError(f"unknown operator {operator!r}")
