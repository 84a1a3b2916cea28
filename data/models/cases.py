"""The case and its history. `county_code` is in every key: it is the distribution key of the large tables."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Count, Name, Prose, Word

_OPEN = text("ended_at IS NULL")
# in SQL, so that a query says it in the very words of the index
RECLASSED = text("action IN ('classify', 'void', 'reject', 'merge', 'pause', 'grant_extension')")


class Case(Base):
    """Anything that must be seen through to the end. Times are UTC; `*_minutes` are minutes of the clock's own time.

    `overdue` turns true when the closing deadline passes while the case is open, and stays so.
    `card` belongs to the clock that runs now; `next_card_at` is when it climbs.
    """

    __tablename__ = "case"

    county_code: Mapped[Code] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    dataset: Mapped[Word] = mapped_column(ForeignKey("dataset.key"))
    source_key: Mapped[Name | None]  # the source's own key; one case for each (dataset, source_key)
    province_code: Mapped[Code | None]
    city_code: Mapped[Code | None]
    township_code: Mapped[Code | None]
    village_code: Mapped[Code | None]
    grid_code: Mapped[Code | None]
    kind_group: Mapped[Word]
    kind: Mapped[Word]
    is_request: Mapped[bool]
    severity: Mapped[Word]
    tier: Mapped[Word]
    source: Mapped[Word]
    title: Mapped[Name]
    description: Mapped[Prose | None]
    address: Mapped[Name | None]
    lon: Mapped[float | None]
    lat: Mapped[float | None]
    attrs: Mapped[dict] = mapped_column(JSON, default=dict)

    state: Mapped[Word]
    holder_unit: Mapped[Name | None]
    holder_person: Mapped[Name | None]
    version: Mapped[int] = mapped_column(default=1)

    reported_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    dispatched_at: Mapped[datetime | None]
    staged_at: Mapped[datetime | None]  # 阶段办结; handled_at is 实质办结
    handled_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    rated_at: Mapped[datetime | None]

    clock_kind: Mapped[Word | None]  # key of clocks.toml; None: the source set no limits
    accept_due_at: Mapped[datetime | None]
    handle_due_at: Mapped[datetime | None]
    verify_due_at: Mapped[datetime | None]
    close_due_at: Mapped[datetime | None]
    accept_minutes: Mapped[int | None]
    handle_minutes: Mapped[int | None]
    verify_minutes: Mapped[int | None]
    accept_limit: Mapped[int | None]
    handle_limit: Mapped[int | None]
    verify_limit: Mapped[int | None]
    card: Mapped[Word] = mapped_column(default="none", server_default="none")
    next_card_at: Mapped[datetime | None]
    overdue: Mapped[bool] = mapped_column(default=False)
    clock_started_at: Mapped[datetime | None]  # of the running clock; None: see casework.STARTS (bulk loads)
    paused_at: Mapped[datetime | None]  # since when the running clock stands
    paused_minutes: Mapped[Count]  # of the running clock, in its own time, up to the last resume
    extension: Mapped[Word | None]  # pending, granted, refused, expired
    extension_limit: Mapped[Word | None]  # what was asked for, e.g. "2wd"
    arbitrate_due_at: Mapped[datetime | None]  # when an objection has to be decided
    supervision: Mapped[Word] = mapped_column(default="none", server_default="none")
    reported_by: Mapped[UUID | None]  # user; likewise below
    dispatched_by: Mapped[UUID | None]
    handled_by: Mapped[UUID | None]
    merged_into: Mapped[UUID | None]  # a case of the same county

    returned: Mapped[Count]
    reworked: Mapped[Count]
    reopened: Mapped[Count]
    repeat_of: Mapped[UUID | None]
    satisfaction: Mapped[int | None]  # 1-5, from the call-back
    flags: Mapped[list] = mapped_column(JSON, default=list)  # oddities kept, not dropped, e.g. "closed_before_reported"

    __table_args__ = (
        Index("case_source", "dataset", "source_key", "county_code", unique=True),
        Index("case_reported", "reported_at"),
        Index("case_city_reported", "city_code", "reported_at"),
        Index("case_county_reported", "county_code", "reported_at"),
        Index("case_township_reported", "township_code", "reported_at"),
        Index("case_close_due", "county_code", "close_due_at"),
        Index("case_open", "county_code", "reported_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("case_next_card", "next_card_at", postgresql_where=text("next_card_at IS NOT NULL"),
              sqlite_where=text("next_card_at IS NOT NULL")),
        # which cases fell due and were closed late, and when: answered from the index alone
        Index("case_overdue", "county_code", "close_due_at", "closed_at", "township_code", "kind",
              postgresql_where=text("overdue IS TRUE"), sqlite_where=text("overdue IS 1")),
        Index("case_due_open", "close_due_at", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("case_holder", "county_code", "holder_unit", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("case_grid_open", "grid_code", postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("case_mine", "reported_by", "reported_at", postgresql_where=text("reported_by IS NOT NULL"),
              sqlite_where=text("reported_by IS NOT NULL")),
        # the desk's queues and their counts, for which rows are only read once a page is found
        Index("case_board", "county_code", "state", "card", "extension", "holder_unit", "city_code", "township_code",
              "accept_due_at", "handle_due_at", "verify_due_at", "arbitrate_due_at", "reported_at", "id",
              postgresql_where=_OPEN, sqlite_where=_OPEN),
        Index("case_merged", "county_code", "merged_into", postgresql_where=text("merged_into IS NOT NULL"),
              sqlite_where=text("merged_into IS NOT NULL")),
    )  # fmt: skip


class CaseStep(Base):
    """One step of a case's history: appended, never changed. `hash` chains it to the step before."""

    __tablename__ = "case_step"

    county_code: Mapped[Code] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)  # 1, 2, 3 ... without gaps
    action: Mapped[Word]  # report, or an action of workflow.TRANSITIONS, or import
    state: Mapped[Word]  # the state it led to
    at: Mapped[datetime]  # server time
    device_at: Mapped[datetime | None]
    actor: Mapped[Name]
    role: Mapped[Word]
    unit: Mapped[Name | None]
    reason: Mapped[Word | None]
    note: Mapped[Prose | None]
    clock_effect: Mapped[Word | None]  # run, pause, reset
    detail: Mapped[str | None] = mapped_column(Text)  # canonical JSON (history.canonical): evidence, units, limits ...
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))

    __table_args__ = (
        ForeignKeyConstraint(["county_code", "case_id"], ["case.county_code", "case.id"]),
        # steps that change what a case counts as, for the detector that looks at the days before a freeze
        Index("case_step_reclassed", "at", postgresql_where=RECLASSED, sqlite_where=RECLASSED),
    )
