"""What reads of verdicts share: rows of the regions that a person is granted, newest first, never without a limit."""

from sqlalchemy import ColumnElement, or_, true

from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import Scope
from data.models import RegionRow

MOST = 500


def granted(scope: Scope) -> ColumnElement:
    """Regions in `scope`, over a query that names RegionRow. Grants to a unit reach no region."""
    if scope.everything:
        return true()
    return or_(*(getattr(RegionRow, f"{level}_code").in_(sorted(scope.roots)) for level in LEVELS))


def within(region: Region) -> ColumnElement:
    """A region and all below it."""
    return getattr(RegionRow, f"{region.level}_code") == region.code
