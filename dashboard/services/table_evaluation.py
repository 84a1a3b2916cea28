"""A scheme over any table, without a database: what `flask --app app evaluate` does."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import peers
from dashboard.domain.evaluation.engine import evaluate
from dashboard.domain.evaluation.model import Inputs, Result, Scheme, Standing
from dashboard.imports.figures import Figures, read_figures
from dashboard.schemes import load_scheme

HEAD = ("rank", "tied", "region", "score", "band", "low", "high", "rank_from", "rank_to", "close", "coverage")


def evaluate_table(scheme_file: Path, data: Path, day: date, region: str = "") -> tuple[Scheme, Inputs, Result]:
    """`region`: the column that names the regions ("" the one called region, or the first). Raises UserError."""
    scheme = load_scheme(scheme_file)
    counted = [one.key for one in scheme.indicators if one.source == "cases"]
    if counted:
        raise UserError("scheme", f"{scheme.key} counts cases, which no table holds", got=counted,
                        hint="its figures come with an edition")  # fmt: skip
    inputs = make_inputs(scheme, read_figures(data, scheme, region=region), day)
    return scheme, inputs, evaluate(scheme, inputs)


def make_inputs(scheme: Scheme, figures: Figures, day: date) -> Inputs:
    """All regions of the table are of one peer group; nothing is deducted."""

    def read(column: str, part: int) -> list[float]:
        cells = (figures.cells.get((region, column), (None, None))[part] for region in figures.regions)
        return [np.nan if cell is None else cell for cell in cells]

    exposures = sorted({one.exposure for one in scheme.indicators if one.exposure})
    return Inputs(
        regions=figures.regions,
        numerator=np.column_stack([read(one.column, 0) for one in scheme.indicators]),
        denominator=np.column_stack([read(one.column, 1) for one in scheme.indicators]),
        exposure={name: np.array(read(name, 0)) for name in exposures},
        peers=(peers.ALL,) * len(figures.regions),
        day=day,
    )


def in_order(result: Result) -> list[tuple[int, Standing]]:
    """(row of the table, standing), the first rank first; who is not ranked stands at the end, as in the table."""
    rows = enumerate(result.standings)
    return sorted(rows, key=lambda row: (row[1].rank is None, row[1].rank or 0, row[0]))


def result_rows(scheme: Scheme, result: Result) -> Iterator[list]:
    """A head, then a row for each region: its standing, points of every node, value and points of every indicator."""
    nodes = [f"{key}_points" for key in scheme.node_keys[1:]]
    yield [*HEAD, *nodes, *(name for key in scheme.keys for name in (key, f"{key}_points"))]
    for at, one in in_order(result):
        scores = result.scores
        pairs = zip(scores.value[at], scores.normal[at], strict=True)
        yield [one.rank, int(one.tied), one.region, one.published, one.band, _plain(one.low), _plain(one.high), one.first,
               one.last, int(one.close), _plain(one.coverage), *map(_plain, scores.nodes[at, 1:]),
               *(_plain(number) for pair in pairs for number in pair)]  # fmt: skip


def _plain(number: float | None) -> float | None:
    return None if number is None or np.isnan(number) else round(float(number), 6)
