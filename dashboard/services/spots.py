"""Places as residents choose them: county, township, village, as far as the installed tree has them."""

from collections.abc import Mapping
from math import cos, radians

from flask_babel import gettext as _

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.levels import level_name
from dashboard.views.public import Choice, Spot
from data.queries.regions import find_regions, get_pack, get_region, get_root, list_below, list_datasets, list_near
from data.session import Session

CHOSEN = ("county", "township", "village")
_NEAR_DEGREES = 0.1


def spot(deps: Deps, chosen: Mapping[str, str]) -> Spot:
    """What can be chosen after `chosen` ({level: code}); a code that does not fit what stands above it is left out."""
    with deps.database.read() as session:
        at, levels = get_root(session, EVERYTHING), []
        for level in (one for one in CHOSEN if LEVELS.index(one) > LEVELS.index(at.level)):
            rows = {region.code: region for region in list_below(session, EVERYTHING, at, level)}
            if not rows:
                continue
            code = chosen.get(level, "")
            code = code if code in rows else ""
            levels.append((level, _called(session, at, level), _choices(session, at, list(rows.values())), code))
            if not code:
                break
            at = rows[code]
        return Spot(tuple(levels), at.code if at.ancestor("county") else "", names(session, at))


def get_spot(session: Session, code: str) -> Region:
    """A region in which a case can be reported. Raises UserError "place"."""
    try:
        region = get_region(session, EVERYTHING, code)
    except NotFound:
        raise UserError("place", "no such place", got=code, hint="choose a place") from None
    if region.ancestor("county") is None:
        raise UserError("place", "a case is reported in a county or below", got=code, hint="choose a place in it")
    return region


def nearest(deps: Deps, lon: float, lat: float) -> dict[str, str]:
    """{level: code} of the village nearest to a position (WGS-84); {} where none is near."""
    box = (lon - _NEAR_DEGREES, lat - _NEAR_DEGREES, lon + _NEAR_DEGREES, lat + _NEAR_DEGREES)
    with deps.database.read() as session:
        rows = list_near(session, EVERYTHING, "village", box)
    if not rows:
        return {}
    best = min(rows, key=lambda one: (((one.lon - lon) * cos(radians(lat))) ** 2 + (one.lat - lat) ** 2, one.code))
    return {level: code for level, code in best.path if level in CHOSEN}


def place_name(deps: Deps, code: str) -> str:
    """Names from the city down. Raises UserError "place"."""
    with deps.database.read() as session:
        return names(session, get_spot(session, code))


def synthetic(deps: Deps) -> bool:
    """Are all cases of the installed tree invented?"""
    with deps.database.read() as session:
        try:
            found = list_datasets(session, get_root(session, EVERYTHING).pack)
        except NotFound:
            return False
    return bool(found) and all(one.synthetic for one in found)


def names(session: Session, region: Region) -> str:
    """Names of the region and what it lies in, without the province."""
    codes = [code for level, code in region.path if level != "province"]
    found = find_regions(session, EVERYTHING, codes)
    return " ".join(found[code].name for code in codes if code in found)


def _called(session: Session, region: Region, level: str) -> str:
    return level_name(get_pack(session, region.pack).about, level) or _("地点")


def _choices(session: Session, at: Region, rows: list[Region]) -> tuple[Choice, ...]:
    """Counties under the names of their cities; everything else in one list."""
    cities = {code for one in rows if (code := one.ancestor("city")) and at.level == "province"}
    named = find_regions(session, EVERYTHING, cities)
    return tuple(Choice(one.code, one.name, named[code].name if (code := one.ancestor("city")) in named else "")
                 for one in rows)  # fmt: skip
