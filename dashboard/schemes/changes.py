"""What differs between two versions of a scheme: weights, targets, cuts, words — each as one row."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from dashboard.domain.evaluation.model import Scheme

_ROWS = ("nodes", "indicators", "rules")


@dataclass(frozen=True, slots=True)
class Change:
    """`part`: head, cuts, doubt, node, indicator, rule. `key` "": of a part that stands once. `old`, `new` None: the row
    was not there, or is gone (`field` is then "")."""

    part: str
    key: str
    field: str
    old: object
    new: object


def changes(old: Scheme, new: Scheme) -> tuple[Change, ...]:
    """In the order of the file; () where both say the same. The version itself is no change."""
    plain = [field.name for field in fields(Scheme) if field.name not in (*_ROWS, "cuts", "doubt", "version")]
    out = [Change("head", "", name, getattr(old, name), getattr(new, name)) for name in plain]
    was, now = dict(old.cuts), dict(new.cuts)
    out += [Change("cuts", "", letter, was.get(letter), now.get(letter)) for letter in {**was, **now}]
    out += _row_changes("doubt", "", old.doubt, new.doubt)
    for part in _ROWS:
        out += _part(part.removesuffix("s"), {one.key: one for one in getattr(old, part)},
                     {one.key: one for one in getattr(new, part)})  # fmt: skip
    return tuple(one for one in out if one.old != one.new)


def _part(part: str, old: Mapping[str, object], new: Mapping[str, object]) -> list[Change]:
    out: list[Change] = []
    for key in {**old, **new}:
        if key in old and key in new:
            out += _row_changes(part, key, old[key], new[key])
        else:
            gone, came = old.get(key), new.get(key)
            out.append(Change(part, key, "", gone and gone.name, came and came.name))
    return out


def _row_changes(part: str, key: str, old: object, new: object) -> list[Change]:
    return [Change(part, key, field.name, getattr(old, field.name), getattr(new, field.name)) for field in fields(old)]
