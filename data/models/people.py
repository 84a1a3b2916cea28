"""Who signs in, what they are granted, and what they did that must be answered for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from data.models.base import Base, Code, Name, Serial, Word


class User(Base):
    """A person with an account. `password` is an argon2id hash. How often it was given wrongly: LoginAttempt."""

    __tablename__ = "user"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    login: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    password: Mapped[Name]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(default=False)


class GrantRow(Base):
    """role × region subtree × unit (None: all of the region)."""

    __tablename__ = "grant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user.id"), index=True)
    role: Mapped[Word]
    region_code: Mapped[Code] = mapped_column(ForeignKey("region.code"), index=True)
    unit: Mapped[Name | None]
    granted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SessionRow(Base):
    """A signed-in browser or program, or a wall with a device token. `key`: SHA-256 of what the cookie or header holds.

    `kind`: browser, api, kiosk. A kiosk has no user and sees `region_code`; it is revoked by setting `ended_at`.
    """

    __tablename__ = "session"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    kind: Mapped[Word]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"), index=True)
    region_code: Mapped[Code | None] = mapped_column(ForeignKey("region.code"))
    name: Mapped[Name]  # of a kiosk or program; for people "browser"
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LoginAttempt(Base):
    """Every try to sign in; `login` as typed, whether or not there is such a user."""

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    login: Mapped[Code]
    remote: Mapped[Code]
    succeeded: Mapped[bool]

    __table_args__ = (Index("login_attempt_remote", "remote", "at"), Index("login_attempt_login", "login", "at"))


class AuditRow(Base):
    """What somebody did or looked at. Inserted by whoever acts, then sealed by the worker: `position` counts the sealed
    rows without gaps and `hash` chains each to the one before."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    at: Mapped[datetime]
    user_id: Mapped[UUID | None]
    actor: Mapped[Name]
    action: Mapped[
        Word
    ]  # sign_in, case.report, case.<action>, case.export, identity.read, user.create, grant.revoke ...
    subject: Mapped[Name | None]  # what it was done to, e.g. a case id, a login
    region_code: Mapped[Code | None]
    reason: Mapped[Name | None]
    detail: Mapped[dict | None] = mapped_column(JSON)
    remote: Mapped[Code | None]
    position: Mapped[int | None] = mapped_column(unique=True)
    hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))

    __table_args__ = (Index("audit_log_at", "at"), Index("audit_log_user", "user_id", "at"))
