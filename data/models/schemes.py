"""Schemes and the imported tables their indicators read."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class SchemeRow(Base):
    """One version of a scheme, as the TOML that was checked. Never changed; a change is the next version."""

    __tablename__ = "scheme"

    key: Mapped[Word] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Name]
    text: Mapped[Prose]
    digest: Mapped[Code]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None]
    actor: Mapped[Name]
    note: Mapped[Prose | None]


class IndicatorTable(Base):
    """An imported table of figures for one month: `column_key` of an indicator names a column of it."""

    __tablename__ = "indicator_table"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme_key: Mapped[Word]
    month: Mapped[date]  # its first day
    name: Mapped[Name]
    source: Mapped[Prose]
    synthetic: Mapped[bool]
    digest: Mapped[Code]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UUID | None]
    actor: Mapped[Name]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (Index("indicator_table_month", "scheme_key", "month"),)


class IndicatorEntry(Base):
    """One region's figure in one column: numerator over denominator, or the numerator alone."""

    __tablename__ = "indicator_entry"

    table_id: Mapped[UUID] = mapped_column(ForeignKey("indicator_table.id"), primary_key=True)
    region_code: Mapped[Code] = mapped_column(primary_key=True)
    column_key: Mapped[Code] = mapped_column(primary_key=True)
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
