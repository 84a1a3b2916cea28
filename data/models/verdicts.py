"""What people say about regions, editions and cases: deductions, vetoes, appeals, lists, findings, random audits."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class DeductionRow(Base):
    """An event that takes points by a rule of the scheme, with its evidence (SHA-256 of attachments)."""

    __tablename__ = "deduction"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme_key: Mapped[Word]
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"))
    rule: Mapped[Word]
    day: Mapped[date]
    units: Mapped[float]
    again: Mapped[bool]
    secured: Mapped[bool]
    secured_why: Mapped[Prose | None]
    reason: Mapped[Prose]
    county_code: Mapped[Code | None]
    case_id: Mapped[UUID | None]
    evidence: Mapped[list] = mapped_column(JSON, default=list)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None]
    actor: Mapped[Name]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[Prose | None]

    __table_args__ = (Index("deduction_region", "scheme_key", "region_code", "day"),)


class VetoRow(Base):
    """一票否决: a flag with its basis, proposer, decider, day, expiry."""

    __tablename__ = "veto"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme_key: Mapped[Word]
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"))
    basis: Mapped[Prose]
    proposed_by: Mapped[Name]
    decided_by: Mapped[UUID | None]
    actor: Mapped[Name]
    decided_on: Mapped[date]
    until: Mapped[date | None]
    evidence: Mapped[list] = mapped_column(JSON, default=list)
    lifted_at: Mapped[datetime | None]
    lifted_why: Mapped[Prose | None]


class Appeal(Base):
    """An objection to one case, one value or one deduction of an edition. `wish` and `effect`: canonical corrections,
    see dashboard.domain.evaluation.appeal. Decided by somebody who took no part in the scoring."""

    __tablename__ = "appeal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    region_code: Mapped[Code]
    subject: Mapped[Word]  # case, value, deduction
    indicator: Mapped[Code | None]
    county_code: Mapped[Code | None]
    case_id: Mapped[UUID | None]
    deduction_id: Mapped[UUID | None]
    claim: Mapped[Prose]
    wish: Mapped[dict] = mapped_column(JSON)
    evidence: Mapped[list] = mapped_column(JSON, default=list)
    state: Mapped[Word]  # filed, upheld, refused, withdrawn
    version: Mapped[int] = mapped_column(default=1)
    filed_at: Mapped[datetime]
    filed_by: Mapped[UUID | None]
    actor: Mapped[Name]
    due_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None]
    decider: Mapped[Name | None]
    decision: Mapped[Prose | None]
    effect: Mapped[dict | None] = mapped_column(JSON)


class Listing(Base):
    """红黑榜: a region named with reason and evidence, for one edition."""

    __tablename__ = "listing"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    region_code: Mapped[Code]
    side: Mapped[Word]  # red, black
    reason: Mapped[Prose]
    evidence: Mapped[list] = mapped_column(JSON, default=list)
    listed_at: Mapped[datetime]
    listed_by: Mapped[UUID | None]
    actor: Mapped[Name]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[Prose | None]


class Finding(Base):
    """What a gaming detector noticed, for a person to judge; it moves no score by itself."""

    __tablename__ = "finding"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    detector: Mapped[Word]
    region_code: Mapped[Code]
    key: Mapped[Code]  # the same thing found again has the same key
    cases: Mapped[list] = mapped_column(JSON)  # "<county code>:<id>"
    figures: Mapped[dict] = mapped_column(JSON)
    found_at: Mapped[datetime]
    verdict: Mapped[Word | None]  # gaming, harmless, unclear
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[UUID | None]
    judge: Mapped[Name | None]
    note: Mapped[Prose | None]

    __table_args__ = (UniqueConstraint("edition_id", "detector", "key", name="finding_once"),)


class Draw(Base):
    """A random audit of closed cases: the seed was fixed before the cases were known, so anybody can draw again."""

    __tablename__ = "draw"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("edition.id"), index=True)
    seed: Mapped[Code]
    size: Mapped[int]
    per: Mapped[Word]  # the stratum: region
    drawn_at: Mapped[datetime]
    drawn_by: Mapped[UUID | None]
    actor: Mapped[Name]

    __table_args__ = (UniqueConstraint("edition_id", "seed", name="draw_once"),)


class Sample(Base):
    """One case that was drawn, and whether what its record says was found to be so."""

    __tablename__ = "sample"

    draw_id: Mapped[UUID] = mapped_column(ForeignKey("draw.id"), primary_key=True)
    county_code: Mapped[Code] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[Code]
    verdict: Mapped[Word | None]  # true, false, unclear
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[UUID | None]
    judge: Mapped[Name | None]
    note: Mapped[Prose | None]
    evidence: Mapped[list] = mapped_column(JSON, default=list)


class Exhibit(Base):
    """A file that an appeal, a deduction, a veto, a listing, a rung, a step or a sample shows: `ref` is its id.

    It keeps the file from being forgotten, and says whose region has to be granted to see it.
    """

    __tablename__ = "exhibit"

    ref: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[Code] = mapped_column(ForeignKey("attachment.sha256"), primary_key=True, index=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"))
