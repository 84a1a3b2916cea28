"""Clocks and charges of cases as they are told: the domain's rules with the calendar of the place and the history."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from dashboard.catalog import Catalog
from dashboard.domain.charges import Charge
from dashboard.domain.explain import ClockTold
from data.session import Session

Key = tuple[str, UUID]


def clocks_of(session: Session, catalog: Catalog, rows: Iterable[Mapping], now: datetime) -> dict[Key, ClockTold]:
    """The clock that runs or is paused on each of the cases that has one."""
    return {}


def told_in_full(
    session: Session, catalog: Catalog, case: Mapping, steps: list[dict], now: datetime
) -> tuple[tuple[ClockTold, ...], tuple[Charge, ...]]:
    """The three clocks of a case, and each stretch of its life charged to its holder."""
    return (), ()
