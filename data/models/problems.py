"""Exposed problems with their loop, and the rungs of the supervision ladder."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Prose, Word


class Problem(Base):
    """An exposed problem. Its four steps are rows of `problem_step`: 发现 → 处理 → 举一反三 → 完善规章."""

    __tablename__ = "problem"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"), index=True)
    edition_id: Mapped[UUID | None]
    indicator: Mapped[Code | None]
    county_code: Mapped[Code | None]
    case_id: Mapped[UUID | None]
    origin: Mapped[Word]  # inspection, edition, finding, sample
    title: Mapped[Name]
    detail: Mapped[Prose | None]
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID | None]
    actor: Mapped[Name]
    closed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)


class ProblemStep(Base):
    """One of the four steps of a problem: who answers for it, until when, and the proof that it was done."""

    __tablename__ = "problem_step"

    problem_id: Mapped[UUID] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    step: Mapped[Word] = mapped_column(primary_key=True)  # find, handle, generalise, rule
    owner: Mapped[Name | None]  # unit
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[UUID | None]
    actor: Mapped[Name | None]
    proof: Mapped[Prose | None]
    evidence: Mapped[list] = mapped_column(JSON, default=list)
    checked_at: Mapped[datetime | None]
    checker: Mapped[Name | None]


class Rung(Base):
    """A rung of the supervision ladder, as a record: 通报 notice, 约谈 talk, 挂牌 listed, 摘牌 delisted. Never automatic."""

    __tablename__ = "rung"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"), index=True)
    rung: Mapped[Word]
    problem_id: Mapped[UUID | None]
    edition_id: Mapped[UUID | None]
    basis: Mapped[Prose]
    due_on: Mapped[date | None]
    outcome: Mapped[Prose | None]
    evidence: Mapped[list] = mapped_column(JSON, default=list)
    at: Mapped[datetime]
    by: Mapped[UUID | None]
    actor: Mapped[Name]
