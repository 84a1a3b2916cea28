"""Commands: `flask --app app <verb>`. Each parses, makes one call and says what came of it."""

import click
from flask import Flask, current_app

from dashboard import worker
from dashboard.cli_editions import editions_group
from dashboard.cli_evaluation import evaluate_command
from dashboard.cli_import import import_cases_command
from dashboard.cli_people import accounts_text, answering, kiosk, units_group, users
from dashboard.services.audit import ANCHOR, verify_audit
from dashboard.services.demo import ensure_demo, ensure_regions
from dashboard.services.demo_editions import ensure_demo_editions
from dashboard.services.demo_people import ensure_demo_people
from dashboard.services.verify import verify_stored


def register(server: Flask) -> None:
    for command in (
        seed,
        import_cases_command,
        import_regions,
        worker_command,
        verify,
        users,
        kiosk,
        units_group,
        evaluate_command,
        editions_group,
    ):
        server.cli.add_command(command)


@click.command("seed")
@click.option(
    "--cases", type=click.IntRange(1, 20_000_000), default=None, help="How many synthetic cases (DEMO_CASES)."
)
def seed(cases: int | None) -> None:
    """Fill an empty database with Zhejiang's regions and synthetic cases."""
    settings, deps = current_app.extensions["settings"], current_app.extensions["deps"]
    with answering():
        if not ensure_demo(deps, cases or settings.demo_cases, click.echo):
            click.echo("The database already has cases; none was changed.")
        if made := ensure_demo_people(deps):
            click.echo(accounts_text(made, f"http://{settings.host}:{settings.port}"))
        ensure_demo_editions(deps, click.echo)


@click.command("import-regions")
@click.argument("pack")
def import_regions(pack: str) -> None:
    """Install the region pack PACK (a key, or a folder) with its work calendar, without cases."""
    with answering():
        added = ensure_regions(current_app.extensions["deps"], pack)
    click.echo(
        f"{added:,} regions installed"
        if added
        else "The pack is installed already; its work calendar reaches a year ahead."
    )


@click.command("worker")
def worker_command() -> None:
    """Fold roll-ups, let cards fall, keep the demo moving. Runs until stopped."""
    worker.run(current_app._get_current_object(), current_app.extensions["settings"])


@click.command("verify")
def verify() -> None:
    """Check that the roll-ups equal the cases, that every case's history and the audit log are whole, and that every
    edition is what was sealed."""
    deps, settings = current_app.extensions["deps"], current_app.extensions["settings"]
    with answering():
        report = verify_stored(deps)
        rows, broken = verify_audit(deps, settings.data_dir / ANCHOR)
    faults = (*report.faults, *broken)
    for line in faults:
        click.echo(line, err=True)
    click.echo(
        f"{report.figures:,} figures, {report.steps:,} steps, {rows:,} audit rows and {report.editions:,} editions checked, "
        f"{len(faults)} faults"
    )
    raise SystemExit(1 if faults else 0)
