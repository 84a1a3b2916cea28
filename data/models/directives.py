"""Directives: orders to people or units in a region, their receipts, and phones that drive a wall."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class Directive(Base):
    """An order. `subject`: the wall's or desk's query string it was given from; `case_id`: the case it is about."""

    __tablename__ = "directive"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"), index=True)
    text: Mapped[Prose]
    roles: Mapped[list] = mapped_column(JSON)  # who is meant: roles, in the region and below
    unit: Mapped[Name | None]  # or only people of this unit
    issued_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    issuer: Mapped[Name]
    issued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    subject: Mapped[Prose | None]
    county_code: Mapped[Code | None]
    case_id: Mapped[UUID | None]
    withdrawn_at: Mapped[datetime | None]

    __table_args__ = (Index("directive_issued", "issued_at"),)


class Receipt(Base):
    """One addressee of a directive: when it reached them, was read and answered."""

    __tablename__ = "receipt"

    directive_id: Mapped[UUID] = mapped_column(ForeignKey("directive.id"), primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    region_code: Mapped[Code]  # of the grant by which they are addressed
    unit: Mapped[Name | None]
    role: Mapped[Word]
    delivered_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    device_at: Mapped[datetime | None]
    answer: Mapped[Prose | None]


class Pairing(Base):
    """A phone that drives a wall. `wall`: random id of one wall's browser tab; `code`: what its QR code says.

    `session`: key (hex) of the session that drives, with which the pairing ends. `search`: what the wall shows.
    """

    __tablename__ = "pairing"

    wall: Mapped[Code] = mapped_column(primary_key=True)
    code: Mapped[Code] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    region_code: Mapped[Code]  # the root of what the wall may see
    user_id: Mapped[UUID | None]  # whose phone drives it
    session: Mapped[Code | None]
    search: Mapped[Prose | None]
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
