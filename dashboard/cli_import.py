"""The command `import-cases`: parses, makes one call, and says in words what came of it."""

import sys
from dataclasses import replace
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from dashboard.domain.errors import UserError
from dashboard.imports.mapping_file import load_mapping
from dashboard.services.importing import ImportReport, import_cases
from data.regions.pack import PackError, load_pack

_FILE = click.Path(path_type=Path)
FLAGS = {  # what a flag means, for the summary
    "closed_before_reported": "closed before they were reported (times kept as given)",
    "stage_before_reported": "with a stage before the report (times kept as given)",
    "closing_time_from_update": "ended without a time for it; the last update was taken",
    "open_with_closing_time": "open, though the source gives a closing time; it was left out",
    "no_position": "without a position",
    "position_outside": "with a position outside the regions; it was left out",
    **{f"unassigned_{level}": f"without a known {level}; filed under the unassigned one"
       for level in ("province", "city", "county", "township", "village", "grid")},
}  # fmt: skip


@click.command("import-cases")
@click.argument("file", type=_FILE)
@click.option("--mapping", required=True, type=_FILE, help="TOML file that says what the columns mean.")
@click.option("--regions", required=True, help="Region pack: its key, or its folder.")
@click.option("--encoding", default="", help="Encoding of a text file. Default: found out.")
@click.option("--sheet", default="", help="Sheet of an Excel file. Default: the first.")
@click.option("--rejects", type=_FILE, default=None, help="Where rejected rows go. Default: FILE.rejected.csv.")
@click.option("--dataset", default="", help="Key of the dataset. Default: the mapping's.")
@click.option("--limit", type=click.IntRange(min=1), default=None, help="Read only so many rows.")
@with_appcontext
def import_cases_command(file: Path, mapping: Path, regions: str, encoding: str, sheet: str, rejects: Path | None,
                         dataset: str, limit: int | None) -> None:  # fmt: skip
    """Import the records in FILE (CSV or Excel) as cases. Run again, it takes over only what changed."""
    deps = current_app.extensions["deps"]
    try:
        said = load_mapping(mapping, deps.catalog)
        said = replace(said, dataset=replace(said.dataset, key=dataset)) if dataset else said
        with Meter() as meter:
            report = import_cases(
                deps.database, deps.catalog, file, said, load_pack(regions), now=deps.clock(), rejects=rejects,
                progress=meter, encoding=encoding, sheet=sheet, limit=limit,
            )  # fmt: skip
    except (UserError, PackError, OSError) as error:
        click.echo(f"import-cases: {error}", err=True)
        sys.exit(1)
    click.echo(summary(report))
    sys.exit(0 if report.imported else 1)


class Meter:
    """Shows how far an import is: a bar on a terminal, a line for every tenth of the file elsewhere."""

    def __init__(self):
        self._bar, self._next = None, 0.1

    def __enter__(self) -> "Meter":
        if sys.stderr.isatty():
            form = "{percentage:3.0f}% |{bar}| {postfix} [{elapsed} < {remaining}]"
            self._bar = tqdm(total=100.0, bar_format=form)
        return self

    def __exit__(self, *_error) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, report: ImportReport, done: float) -> None:
        said = f"{report.read:,} rows read, {report.rejected:,} rejected"
        if self._bar is not None:
            self._bar.set_postfix_str(said, refresh=False)
            self._bar.update(max(0.0, done * 100 - self._bar.n))
        elif done >= self._next:
            self._next = done + 0.1
            click.echo(f"{done:4.0%}  {said}", err=True)


def summary(report: ImportReport) -> str:
    """The report in sentences."""
    lines = [
        f"{report.file} ({report.about}): {report.read:,} records read",
        f"{report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, {report.rejected:,} rejected",
    ]
    if report.flagged:
        lines.append("Kept, but odd:")
        lines += [f"{count:>10,}  {FLAGS.get(flag, flag)}" for flag, count in report.flagged.most_common()]
    if report.rejects:
        lines.append(f"Rejected rows, each with its reason, are in {report.rejects}")
    if not report.read:
        lines.append("The file has a header and no rows; nothing was imported.")
    return "\n".join(lines)
