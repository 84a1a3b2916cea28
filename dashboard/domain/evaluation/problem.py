"""The loop of an exposed problem, the supervision ladder and the red and black lists: their order as tables.

发现 → 处理 → 举一反三 → 完善规章; 通报 → 约谈 → 挂牌 → 摘牌. Nothing here happens by itself: a rule says what a person
may record next. Leaves out time zones, rows, and who is granted what.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dashboard.domain.errors import UserError

STEPS = ("find", "handle", "generalise", "rule")
ORIGINS = ("inspection", "edition", "finding", "sample")
CLOSED = "closed"
SIDES = ("red", "black")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one step is."""

    step: str
    due: date | None = None
    done: datetime | None = None
    checked: datetime | None = None


ACTS = {  # what may be done with a step: (it is done, it is checked) must be so
    "assign": (False, False),
    "done": (False, False),
    "check": (True, False),
    "send_back": (True, False),
}


def stage(steps: Sequence[Progress]) -> str:
    """The step a problem stands at: the first that is not checked; CLOSED where all are."""
    return next((one.step for one in steps if one.checked is None), CLOSED)


def check_act(steps: Sequence[Progress], step: str, act: str) -> None:
    """Raises UserError where `act` is not allowed now. A step begins when the one before it was checked; whose it is
    and when it is due may be settled earlier."""
    mine = next((one for one in steps if one.step == step), None)
    if mine is None:
        raise UserError("step", "no such step", got=step, allowed=STEPS)
    stands = mine.done is not None, mine.checked is not None
    if stands != ACTS[act]:
        state = "checked" if stands[1] else "done" if stands[0] else "open"
        raise UserError("step", f"{act} is not possible here", got=f"{step} is {state}")
    if act != "assign" and stage(steps) != step:
        raise UserError("step", "steps follow each other", got=step, allowed=stage(steps),
                        hint="the step before has to be done and checked")  # fmt: skip


def check_closing(steps: Sequence[Progress]) -> None:
    """Raises UserError unless all four steps are done and checked."""
    if stage(steps) != CLOSED:
        raise UserError("step", "a problem is closed when its four steps are done and checked", got=stage(steps))


def is_overdue(steps: Sequence[Progress], today: date) -> bool:
    """Is the step it stands at, or a later one, past its day and not done?"""
    return any(one.done is None and one.due is not None and one.due < today for one in steps)


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder: what stood before it, by whom it is recorded, and what it has to name."""

    key: str
    after: tuple[str, ...]  # "": nothing before
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ("due_on",)


LADDER = {
    one.key: one
    for one in (
        Rung("notice", ("", "notice", "talk", "delisted"), ("evaluator", "supervisor", "leader")),
        Rung("talk", ("notice", "talk"), ("supervisor", "leader")),
        Rung("listed", ("talk",), ("leader",)),
        Rung("delisted", ("listed",), ("leader",), ("outcome", "evidence")),
    )
}


def climb(last: str, rung: str, given: Sequence[str]) -> Rung:
    """The rung that follows `last` ("" none). `given`: names of the fields that hold something. Raises UserError."""
    row = LADDER.get(rung)
    if row is None:
        raise UserError("rung", "no such rung", got=rung, allowed=tuple(LADDER))
    if last not in row.after:
        raise UserError("rung", "this rung does not follow the last one", got=f"{rung} after {last or 'nothing'}",
                        allowed=[key for key, one in LADDER.items() if last in one.after])  # fmt: skip
    if missing := [name for name in row.needs if name not in given]:
        raise UserError("rung", f"{rung} needs more", got=missing, allowed=row.needs)
    return row


def check_listing(side: str, *, ranked: bool, listed: Sequence[str], before: bool, done_since: bool) -> None:
    """Raises UserError where a region may not be put on a list.

    `ranked`: it has a rank, so it had enough data and no veto. `listed`: sides it stands on in this edition. `before`:
    it stood on the black list of the edition before; then `done_since`, a step of a problem of it done since, is needed.
    """
    if side not in SIDES:
        raise UserError("side", "no such list", got=side, allowed=SIDES)
    if not ranked:
        raise UserError("listing", "this region has no rank in the edition", hint="too little data, or a veto")
    if listed:
        raise UserError("listing", "this region is on a list of the edition already", got=list(listed))
    if side == "black" and before and not done_since:
        raise UserError("listing", "not two editions running without saying what was done",
                        hint="it stood there last time; have a step of its problems done first")  # fmt: skip
