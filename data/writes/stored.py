"""Columns of values as a database stores them: Python values for SQLite's driver, text for PostgreSQL's COPY.

Answers for agreeing with the SQLAlchemy types in data/models/base.py; a test writes both ways and compares.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

import numpy as np
import pandas as pd
from sqlalchemy import JSON, Boolean, Date, Float, Integer, LargeBinary, Uuid
from sqlalchemy.types import TypeEngine

from data.models.base import UtcDateTime

_NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def sqlite_values(column: Sequence, kind: TypeEngine) -> list:
    """What SQLite's driver must be given so that it stores what SQLAlchemy would."""
    if isinstance(kind, UtcDateTime):
        return _nulled(_instants(column).view(np.int64), np.isnat(_instants(column)))
    if isinstance(kind, Date):
        return _mapped(column, str)
    if isinstance(kind, Uuid):
        return _mapped(column, _hex)
    if isinstance(kind, JSON):
        return _mapped(column, _json)
    if isinstance(kind, (Boolean, Integer, Float)):
        return _numbers(column, kind)
    return _mapped(column, None)


def copy_texts(column: Sequence, kind: TypeEngine) -> list[str]:
    """Cells of COPY's text format; NULL is \\N."""
    if isinstance(kind, UtcDateTime):
        times = _instants(column)
        return _nulled(np.datetime_as_string(times, unit="us", timezone="UTC"), np.isnat(times), _NULL)
    if isinstance(kind, Boolean):
        return [_NULL if v is None else "t" if v else "f" for v in _numbers(column, kind)]
    if isinstance(kind, (Integer, Float)):
        return [_NULL if value is None else repr(value) for value in _numbers(column, kind)]
    words = {Date: str, Uuid: _hex, JSON: lambda v: _escape(_json(v)), LargeBinary: lambda v: r"\\x" + v.hex()}
    make = next((make for known, make in words.items() if isinstance(kind, known)), _escape)
    return [_NULL if value is None else value for value in _mapped(column, make)]


def _instants(column: Sequence) -> np.ndarray:
    """Any column of aware times as datetime64[us] in UTC."""
    if isinstance(column, pd.Series) and isinstance(column.dtype, pd.DatetimeTZDtype):
        return column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        return column.astype("datetime64[us]")
    naive = next((v for v in column if isinstance(v, datetime) and not pd.isna(v) and v.tzinfo is None), None)
    if naive is not None:
        raise ValueError(f"a time without a zone: {naive!r}; give an aware datetime")
    return pd.DatetimeIndex(pd.to_datetime(list(column), utc=True)).tz_localize(None).to_numpy(dtype="datetime64[us]")


def _numbers(column: Sequence, kind: TypeEngine) -> list:
    """Whole numbers, floats or bools as Python's own; missing ones None."""
    array = pd.Series(column)
    gone = array.isna().to_numpy()
    if array.dtype == object or pd.api.types.is_extension_array_dtype(array.dtype):
        array = array.astype("Float64" if isinstance(kind, Float) else "Int64").fillna(0)
    values = array.to_numpy()
    if isinstance(kind, Boolean):
        return _nulled(values.astype(bool), gone)
    return _nulled(values if isinstance(kind, Float) else np.where(gone, 0, values).astype(np.int64), gone)


def _mapped(column: Sequence, make: Callable | None) -> list:
    """The values through `make`, missing ones None; each distinct value of a category is made once."""
    if isinstance(column, pd.Series) and isinstance(column.dtype, pd.CategoricalDtype):
        words = np.array([*_made(column.cat.categories.tolist(), make), None], dtype=object)
        return words[column.cat.codes.to_numpy()].tolist()
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        column = column.astype("datetime64[D]")
        distinct, codes = np.unique(column, return_inverse=True)
        return np.array([*_made(distinct.tolist(), make), None], dtype=object)[codes].tolist()
    values = column.tolist() if isinstance(column, (pd.Series, np.ndarray)) else list(column)
    return _made(values, make)


def _made(values: list, make: Callable | None) -> list:
    if make is not None:
        return [None if value is None or value is pd.NA or value != value else make(value) for value in values]
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return _nulled(column, pd.isna(column))


def _nulled(values: np.ndarray, gone: np.ndarray, null: str | None = None) -> list:
    out = values.tolist()
    for position in np.flatnonzero(gone):
        out[position] = null
    return out


def _hex(value: UUID | str) -> str:
    if isinstance(value, str):
        return value if len(value) == 32 else value.replace("-", "")
    return value.hex


def _json(value: object) -> str:
    return json.dumps(value)


def _escape(value: str) -> str:
    return value.translate(_ESCAPES) if any(mark in value for mark in "\\\t\n\r") else value
