"""Directives (指令): who can be meant, the steps of a receipt, deadlines, how an order stands. Pure.

A receipt goes delivered → read → answered and never back; whoever answers has read, whoever reads was reached.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from dashboard.domain.errors import UserError

STEPS = ("delivered", "read", "answered")
MEANT = ("leader", "dispatcher", "handler", "verifier", "grid_worker", "supervisor")  # roles that can be ordered
STANDINGS = ("open", "late", "answered", "withdrawn")
TEXT_MOST, ANSWER_MOST, SUBJECT_MOST = 500, 2000, 500
ADDRESSEES_MOST = 2000
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=90)
_SPAN = re.compile(r"([1-9][0-9]{0,3})([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\+?[0-9](?:[ -]?[0-9]){6,}[Xx]?(?![0-9A-Za-z])")


def clean_text(text: str, most: int, name: str) -> str:
    """`text` without blanks around it. Raises UserError when nothing is left, or too much."""
    found = text.replace("\x00", "").strip()
    if not 1 <= len(found) <= most:
        raise UserError(name, f"{name} is empty or too long", got=len(found), allowed=f"1 to {most} characters")
    return found


def check_roles(roles: tuple[str, ...], unit: str | None) -> tuple[str, ...]:
    """The roles meant, in the order of MEANT; without any, all people of the unit. Raises UserError."""
    unknown = [role for role in roles if role not in MEANT]
    if unknown:
        raise UserError("roles", "nobody can be ordered by this role", got=unknown[0], allowed=MEANT)
    if not roles and not unit:
        raise UserError("roles", "nobody is meant", allowed=MEANT, hint="name roles, or a unit")
    return tuple(role for role in MEANT if role in roles) or MEANT


def due_time(now: datetime, due_at: datetime | None, due_in: str | None) -> datetime:
    """The deadline, given as a time or as a span ("30m", "2h", "3d"). Raises UserError."""
    if (due_at is None) == (due_in is None):
        raise UserError("due", "give one of due_at and due_in", hint='for example "due_in": "2h"')
    if due_in is not None:
        parts = _SPAN.fullmatch(due_in)
        if parts is None:
            raise UserError("due", "not a span of time", got=due_in, allowed='like "30m", "2h", "3d"')
        due_at = now + timedelta(**{_UNITS[parts[2]]: int(parts[1])})
    if due_at.tzinfo is None or not now + SHORTEST <= due_at <= now + LONGEST:
        raise UserError(
            "due", "not a deadline", got=str(due_at), allowed="a time with its zone, 1 minute to 90 days ahead"
        )
    return due_at


def progress(receipt: Mapping[str, datetime | None], step: str, at: datetime) -> dict[str, datetime]:
    """Stamps that `step` at `at` sets; {} when it was taken before. `receipt` has the columns `<step>_at`."""
    if step not in STEPS:
        raise UserError("step", "no such step", got=step, allowed=STEPS)
    reached = STEPS[: STEPS.index(step) + 1]
    return {f"{name}_at": at for name in reached if receipt[f"{name}_at"] is None}


def answered_late(answered_at: datetime | None, device_at: datetime | None, due_at: datetime) -> bool:
    """Was the answer late by the time that counts: the device's where it was believed, else the server's?"""
    return answered_at is not None and min(answered_at, device_at or answered_at) > due_at


def standing(*, due_at: datetime, withdrawn_at: datetime | None, addressed: int, answered: int, now: datetime) -> str:
    """How an order stands at `now`: one of STANDINGS."""
    if withdrawn_at is not None:
        return "withdrawn"
    if answered >= addressed:
        return "answered"
    return "late" if now > due_at else "open"


def without_numbers(text: str) -> str:
    """`text` for a screen that many see: runs of seven and more figures (telephone, identity) give way to a mark."""
    return _NUMBER.sub("＊＊＊", text)
