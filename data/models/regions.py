"""Regions, the packs they come from, and the work calendar."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class RegionPack(Base):
    """An installed pack: what its levels are called, its zone, calendar, sources. `about` is its pack.toml."""

    __tablename__ = "region_pack"

    key: Mapped[Word] = mapped_column(primary_key=True)
    name: Mapped[Name]
    root_code: Mapped[Code]
    timezone: Mapped[Code]
    calendar: Mapped[Word]
    about: Mapped[dict] = mapped_column(JSON)


class RegionRow(Base):
    """A node of the tree. The `*_code` columns hold its ancestors and itself, so no query has to climb."""

    __tablename__ = "region"

    code: Mapped[Code] = mapped_column(primary_key=True)
    pack: Mapped[Word] = mapped_column(ForeignKey("region_pack.key"))
    level: Mapped[Word]
    name: Mapped[Name]
    short_name: Mapped[Name]
    parent_code: Mapped[Code | None] = mapped_column(ForeignKey("region.code"))
    position: Mapped[int]  # order among siblings, as in the pack
    province_code: Mapped[Code | None]
    city_code: Mapped[Code | None]
    county_code: Mapped[Code | None]
    township_code: Mapped[Code | None]
    village_code: Mapped[Code | None]
    grid_code: Mapped[Code | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    population: Mapped[int | None]
    households: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    __table_args__ = (
        Index("region_parent", "parent_code", "position"),
        Index("region_county", "county_code", "level"),
        Index("region_level", "level", "province_code", "city_code"),
    )


class WorkDay(Base):
    """One row a day and calendar: does work time run?"""

    __tablename__ = "work_calendar"

    calendar: Mapped[Word] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_workday: Mapped[bool]


class Dataset(Base):
    """Where cases come from. Every screen names it; `synthetic` ones are marked as such.

    `as_of`: the moment a finished set of records ends, where a wall that shows only such sets stands still. None: live.
    """

    __tablename__ = "dataset"

    key: Mapped[Word] = mapped_column(primary_key=True)
    pack: Mapped[Word] = mapped_column(ForeignKey("region_pack.key"))
    name: Mapped[Name]
    synthetic: Mapped[bool]
    source: Mapped[Prose]
    as_of: Mapped[datetime | None]
