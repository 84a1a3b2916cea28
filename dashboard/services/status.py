"""Can the product serve, and how fresh is what it serves?"""

from dataclasses import dataclass
from datetime import datetime

from dashboard.deps import Deps
from data.queries.figures import read_version
from data.queries.regions import has_pack


@dataclass(frozen=True, slots=True)
class Status:
    """`version` grows with every committed write of cases."""

    version: int
    as_of: datetime
    has_regions: bool


def read_status(deps: Deps) -> Status:
    with deps.database.read() as session:
        return Status(read_version(session), deps.clock(), has_pack(session))
