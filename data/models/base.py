"""What every table shares: the registry, and types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Date, DateTime, Integer, String, Text, TypeDecorator, Uuid
from sqlalchemy.orm import DeclarativeBase, mapped_column

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class UtcDateTime(TypeDecorator):
    """An aware instant. timestamptz on PostgreSQL, whole microseconds since 1970 on SQLite (exact, small, ordered)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}; give an aware datetime")
        return (value - _EPOCH) // _MICROSECOND if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return _EPOCH + value * _MICROSECOND if dialect.name == "sqlite" else value.astimezone(UTC)


Code = Annotated[str, mapped_column(String(64))]
Word = Annotated[str, mapped_column(String(32))]
Name = Annotated[str, mapped_column(String(200))]
Prose = Annotated[str, mapped_column(Text)]
Count = Annotated[int, mapped_column(Integer, default=0, server_default="0")]
# SQLite only numbers rows by itself for INTEGER keys
Serial = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {UUID: Uuid(), datetime: UtcDateTime(), date: Date()}
