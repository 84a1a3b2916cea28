"""What the write of a case asks of the place it lies in: path, live dataset, command room, units."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, Dialect, Row, ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session

from dashboard.domain.errors import NotFound
from dashboard.domain.regions import LEVELS
from data.models import Dataset, RegionRow, Unit

CENTRE, DESK = "centre", "desk"  # kinds of command rooms, see data.models.work.Unit
_CODES = tuple(getattr(RegionRow, f"{level}_code") for level in LEVELS)


@dataclass(frozen=True, slots=True)
class Place:
    """`codes`: {"<level>_code": code or None}. `dataset`: the pack's live one, real before synthetic; None: none.
    `room`: the command room that gets what is reported here; None: no units are known."""

    pack: str
    codes: Mapping[str, str | None]
    dataset: str | None
    room: str | None

    @property
    def path(self) -> frozenset[str]:
        return frozenset(self.codes.values()) - {None}


def get_place(session: Session, code: str) -> Place:
    """Raises NotFound. The room is the county's centre; else the city's; else a township's desk."""
    row = _place_row(session, code)
    if row is None:
        raise NotFound("region", "no such region", got=code)
    codes = dict(zip((f"{level}_code" for level in LEVELS), row[3:], strict=True))
    return Place(row[0], codes, row[1], row[2])


def find_room(session: Session, code: str | None) -> str | None:
    """The command room of a region itself."""
    here = select(Unit.name).where(Unit.region_code == code, Unit.kind_unit.in_((CENTRE, DESK)))
    return session.scalar(here.order_by(Unit.kind_unit, Unit.name).limit(1)) if code else None


def has_unit(session: Session, name: str, codes: Collection[str]) -> bool:
    """Is there a unit of this name in one of the regions?"""
    here = select(Unit.name).where(Unit.region_code.in_(list(codes)), Unit.name == name)
    return session.scalar(here.limit(1)) is not None


def list_unit_names(session: Session, codes: Collection[str], kind_unit: str | None = None) -> list[str]:
    """Names of the units of some regions: those that settle what `kind_unit` says, or all but command rooms."""
    of = Unit.kind_unit == kind_unit if kind_unit else Unit.kind_unit.not_in((CENTRE, DESK))
    here = select(Unit.name).where(Unit.region_code.in_(list(codes)), of)
    return list(session.scalars(here.order_by(Unit.region_code, Unit.name)))


def find_dataset_pack(session: Session, key: str) -> str | None:
    return session.scalar(select(Dataset.pack).where(Dataset.key == key))


def _place_query():
    live = select(Dataset.key).where(Dataset.pack == RegionRow.pack, Dataset.as_of.is_(None))
    rooms = ((RegionRow.county_code, CENTRE), (RegionRow.city_code, CENTRE), (RegionRow.township_code, DESK))
    return select(
        RegionRow.pack,
        _first(live.order_by(Dataset.synthetic, Dataset.key)).label("dataset"),
        func.coalesce(*(_first(_rooms_at(code, kind)) for code, kind in rooms)).label("room"),
        *_CODES,
    ).where(RegionRow.code == bindparam("code"))


def _rooms_at(code: ColumnElement, kind: str) -> Select:
    return select(Unit.name).where(Unit.region_code == code, Unit.kind_unit == kind).order_by(Unit.name)


def _first(rows: Select) -> ScalarSelect:
    return rows.limit(1).correlate(RegionRow).scalar_subquery()


_PLACE = _place_query()


def _place_row(session: Session, code: str) -> Row | None:
    """With every report, so compiled once: columns and parameters are texts, which need no types of ours."""
    text, order, given = _compiled(session.get_bind().dialect)
    values = {**given, "code": code}
    return (
        session.connection().exec_driver_sql(text, tuple(values[name] for name in order) if order else values).first()
    )


@lru_cache(maxsize=8)
def _compiled(dialect: Dialect) -> tuple[str, tuple[str, ...], dict]:
    made = _PLACE.compile(dialect=dialect)
    return str(made), tuple(made.positiontup or ()), dict(made.params)
