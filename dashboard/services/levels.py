"""Which level of regions a map or a ranking shows for a region."""

from collections.abc import Mapping

from dashboard.services.frame import Frame

MAP_LEVELS = {"province": "county", "city": "county", "county": "township", "township": "grid", "village": "grid"}
RANK_LEVELS = {"province": "city", "city": "county", "county": "township", "township": "village", "village": "grid"}


def level_below(frame: Frame, table: Mapping[str, str]) -> str | None:
    """The level a panel shows; the next one that has regions where the table's has none (a city without counties)."""
    wanted = table.get(frame.region.level)
    levels = [level["level"] for level in frame.place.about["levels"]]
    following = levels[levels.index(frame.region.level) + 1 :]
    order = [wanted, *following] if wanted in following else following
    return next((level for level in order if frame.below(level)), None)
