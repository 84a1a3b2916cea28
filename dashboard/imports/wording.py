"""The words of a case, its attributes, and the hash by which a later import knows whether the row has changed."""

from collections.abc import Sequence

from dashboard.domain.regions import LEVELS
from dashboard.imports.identity import content_hashes, content_texts
from dashboard.imports.lookups import Lookup
from dashboard.imports.mapping import SourceMapping

HASH = "import_hash"  # where a case's attrs keep the hash of the row it came from
LONGEST = 200  # characters of a name
_MEANT = ("kind", "severity", "state", "source")


class Wording:
    def __init__(self, mapping: SourceMapping):
        self.mapping, self._find_title = mapping, Lookup(_title)

    def columns(self, cells: dict[str, list[str]], columns: dict[str, Sequence]) -> dict[str, Sequence]:
        """Columns of Case, and `note` and `hash`. `columns`: what the rows mean; gives up its `kind_name`."""
        record, names = self.mapping.record, columns.pop("kind_name")
        length, hashes = len(names), self._hashes(cells, columns)
        titles = self._find_title([cells[name] for name in record.title], length)
        values = zip(*(cells[name] for name in record.attrs), strict=True) if record.attrs else [()] * length
        return {
            "source_key": cells[record.key],
            "tier": [record.tier] * length,
            "title": [title or name for title, name in zip(titles, names, strict=True)],
            "description": _words(cells, record.description, length),
            "address": _words(cells, record.address, length, LONGEST),
            "holder_unit": _words(cells, record.unit, length, LONGEST),
            "note": _words(cells, record.note, length),
            "hash": hashes,
            "attrs": [_attrs(record.attrs, some, digest) for some, digest in zip(values, hashes, strict=True)],
        }

    def _hashes(self, cells: dict[str, list[str]], columns: dict[str, Sequence]) -> list[str]:
        """What the row says, and what the tables of mapping and pack make of it: a change of either is a change."""
        meant = [columns[name] for name in _MEANT] + [[key or "" for key in columns["clock_kind"]]]
        regions = [[code or "" for code in columns[f"{level}_code"]] for level in LEVELS]
        flags = ["|".join(flags) for flags in columns["flags"]]
        return content_hashes(self.mapping, content_texts([*cells.values(), *meant, *regions, flags]))


def _attrs(names: Sequence[str], values: Sequence[str], digest: str) -> dict[str, str]:
    return {HASH: digest, **{name: value for name, value in zip(names, values, strict=True) if value}}


def _words(cells: dict, column: str, length: int, longest: int | None = None) -> list[str | None]:
    return [cell[:longest] or None for cell in cells[column]] if column else [None] * length


def _title(parts: tuple[str, ...]) -> str:
    """The parts that say something, each once."""
    title = " · ".join(dict.fromkeys(part for part in parts if part))
    return title if len(title) <= LONGEST else title[: LONGEST - 1] + "…"
