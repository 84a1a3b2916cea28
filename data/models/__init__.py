"""All tables. Importing this package fills Base.metadata."""

from data.models.base import Base
from data.models.cases import Case, CaseStep
from data.models.directives import Directive, Pairing, Receipt
from data.models.feed import ChangeRow
from data.models.people import AuditRow, GrantRow, LoginAttempt, SessionRow, User
from data.models.regions import Dataset, RegionPack, RegionRow, WorkDay
from data.models.rollups import ALL, rollup_day, rollup_delta, rollup_fold, rollup_stock
from data.models.work import Attachment, Device, Evidence, Patrol, Received, Reporter, SavedFilter, Unit

__all__ = [
    "ALL", "Attachment", "AuditRow", "Base", "Case", "CaseStep", "ChangeRow", "Dataset", "Device", "Directive",
    "Evidence", "GrantRow", "LoginAttempt", "Pairing", "Patrol", "Receipt", "Received", "RegionPack", "RegionRow",
    "Reporter", "SavedFilter", "SessionRow", "Unit", "User", "WorkDay",
    "rollup_day", "rollup_delta", "rollup_fold", "rollup_stock",
]  # fmt: skip
