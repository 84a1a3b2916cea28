"""The change feed: one row for each committed change, from which live streams are fed and resumed."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Serial, Word


class ChangeRow(Base):
    """What changed, where, and who may hear of it. Kept for two days.

    `topic`: case, directive, patrol, device, drive, edition, session. The region codes are the path of the place. `unit` and
    `unit_before`: who holds the case now and held it before. `user_id`: only this user hears of it. `detail`: small.
    """

    __tablename__ = "change_feed"

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    topic: Mapped[Word]
    action: Mapped[Word]
    ref: Mapped[Code | None]  # id of what changed: a case's UUID, a directive's, a wall's ...
    province_code: Mapped[Code | None]
    city_code: Mapped[Code | None]
    county_code: Mapped[Code | None]
    township_code: Mapped[Code | None]
    village_code: Mapped[Code | None]
    grid_code: Mapped[Code | None]
    unit: Mapped[Name | None]
    unit_before: Mapped[Name | None]
    user_id: Mapped[UUID | None]
    detail: Mapped[dict | None] = mapped_column(JSON)
