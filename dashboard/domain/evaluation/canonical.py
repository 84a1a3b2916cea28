"""Inputs and results as canonical bytes: the same figures give the same bytes, wherever and whenever they are worked out.

JSON in UTF-8 with sorted keys and without spaces. Floats are rounded to DIGITS decimals, which is far finer than anything
published and coarser than what two machines may differ by; NaN is null; what is infinite is refused. Reading the bytes and
writing them again gives the same bytes.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from hashlib import sha256

import numpy as np

from dashboard.domain.evaluation.model import Deduction, Inputs, Result, Scores, Standing, Veto

DIGITS = 9


def digest(body: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(body).hexdigest()


def encode(value: object) -> bytes:
    """Canonical JSON of dataclasses, mappings with text keys, sequences, arrays, numbers, dates and text.

    Raises ValueError for an infinite number, TypeError for what has no canonical form.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_inputs(body: bytes) -> Inputs:
    """What `encode` made of Inputs."""
    given = json.loads(body)
    width = len(given["numerator"][0]) if given["numerator"] else 0
    return Inputs(
        regions=tuple(given["regions"]), peers=tuple(given["peers"]), day=date.fromisoformat(given["day"]),
        numerator=_array(given["numerator"], width), denominator=_array(given["denominator"], width),
        exposure={name: _array(values) for name, values in given["exposure"].items()},
        deductions=tuple(Deduction(**one | {"day": date.fromisoformat(one["day"])}) for one in given["deductions"]),
        vetoes=tuple(_veto(one) for one in given["vetoes"]),
    )  # fmt: skip


def read_result(body: bytes) -> Result:
    """What `encode` made of a Result."""
    given = json.loads(body)
    return Result(
        scores=Scores(**{name: _array(values) for name, values in given["scores"].items()}),
        standings=tuple(Standing(**one) for one in given["standings"]),
        deducted=given["deducted"],
        sobol={source: tuple(pair) for source, pair in given["sobol"].items()},
    )


def rounded(number: float) -> float | None:
    """The number as it is written; None for NaN. Raises ValueError where it is infinite."""
    if math.isnan(number):
        return None
    if math.isinf(number):
        raise ValueError("an infinite number has no canonical form")
    return round(float(number), DIGITS) + 0.0  # -0.0 becomes 0.0


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, np.generic):
        return _plain(value.item())
    if isinstance(value, float):
        return rounded(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"no canonical form for {type(value).__name__}")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"no canonical form for the key {key!r}")
    return key


def _array(values: list, width: int | None = None) -> np.ndarray:
    """Floats, null as NaN. `width`: of a table, which may have no rows."""
    array = np.array(values, dtype=object).astype(np.float64)
    return array.reshape(len(values), width) if width is not None else array


def _veto(given: dict) -> Veto:
    until = given["until"]
    days = {"decided": date.fromisoformat(given["decided"]), "until": until and date.fromisoformat(until)}
    return Veto(**given | days)
