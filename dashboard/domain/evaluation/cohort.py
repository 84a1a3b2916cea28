"""The cases that an edition counted, as they counted when it was frozen: ids and marks of one county, in few bytes.

Answers for listing what stands behind a frozen figure, whatever became of the cases since. A case's mark has bit n set
where it is counted under facet n of the scheme (`Scheme.facets`), so numerators and denominators are sums over marks.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import Indicator, Scheme, Term

PARTS = ("base", "top", "rest")  # cases behind a denominator, behind its numerator, and in one but not the other
_ID, _MARK, _PLACE = 16, 8, 2  # bytes; all numbers are big-endian
Facet = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Cohort:
    """`ids`: (n, 16) uint8, ascending; `marks`: (n,) int64; `places`: (n,) uint16, where in `townships` a case lies
    ("" stands for none)."""

    county: str
    townships: tuple[str, ...]
    ids: np.ndarray
    marks: np.ndarray
    places: np.ndarray

    def within(self, township: str) -> "Cohort":
        """Only the cases of one township."""
        place = self.townships.index(township) if township in self.townships else -1
        return self.keep(self.places == place)

    def keep(self, chosen: np.ndarray) -> "Cohort":
        """Only the cases that `chosen` (n,) names."""
        return Cohort(self.county, self.townships, self.ids[chosen], self.marks[chosen], self.places[chosen])

    def keys(self) -> list[UUID]:
        return [UUID(bytes=row.tobytes()) for row in self.ids]


def make_cohort(county: str, parts: Mapping[str, tuple[bytes, np.ndarray]]) -> Cohort:
    """`parts`: {township: (ids one after the other, marks)}. Cases without a mark are left out, and one that
    comes twice is kept once."""
    townships = tuple(sorted(parts))
    ids = np.frombuffer(b"".join(parts[one][0] for one in townships), dtype=np.uint8).reshape(-1, _ID)
    marks = np.concatenate([np.zeros(0, np.int64), *(parts[one][1] for one in townships)])
    places = np.repeat(np.arange(len(townships), dtype=np.uint16), [len(parts[one][1]) for one in townships])
    halves = np.ascontiguousarray(ids).view(">u8")
    order = np.lexsort((halves[:, 1], halves[:, 0]))
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (halves[order[1:]] != halves[order[:-1]]).any(axis=1)
    order = order[fresh & (marks[order] != 0)]
    return Cohort(county, townships, ids[order], marks[order], places[order])


def pack(cohort: Cohort) -> bytes:
    """A line of JSON that says what follows, then all ids, all marks, all places."""
    head = {"county": cohort.county, "townships": list(cohort.townships), "cases": len(cohort.marks)}
    line = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    marks, places = cohort.marks.astype(">i8"), cohort.places.astype(">u2")
    return line + cohort.ids.tobytes() + marks.tobytes() + places.tobytes()


def unpack(body: bytes) -> Cohort:
    """What `pack` made. Raises UserError "archive" for anything else."""
    try:
        line, rest = body.split(b"\n", 1)
        head = json.loads(line)
        count = head["cases"]
        if len(rest) != count * (_ID + _MARK + _PLACE):
            raise ValueError(f"{len(rest)} bytes for {count} cases")
        marks, places = count * _ID, count * (_ID + _MARK)
        return Cohort(
            head["county"], tuple(head["townships"]),
            np.frombuffer(rest[:marks], np.uint8).reshape(-1, _ID),
            np.frombuffer(rest[marks:places], ">i8").astype(np.int64),
            np.frombuffer(rest[places:], ">u2").astype(np.uint16),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise UserError("archive", "not a list of counted cases", got=str(error)) from None


def counted(cohort: Cohort, facets: Sequence[Facet]) -> dict[Facet, int]:
    """{facet: how many cases have its mark}."""
    return {facet: int(np.count_nonzero(cohort.marks & np.int64(1 << bit))) for bit, facet in enumerate(facets)}


def amounts(scheme: Scheme, indicator: Indicator, part: str, marks: np.ndarray) -> np.ndarray:
    """(n,) how often each case counts in a part of an indicator's figure: "base" the denominator, "top" the numerator,
    "rest" the one less the other. Raises UserError for another part."""
    if part not in PARTS:
        raise UserError("part", "no such part of a figure", got=part, allowed=PARTS)
    top = _amounts(scheme, indicator.numerator, marks)
    base = _amounts(scheme, indicator.denominator, marks)
    return {"top": top, "base": base, "rest": base - top}[part]


def _amounts(scheme: Scheme, terms: Sequence[Term], marks: np.ndarray) -> np.ndarray:
    out = np.zeros(len(marks), np.int64)
    for term in terms:
        out += term.sign * ((marks >> scheme.facets.index(term.facet)) & 1)
    return out
