"""Datasets, and the work calendar their clocks need."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import UserError
from data.models import Dataset, WorkDay
from data.writes.regions import install_calendar


def put_dataset(session: Session, pack: str, *, key: str, name: str, source: str, synthetic: bool,
                as_of: datetime | None = None) -> None:  # fmt: skip
    """Record a dataset, or bring its words up to date. Raises UserError where it belongs to another pack.

    Synthetic records never become real ones, nor the other way round: that is another dataset.
    """
    found = session.get(Dataset, key)
    if found is None:
        session.add(Dataset(key=key, pack=pack, name=name, source=source, synthetic=synthetic, as_of=as_of))
        session.flush()
        return
    if found.pack != pack:
        raise UserError("dataset", f"dataset {key} belongs to another region pack", got=pack, allowed=found.pack)
    if found.synthetic != synthetic:
        what = f"dataset {key} is {'synthetic' if found.synthetic else 'real'}, the mapping says otherwise"
        raise UserError("dataset", what, hint="give the records a dataset of their own with --dataset")
    found.name, found.source, found.as_of = name, source, as_of
    session.flush()


def extend_calendar(session: Session, calendar: str, first: date, last: date) -> int:
    """Work days from `first` to `last`, and all between them and those already there."""
    here = select(func.min(WorkDay.day), func.max(WorkDay.day)).where(WorkDay.calendar == calendar)
    begin, end = session.execute(here).one()
    if begin is not None and begin <= first and last <= end:
        return 0
    return install_calendar(session, calendar, min(first, begin or first), max(last, end or last))
