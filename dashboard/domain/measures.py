"""What is counted. One table of counters, each a set of conditions on the columns of a case.

The same table is read three ways: as arithmetic on one case (`facts`), on arrays of cases (bulk loads) and
as SQL over the raw table (lists behind a number, regions below the township, tests). So a figure on the wall,
its roll-up and the list it opens cannot drift apart.

A flow counter falls on the local day of its `at` column. A stock counter has no day: it is how things stand.
Cohorts follow CJ/T 292 and GB/T 30428.4: what was due counts on the day it was due, never on the day it was created.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from dashboard.domain.workflow import CLOCKS, OPEN, STATES, UNCOUNTED

Condition = tuple[str, str, object]  # (column, operator, operand); all conditions of a counter must hold
OPERATORS = ("set", "unset", "is", "in", "not in", "at least", "not after")


@dataclass(frozen=True, slots=True)
class Counter:
    """`at`: the column that gives the day (None: a stock). `value`: a column to add up (None: count one)."""

    name: str
    at: str | None
    where: tuple[Condition, ...] = ()
    value: str | None = None


_COUNTS = ("state", "not in", UNCOUNTED)


def _stage(clock: str, done_at: str) -> tuple[Counter, ...]:
    """A clock's finished stages: how many, how many in time, work minutes used and allowed."""
    timed = ((f"{clock}_minutes", "set", None), (f"{clock}_due_at", "set", None))
    return (
        Counter(f"{clock}_done", done_at, timed),
        Counter(f"{clock}_on_time", done_at, (*timed, (done_at, "not after", f"{clock}_due_at"))),
        Counter(f"{clock}_minutes", done_at, timed, value=f"{clock}_minutes"),
        Counter(f"{clock}_limit", done_at, timed, value=f"{clock}_limit"),
    )


FLOWS = (
    # cohort: reported on the day
    Counter("reported", "reported_at"),
    Counter("reported_accepted", "reported_at", (("accepted_at", "set", None),)),
    Counter("reported_dispatched", "reported_at", (("dispatched_at", "set", None),)),
    Counter("reported_handled", "reported_at", (("handled_at", "set", None),)),
    Counter("reported_verified", "reported_at", (("verified_at", "set", None),)),
    Counter("reported_closed", "reported_at", (("closed_at", "set", None),)),
    Counter("requested", "reported_at", (("is_request", "is", True),)),
    Counter("requested_repeat", "reported_at", (("is_request", "is", True), ("repeat_of", "set", None))),
    # cohort: due to close on the day, once the deadline has passed or the case is closed
    Counter("due_closed", "close_due_at", (_COUNTS, ("closed_at", "set", None))),
    Counter("due_on_time", "close_due_at", (_COUNTS, ("closed_at", "not after", "close_due_at"))),
    Counter("due_open", "close_due_at", (_COUNTS, ("ended_at", "unset", None), ("overdue", "is", True))),
    # what happened on the day
    Counter("dispatched", "dispatched_at"),
    Counter("dispatched_returned", "dispatched_at", (("returned", "at least", 1),)),
    Counter("handled", "handled_at"),
    Counter("handled_reworked", "handled_at", (("reworked", "at least", 1),)),
    Counter("closed", "closed_at"),
    Counter("reopened", "reopened_at"),
    Counter("rated", "rated_at", (("satisfaction", "set", None),)),
    Counter("satisfied", "rated_at", (("satisfaction", "at least", 4),)),
    Counter("ended", "ended_at"),
    Counter("overdue_in", "close_due_at", (("overdue", "is", True),)),
    Counter("overdue_out", "ended_at", (("overdue", "is", True),)),
    *_stage("accept", "accepted_at"),
    *_stage("handle", "handled_at"),
    *_stage("verify", "verified_at"),
)


def _stock(clock: str) -> tuple[Counter, ...]:
    running = ("state", "in", frozenset(key for key, state in STATES.items() if state.clock == clock))
    return (
        Counter(f"{clock}_open", None, (running,)),
        Counter(f"{clock}_yellow", None, (running, ("card", "is", "yellow"))),
        Counter(f"{clock}_red", None, (running, ("card", "is", "red"))),
    )


_OPEN = ("state", "in", OPEN)
STOCKS = (
    Counter("open", None, (_OPEN,)),
    Counter("overdue", None, (_OPEN, ("overdue", "is", True))),
    *(counter for clock in CLOCKS for counter in _stock(clock)),
)
COUNTERS = {counter.name: counter for counter in (*FLOWS, *STOCKS)}
FLOW_NAMES = tuple(counter.name for counter in FLOWS)
STOCK_NAMES = tuple(counter.name for counter in STOCKS)
Facts = dict[tuple[date | None, str], int]


def facts(case: Mapping[str, object], day_of: Callable[[datetime], date]) -> Facts:
    """All that one case adds to the roll-ups: {(local day or None, counter): amount}, zeros left out."""
    out: Facts = {}
    for counter in COUNTERS.values():
        stamp = case[counter.at] if counter.at else None
        if (counter.at and stamp is None) or not all(_holds(case, condition) for condition in counter.where):
            continue
        amount = int(case[counter.value]) if counter.value else 1
        if amount:
            out[(day_of(stamp) if counter.at else None, counter.name)] = amount
    return out


def change(before: Facts, after: Facts) -> Facts:
    """What must be added to the roll-ups when a case goes from one set of facts to another."""
    keys = before.keys() | after.keys()
    return {key: diff for key in keys if (diff := after.get(key, 0) - before.get(key, 0))}


def _holds(case: Mapping[str, object], condition: Condition) -> bool:
    column, operator, operand = condition
    value = case[column]
    match operator:
        case "set":
            return value is not None
        case "unset":
            return value is None
        case "is":
            return value == operand
        case "in":
            return value in operand
        case "not in":
            return value not in operand
        case "at least":
            return value is not None and value >= operand
        case "not after":
            other = case[operand]
            return value is not None and other is not None and value <= other
    raise ValueError(f"unknown operator {operator!r}; allowed: {', '.join(OPERATORS)}")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure made of counters: `numerator / (denominator)`, or the numerator alone where that is empty.

    `better`: "high", "low" or "" (neither). `unit`: "%" for rates, else a count word. `digits`: decimals shown.
    `stock`: how things stand at the end of the period instead of what happened in it.
    """

    key: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    better: str = ""
    unit: str = "件"
    digits: int = 0
    stock: bool = False

    def value(self, sums: Mapping[str, int]) -> float | None:
        """None where the denominator is 0: no data, not 0."""
        top = sum(sums[name] for name in self.numerator)
        if not self.denominator:
            return top
        bottom = self.base(sums)
        return None if not bottom else (100 if self.unit == "%" else 1) * top / bottom

    def base(self, sums: Mapping[str, int]) -> int:
        return sum(sums[name] for name in self.denominator)


_DUE = ("due_closed", "due_open")
_RATE = Measure("", (), unit="%", digits=2)
MEASURES = {
    measure.key: measure
    for measure in (
        replace(_RATE, key="closed_loop", numerator=("due_closed",), denominator=_DUE, better="high"),
        replace(_RATE, key="on_time", numerator=("due_on_time",), denominator=_DUE, better="high"),
        Measure("open", ("open",), better="low", stock=True),
        Measure("overdue", ("overdue",), better="low", stock=True),
        replace(_RATE, key="repeat", numerator=("requested_repeat",), denominator=("requested",), better="low"),
        replace(_RATE, key="satisfaction", numerator=("satisfied",), denominator=("rated",), better="high"),
        replace(_RATE, key="returned", numerator=("dispatched_returned",), denominator=("dispatched",), better="low"),
        replace(_RATE, key="reworked", numerator=("handled_reworked",), denominator=("handled",), better="low"),
        replace(_RATE, key="reopened", numerator=("reopened",), denominator=("closed",), better="low"),
        Measure("reported", ("reported",)),
        Measure("closed", ("closed",)),
    )
}
# A stock at the end of a past day: sum of the first up to that day, less the sum of the second.
STOCK_HISTORY = {"open": ("reported", "ended"), "overdue": ("overdue_in", "overdue_out")}
