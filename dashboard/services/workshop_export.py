"""The ranking as a file: CSV, or a workbook with the ranking and the figures below it; or what changed since the edition
before, with where it came from. Written down in the audit log before the first line leaves. Heads of columns are keys, so
that other programs can read them."""

import csv
import io
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

import numpy as np
from openpyxl import Workbook

from dashboard.domain.errors import NotFound
from dashboard.services.desk_frame import Desk
from dashboard.services.exports import neutral
from dashboard.services.workshop_changes import shifts
from dashboard.services.workshop_frame import Workshop
from dashboard.services.workshop_table import places
from dashboard.views.workshop import Place
from data.writes.audit import add_audit

_RANKS = ("rank", "tied", "band", "region", "name", "around", "score", "low", "high", "first", "last", "close", "standing",
          "deducted", "coverage", "moved", "peers", "peer_rank")  # fmt: skip
_FIGURES = ("region", "name", "indicator", "numerator", "denominator", "value", "points")
_SHIFTS = ("region", "name", "around", "band_then", "band", "rank_then", "rank", "moved", "score_then", "score", "gain")
_CAUSES = ("region", "name", "cause", "value_then", "value", "points")


def as_csv(desk: Desk, remote: str = "") -> tuple[SpooledTemporaryFile, str]:
    """(file, name without its ending). The order is that of the screen. Raises NotFound where there is nothing to export."""
    here, name = _begin(desk, "csv", remote)
    file = SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115 - whoever sends it closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    lines = csv.writer(text)
    _title, head, rows = _sheets(here)[0]
    lines.writerows([head, *_safe(rows)])
    text.detach()
    file.seek(0)
    return file, name


def as_xlsx(desk: Desk, remote: str = "") -> tuple[SpooledTemporaryFile, str]:
    """A sheet of ranks and a sheet of figures: numerator, denominator, value and points of every indicator. Or one of
    changes and one of their causes."""
    here, name = _begin(desk, "xlsx", remote)
    book = Workbook(write_only=True)
    for title, head, rows in _sheets(here):
        sheet = book.create_sheet(title)
        for row in (head, *_safe(rows)):
            sheet.append(row)
    file = SpooledTemporaryFile(max_size=1 << 22)  # noqa: SIM115 - whoever sends it closes it
    book.save(file)
    file.seek(0)
    return file, name


def _begin(desk: Desk, form: str, remote: str) -> tuple[Workshop, str]:
    here = Workshop(desk)
    compared = desk.state.view == "changes"
    if not desk.person.can("evaluation.view") or here.loaded is None or (compared and here.predecessor is None):
        raise NotFound("export", "no such export")
    region = here.head.region_code if here.head else desk.region.code
    subject = str(here.head.id) if here.head else desk.state.edition
    with desk.deps.database.write() as session:
        add_audit(session, desk.now, desk.person, "ranking.export", subject=subject, region=region,
                  detail={"query": desk.state.to(), "form": form}, remote=remote)  # fmt: skip
    period = f"{here.head.start:%Y-%m}" if here.head else "now"
    against = f"-since-{here.predecessor.start:%Y-%m}" if compared else ""
    return here, f"ranking-{here.scheme.key}-{period}{against}"


def _sheets(here: Workshop) -> tuple[tuple[str, tuple[str, ...], Iterator[tuple]], ...]:
    """(title, head, rows) of what the screen shows and of what stands behind it."""
    if here.state.view == "changes":
        return ("changes", _SHIFTS, _shifts(here)), ("causes", _CAUSES, _causes(here))
    return ("ranking", _RANKS, _ranks(here)), ("figures", _FIGURES, _figures(here))


def _safe(rows: Iterator[tuple]) -> Iterator[list]:
    return ([neutral(_plain(value)) for value in row] for row in rows)


def _plain(value: object) -> object:
    """No data is an empty cell, a flag 1 or 0."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return int(value) if isinstance(value, bool) else value


def _ranks(here: Workshop) -> Iterator[tuple]:
    for one in places(here):
        yield _rank_row(here, one)


def _rank_row(here: Workshop, one: Place) -> tuple:
    found = here.places[one.region]
    return (one.rank, one.tied, one.band, one.region, one.name, one.city, one.score, found.low, found.high, one.first, one.last,
            one.close, one.standing, found.deducted, found.coverage, one.moved, found.peers, found.peer_rank)  # fmt: skip


def _figures(here: Workshop) -> Iterator[tuple]:
    _scheme, given, result = here.loaded
    for one in places(here):
        row = here.row(one.region)
        for column, key in enumerate(here.scheme.keys):
            cells = (given.numerator, given.denominator, result.scores.value, result.scores.normal)
            yield (one.region, one.name, key, *(float(cell[row, column]) for cell in cells))


def _shifts(here: Workshop) -> Iterator[tuple]:
    for one in shifts(here):
        yield (one.region, one.name, one.city, one.band_then, one.band, one.rank_then, one.rank, one.moved, one.score_then,
               one.score, None if one.gain is None else round(one.gain, here.scheme.digits))  # fmt: skip


def _causes(here: Workshop) -> Iterator[tuple]:
    for one in shifts(here):
        for cause in one.causes:
            yield (one.region, one.name, cause.key, cause.then, cause.now, cause.points)
