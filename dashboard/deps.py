"""What services are given: the database, the catalogue, the cache and the time. Made once by the factory."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.cache import ReadCache
from dashboard.catalog import Catalog
from dashboard.evidence.store import Store
from dashboard.live import Hub
from data.session import Database


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Deps:
    database: Database
    catalog: Catalog
    cache: ReadCache
    clock: Callable[[], datetime] = utc_now
    evidence: Store | None = None  # None: no files are kept
    live: Hub | None = None  # None: nobody listens
