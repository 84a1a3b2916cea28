"""Imports records of another system as cases: read, judge, write, a chunk at a time.

A chunk is one transaction with its cases, steps and deltas, so an import that is stopped has imported whole chunks, and
run again it finds them and goes on. Reading and judging stand in dashboard.imports, SQL in data.writes.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from dashboard.catalog import Catalog
from dashboard.domain.clocks import WorkCalendar
from dashboard.domain.errors import UserError
from dashboard.domain.periods import local_day
from dashboard.domain.scope import EVERYTHING
from dashboard.imports.dues import add_dues
from dashboard.imports.mapping import SourceMapping
from dashboard.imports.places import Places
from dashboard.imports.reading import CHUNK, Chunk, Source, open_source
from dashboard.imports.records import Judge
from dashboard.imports.rejects import Rejected, RejectFile
from dashboard.imports.steps import first_steps
from dashboard.imports.wording import HASH
from dashboard.services.bounds import box_around
from dashboard.services.calendars import work_calendar
from data.queries.packs import list_pack_regions
from data.regions.pack import Pack
from data.regions.synthetic import expand
from data.session import Database, Session
from data.writes.datasets import extend_calendar, put_dataset
from data.writes.imported import add_cases, change_cases, find_known
from data.writes.regions import install_pack
from data.writes.rollups import fold

FOLD_EVERY = 20  # chunks; a read adds up what is not folded, so it must not pile up
_MARGIN = timedelta(days=120)  # of the work calendar beyond the last report; the longest limit fits into it
_HERE = "worked on here since it was imported, so the source's change was not taken over"


@dataclass
class ImportReport:
    """Counts of data rows: read = new + changed + unchanged + rejected. `flagged`: rows kept in spite of an oddity."""

    file: str
    about: str
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    flagged: Counter = field(default_factory=Counter)
    rejects: Path | None = None

    @property
    def imported(self) -> int:
        return self.new + self.changed + self.unchanged


Progress = Callable[[ImportReport, float], object]  # the report so far, and the share of the file that is read


def import_cases(database: Database, catalog: Catalog, file: Path, mapping: SourceMapping, pack: Pack, *, now: datetime,
                 rejects: Path | None = None, progress: Progress | None = None, encoding: str = "", sheet: str = "",
                 limit: int | None = None, chunk: int = CHUNK) -> ImportReport:  # fmt: skip
    """Import `file` into `pack`'s regions. Raises UserError where file, mapping and pack do not go together.

    `rejects`: where rows that cannot be imported go, FILE.rejected.csv by default. `now`: aware.
    """
    rejects = rejects or file.with_name(f"{file.name}.rejected.csv")
    if rejects.resolve() == file.resolve():
        raise UserError("rejects", "the rejects would overwrite the file that is imported", got=str(rejects))
    source = open_source(file, mapping.columns, encoding=encoding, sheet=sheet)
    run = _Run(database, catalog, mapping, pack, now, ImportReport(file.name, source.about))
    run.prepare()
    _work_through(run, source, RejectFile(rejects, source.header), progress, chunk, limit)
    run.report.rejects = rejects if run.report.rejected else None
    return run.report


def _work_through(run: "_Run", source: Source, rejects: RejectFile, progress: Progress | None, size: int,
                  limit: int | None) -> None:  # fmt: skip
    try:
        for number, chunk in enumerate(source.chunks(size, limit), start=1):
            rejects.add(run.take(chunk))
            if number % FOLD_EVERY == 0:
                run.fold()
            if progress:
                progress(run.report, chunk.done)
    finally:
        rejects.close()
        run.fold()


class _Run:
    """One import: what it needs for every chunk, and the report so far."""

    def __init__(self, database: Database, catalog: Catalog, mapping: SourceMapping, pack: Pack, now: datetime,
                 report: ImportReport):  # fmt: skip
        self.database, self.catalog, self.mapping, self.pack = database, catalog, mapping, pack
        self.report, self.zone = report, ZoneInfo(pack.timezone)
        as_of = mapping.dataset.as_of
        self.ends = as_of.replace(tzinfo=mapping.times.zone).astimezone(UTC) if as_of else None
        self.now = min(now, self.ends) if self.ends else now  # a finished set is judged as of its own end
        self._written = False
        self._judge: Judge | None = None

    def prepare(self) -> None:
        """Install the pack, check the mapping's region rules against it, and only then record the dataset."""
        deepest = self.mapping.regions[-1].level
        with self.database.write() as session:
            install_pack(session, self.pack, expand(self.pack))
            regions = list_pack_regions(session, EVERYTHING, self.pack.key, deepest)
            places, about = Places(self.mapping, self.pack.root, regions), self.mapping.dataset
            put_dataset(session, self.pack.key, key=about.key, name=about.name, source=about.source,
                        synthetic=about.synthetic, as_of=self.ends)  # fmt: skip
        self._judge = Judge(self.mapping, self.catalog, places, box_around(self.pack, regions), self.now)

    def take(self, chunk: Chunk) -> list[Rejected]:
        """Judge a chunk and write what is good; the rows that are not."""
        judged = self._judge.judge(chunk)
        with self.database.write() as session:
            new, changed, refused = self._write(session, judged.cases)
        rejected = judged.rejected + _refused(chunk, judged.cases, refused)
        report, good = self.report, len(judged.cases) - len(refused)
        report.read += len(chunk.rows) + len(chunk.broken)
        report.new += new
        report.changed += changed
        report.unchanged += good - new - changed
        report.rejected += len(rejected)
        report.flagged += judged.flags
        self._written = self._written or new + changed > 0
        return rejected

    def fold(self) -> None:
        """Move the deltas written so far into the roll-ups."""
        if self._written:
            with self.database.fold() as session:
                fold(session)
            self._written = False

    def _write(self, session: Session, cases: pd.DataFrame) -> tuple[int, int, list[str]]:
        """(new, changed, keys refused)."""
        if cases.empty:
            return 0, 0, []
        keys = cases["source_key"].tolist()
        known = find_known(session, self.mapping.dataset.key, keys, HASH)
        is_new = [key not in known for key in keys]
        digests = zip(keys, cases["hash"], strict=True)
        is_changed = [key in known and known[key].digest != digest for key, digest in digests]
        if not any(is_new) and not any(is_changed):
            return 0, 0, []
        calendar = self._calendar(session, cases)
        dues = [self._dued(cases[mask], calendar) for mask in (is_new, is_changed)]
        add_cases(session, dues[0], first_steps(dues[0]) if len(dues[0]) else dues[0], self.zone)
        refused = change_cases(session, dues[1], known, self.zone, self.now)
        return len(dues[0]), len(dues[1]) - len(refused), refused

    def _dued(self, cases: pd.DataFrame, calendar: WorkCalendar | None) -> pd.DataFrame:
        """With due times, in the order of the key: neighbours are written together."""
        cases = cases.sort_values(["county_code", "id"], ignore_index=True)
        return add_dues(cases, self.mapping.clock, self.catalog, calendar, self.now)

    def _calendar(self, session: Session, cases: pd.DataFrame) -> WorkCalendar | None:
        """Work days from the first report of the chunk to well after its last."""
        if not self.mapping.clock.limits:
            return None
        times = [cases[name] for name in ("reported_at", "accepted_at", "handled_at", "verified_at")]
        first, last = min(t.min() for t in times if t.notna().any()), max(t.max() for t in times if t.notna().any())
        extend_calendar(session, self.pack.calendar, local_day(first, self.zone) - timedelta(days=1),
                        local_day(last, self.zone) + _MARGIN)  # fmt: skip
        return work_calendar(session, self.pack.key, self.catalog.hours)


def _refused(chunk: Chunk, cases: pd.DataFrame, keys: list[str]) -> list[Rejected]:
    """Rows of the chunk whose keys could not be brought up to date."""
    found = cases[cases["source_key"].isin(keys)]
    return [
        Rejected(int(chunk.rows[place]), int(chunk.lines[place]), key, _HERE, tuple(chunk.frame.iloc[place]))
        for key, place in zip(found["source_key"], found["place"], strict=True)
    ]
