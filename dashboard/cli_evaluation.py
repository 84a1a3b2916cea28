"""The command `evaluate`: parses, makes one call, and prints or writes what came of it."""

from collections.abc import Sequence
from pathlib import Path

import click
from flask import current_app

from dashboard.cli_people import answering, table
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import Result, Scheme, Standing
from dashboard.services.spreadsheets import check_form, to_file
from dashboard.services.table_evaluation import evaluate_table, in_order, result_rows

_FILE = click.Path(path_type=Path)
_HEAD = ("rank", "region", "score", "band", "95 % interval", "ranks of 90 %", "like the one above", "data")


@click.command("evaluate")
@click.option("--scheme", "scheme_file", required=True, type=_FILE, help="TOML file: indicators, weights, cuts.")
@click.option("--data", required=True, type=_FILE, help="CSV or Excel file, a row for each region.")
@click.option("--region", default="", help='Column that names the regions. Default: "region", or the first.')
@click.option("--out", default=None, type=_FILE, help="Write all figures to this .csv or .xlsx file.")
def evaluate_command(scheme_file: Path, data: Path, region: str, out: Path | None) -> None:
    """Rank the regions of a table by a scheme. Nothing is stored."""
    with answering():
        form = check_form(out.suffix.removeprefix(".").lower()) if out else ""
        day = current_app.extensions["deps"].clock().date()
        scheme, _inputs, result = evaluate_table(scheme_file, data, day, region)
        if out is None:
            click.echo(ranking_text(scheme, result))
            return
        _write(out, to_file(result_rows(scheme, result), form, scheme.key))
        click.echo(f"{len(result.standings):,} regions, {_ranked(result):,} of them ranked, are in {out}")


def ranking_text(scheme: Scheme, result: Result) -> str:
    """The ranking in aligned columns. Equal published scores share a rank."""
    rows = [_row(scheme, one) for _at, one in in_order(result)]
    head = f"{scheme.name_en} ({scheme.key}, version {scheme.version}): {_ranked(result):,} of {len(rows):,} regions ranked"
    return "\n".join((head, "", *table(_HEAD, rows)))


def _row(scheme: Scheme, one: Standing) -> Sequence[str]:
    def points(number: float | None) -> str:
        return "—" if number is None else f"{number:.{scheme.digits}f}"

    measured = one.low is None or one.low == one.high  # not counted, so chance has no part in it
    interval = "—" if measured else f"{points(one.low)}–{points(one.high)}"
    places = "—" if one.first is None else f"{one.first}–{one.last}"
    rank = "—" if one.rank is None else f"{one.rank}{'=' if one.tied else ''}"
    return (rank, one.region, points(one.published), one.band or "—", interval, places, "≈" if one.close else "",
            f"{one.coverage:.0%}")  # fmt: skip


def _ranked(result: Result) -> int:
    return sum(one.rank is not None for one in result.standings)


def _write(out: Path, content: bytes) -> None:
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError("out", f"{out} cannot be written: {error.strerror}") from None
