"""Which level of regions a map or a ranking shows for a region, and what a level is called."""

from collections.abc import Mapping

from dashboard.services.frame import Frame
from dashboard.services.words import english

MAP_LEVELS = {"province": "county", "city": "county", "county": "township", "township": "grid", "village": "grid"}
RANK_LEVELS = {"province": "city", "city": "county", "county": "township", "township": "village", "village": "grid"}


def level_below(frame: Frame, table: Mapping[str, str]) -> str | None:
    """The level a panel shows; the next one that has regions where the table's has none (a city without counties)."""
    wanted = table.get(frame.region.level)
    levels = [level["level"] for level in frame.place.about["levels"]]
    following = levels[levels.index(frame.region.level) + 1 :]
    order = [wanted, *following] if wanted in following else following
    return next((level for level in order if frame.below(level)), None)


def level_count(about: Mapping, level: str, count: int) -> str:
    """E.g. 11 市, 11 cities."""
    name = level_name(about, level)
    return f"{count:,} {name if not english() else name.lower() if count == 1 else _plural(name.lower())}"


def map_note(about: Mapping) -> str:
    """What the pack that `about` describes says of its boundaries, in the reader's language where it says so."""
    return (english() and about.get("map_note_en")) or about.get("map_note", "")


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def level_name(about: Mapping, level: str | None) -> str:
    """What the pack that `about` describes calls a level, in the reader's language; "" for one that it has not."""
    found = next((one for one in about["levels"] if one["level"] == level), None)
    return "" if found is None else found["name_en" if english() else "name"]
