"""Commands about editions: which there are, whether they are what was sealed, and their archives as files."""

from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup

from dashboard.cli_people import answering, table
from dashboard.deps import Deps
from dashboard.domain.people import SYSTEM
from dashboard.services import edition_archive, editions, sealing

editions_group = AppGroup("editions", help="Editions of the evaluation: list, verify, recompute, export.")
_HEAD = ("edition", "scheme", "region", "level", "month", "issue", "state", "digest")


@editions_group.command("list")
def list_command() -> None:
    """All editions, the newest month first."""
    rows = [(str(one.id), f"{one.scheme_key} {one.scheme_version}", one.place, one.level, f"{one.start:%Y-%m}",
             str(one.issue), one.state, (one.digest or "")[:12]) for one in editions.list_editions(_deps(), SYSTEM)]  # fmt: skip
    click.echo("\n".join(table(_HEAD, rows)))


@editions_group.command("verify")
@click.argument("edition", type=click.UUID, required=False)
def verify_command(edition: UUID | None) -> None:
    """Check EDITION, or all of them, against what was sealed: every archived byte, every row, every step."""
    with answering():
        count, faults = (1, sealing.verify(_deps(), edition)) if edition else sealing.verify_all(_deps())
    for line in faults:
        click.echo(line, err=True)
    click.echo(f"{count:,} editions checked, {len(faults)} faults")
    raise SystemExit(1 if faults else 0)


@editions_group.command("recompute")
@click.argument("edition", type=click.UUID)
def recompute_command(edition: UUID) -> None:
    """Work EDITION out again from nothing but its archive, and set the digest of the result beside the sealed one."""
    with answering():
        sealed, again = sealing.recompute(_deps(), edition)
    click.echo(f"sealed      {sealed}\nrecomputed  {again}\n{'the same' if sealed == again else 'NOT the same'}")
    raise SystemExit(0 if sealed == again else 1)


@editions_group.command("export-archive")
@click.argument("edition", type=click.UUID)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def export_command(edition: UUID, file: Path) -> None:
    """Write the archive of EDITION into the ZIP file FILE, with the manifest that its digest covers."""
    with answering():
        body = edition_archive.export(_deps(), SYSTEM, edition)
    file.write_bytes(body)
    click.echo(f"{file}: {len(body):,} bytes")


def _deps() -> Deps:
    return current_app.extensions["deps"]
