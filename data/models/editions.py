"""Editions, their history, their archive, and the standings of the regions.

What is frozen lies in `edition_archive` as named bytes; `edition_value`, `edition_score` and `edition_standing` are the
same figures as rows, so that walls and desks can ask for them by SQL. `edition.digest` covers the archive.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class Edition(Base):
    """One 晾晒期 of a scheme for the regions of `level` in `region_code`. `issue` 2 and later correct what was published.

    `inputs_digest`, `digest`: SHA-256 in hex of the frozen inputs and of the whole archive. `version`: optimistic lock.
    """

    __tablename__ = "edition"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme_key: Mapped[Word]
    scheme_version: Mapped[int]
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"))
    level: Mapped[Word]
    start: Mapped[date]
    end: Mapped[date]
    issue: Mapped[int] = mapped_column(default=1)
    state: Mapped[Word]
    version: Mapped[int] = mapped_column(default=1)
    supersedes: Mapped[UUID | None]
    superseded_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    frozen_at: Mapped[datetime | None]
    preview_until: Mapped[datetime | None]
    appeal_until: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    inputs_digest: Mapped[Code | None]
    digest: Mapped[Code | None]
    code_version: Mapped[Code | None]
    note: Mapped[Prose | None]

    __table_args__ = (
        UniqueConstraint("scheme_key", "region_code", "level", "start", "issue", name="edition_once"),
        Index("edition_shown", "scheme_key", "region_code", "published_at"),
    )


class EditionStep(Base):
    """One step of an edition's life: appended, never changed, chained by `hash`."""

    __tablename__ = "edition_step"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    action: Mapped[Word]
    state: Mapped[Word]
    at: Mapped[datetime]
    user_id: Mapped[UUID | None]
    actor: Mapped[Name]
    role: Mapped[Word]
    note: Mapped[Prose | None]
    detail: Mapped[Prose | None]  # canonical JSON
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class EditionArchive(Base):
    """What was frozen, as named bytes: scheme.toml, inputs.json, result.json, and cohort/<county> (the cases counted)."""

    __tablename__ = "edition_archive"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    name: Mapped[Name] = mapped_column(primary_key=True)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[Code]


class EditionValue(Base):
    """One region's figure under one indicator: what it is made of, and the 0–100 it became."""

    __tablename__ = "edition_value"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    indicator: Mapped[Code] = mapped_column(primary_key=True)
    region_code: Mapped[Code] = mapped_column(primary_key=True)
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    value: Mapped[float | None]
    normal: Mapped[float | None]


class EditionScore(Base):
    """One region's score, 0–100, under one inner node; the root is "total", before deductions."""

    __tablename__ = "edition_score"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    node: Mapped[Code] = mapped_column(primary_key=True)
    region_code: Mapped[Code] = mapped_column(primary_key=True)
    score: Mapped[float | None]


class EditionStanding(Base):
    """One region's place; see dashboard.domain.evaluation.model.Standing."""

    __tablename__ = "edition_standing"

    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    region_code: Mapped[Code] = mapped_column(primary_key=True)
    score: Mapped[float | None]
    published: Mapped[float | None]
    rank: Mapped[int | None]
    tied: Mapped[bool]
    band: Mapped[Word | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    first: Mapped[int | None]
    last: Mapped[int | None]
    close: Mapped[bool]
    deducted: Mapped[float]
    vetoed: Mapped[bool]
    coverage: Mapped[float]
    peers: Mapped[Word]
    peer_rank: Mapped[int | None]
