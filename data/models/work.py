"""What the two ends work with beside the case: units, commands received, evidence, patrols, devices, filters."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class Unit(Base):
    """Who can hold a case: a department, a command room, a township's team. Named once in its region.

    `kind_unit`: what it is called in kinds.toml (消防救援 ...), by which the unit for a kind is found; "centre" for the
    county's and "desk" for the township's command room. `load_limit`: open cases it can carry; None: not set.
    """

    __tablename__ = "unit"

    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"), primary_key=True)
    name: Mapped[Name] = mapped_column(primary_key=True)
    kind_unit: Mapped[Word]
    load_limit: Mapped[int | None]


class Received(Base):
    """Commands that were carried out, by the id their client gave them: what is sent twice is done once.

    `outcome`: the answer given, so that whoever asks again gets the same.
    """

    __tablename__ = "received"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID | None]
    at: Mapped[datetime]
    outcome: Mapped[dict] = mapped_column(JSON)


class Attachment(Base):
    """An evidence file, re-encoded and without metadata; its bytes lie in the evidence store under `sha256`.

    `original`: SHA-256 of the bytes as they came in, so that a phone that tries again is answered without sending.
    `taken_at`: kept on purpose; all else that a camera writes into a photo is dropped.
    """

    __tablename__ = "attachment"

    sha256: Mapped[Code] = mapped_column(primary_key=True)
    original: Mapped[Code] = mapped_column(index=True)
    media_type: Mapped[Word]
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    taken_at: Mapped[datetime | None]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None]


class Evidence(Base):
    """Which step of which case shows which file."""

    __tablename__ = "evidence"

    county_code: Mapped[Code] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[Code] = mapped_column(ForeignKey("attachment.sha256"), primary_key=True, index=True)

    __table_args__ = (ForeignKeyConstraint(["county_code", "case_id"], ["case.county_code", "case.id"]),)


class Patrol(Base):
    """A patrol that found nothing: a record of its own, never a case, and in no ranking."""

    __tablename__ = "patrol"

    county_code: Mapped[Code] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"), index=True)
    user_id: Mapped[UUID]
    at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    note: Mapped[Prose | None]


class Device(Base):
    """A phone that works offline, and what it says it has not sent yet. It has no position."""

    __tablename__ = "device"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    seen_at: Mapped[datetime]
    unsent: Mapped[int] = mapped_column(default=0)
    oldest_at: Mapped[datetime | None]  # of what is not sent


class SavedFilter(Base):
    """A desk's filter, saved under a name by the user it belongs to. `query`: the desk's query string."""

    __tablename__ = "saved_filter"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), primary_key=True)
    name: Mapped[Name] = mapped_column(primary_key=True)
    query: Mapped[Prose]
    saved_at: Mapped[datetime]


class Reporter(Base):
    """Who reported a case, where they said so. Restricted: shown masked; unmasking needs a reason and is audited.

    `number` and `secret` (SHA-256, hex) let them follow the case without an account.
    """

    __tablename__ = "reporter"

    county_code: Mapped[Code] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[Code] = mapped_column(index=True)  # two cases of one millisecond share a number
    secret: Mapped[Code]
    name: Mapped[Name | None]
    phone: Mapped[Code | None]

    __table_args__ = (ForeignKeyConstraint(["county_code", "case_id"], ["case.county_code", "case.id"]),)
