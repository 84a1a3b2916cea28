"""All tables. Importing this package fills Base.metadata."""

from data.models.base import Base
from data.models.cases import Case, CaseStep
from data.models.regions import Dataset, RegionPack, RegionRow, WorkDay
from data.models.rollups import ALL, rollup_day, rollup_delta, rollup_fold, rollup_stock

__all__ = [
    "ALL", "Base", "Case", "CaseStep", "Dataset", "RegionPack", "RegionRow", "WorkDay",
    "rollup_day", "rollup_delta", "rollup_fold", "rollup_stock",
]  # fmt: skip
