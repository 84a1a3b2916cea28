"""All tables. Importing this package fills Base.metadata."""

from data.models.base import Base
from data.models.cases import Case, CaseStep
from data.models.directives import Directive, Pairing, Receipt
from data.models.editions import Edition, EditionArchive, EditionScore, EditionStanding, EditionStep, EditionValue
from data.models.feed import ChangeRow
from data.models.people import AuditRow, GrantRow, LoginAttempt, SessionRow, User
from data.models.problems import Problem, ProblemStep, Rung
from data.models.regions import Dataset, RegionPack, RegionRow, WorkDay
from data.models.rollups import ALL, rollup_day, rollup_delta, rollup_fold, rollup_stock
from data.models.schemes import IndicatorEntry, IndicatorTable, SchemeRow
from data.models.verdicts import Appeal, DeductionRow, Draw, Exhibit, Finding, Listing, Sample, VetoRow
from data.models.work import Attachment, Device, Evidence, Patrol, Received, Reporter, SavedFilter, Unit

__all__ = [
    "ALL", "Appeal", "Attachment", "AuditRow", "Base", "Case", "CaseStep", "ChangeRow", "Dataset", "DeductionRow",
    "Device", "Directive", "Draw", "Edition", "EditionArchive", "EditionScore", "EditionStanding", "EditionStep",
    "EditionValue", "Evidence", "Exhibit", "Finding", "GrantRow", "IndicatorEntry", "IndicatorTable", "Listing",
    "LoginAttempt", "Pairing", "Patrol", "Problem", "ProblemStep", "Receipt", "Received", "RegionPack",
    "RegionRow", "Reporter", "Rung", "Sample", "SavedFilter", "SchemeRow", "SessionRow", "Unit", "User",
    "VetoRow", "WorkDay",
    "rollup_day", "rollup_delta", "rollup_fold", "rollup_stock",
]  # fmt: skip
