"""Commands about people, walls with a device token, and units. Each parses, makes one call and says what came of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from unicodedata import east_asian_width

import click
from flask import current_app
from flask.cli import AppGroup

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.people import ROLES, SYSTEM, Grant
from dashboard.services import accounts, kiosks, units
from dashboard.services.demo_people import DemoAccount
from dashboard.services.people import NewUser, new_password

users = AppGroup("users", help="Accounts and what they are granted.")
kiosk = AppGroup("kiosk", help="Walls that run by a device token, without anybody signed in.")
units_group = AppGroup("units", help="Departments, command rooms and teams that can hold cases.")
_HEAD = ("account", "password", "role", "who", "where", "open")


def accounts_text(made: Iterable[DemoAccount], base: str) -> str:
    """The demo's accounts in aligned columns. `base`: the server's address."""
    rows = [(one.login, one.password, one.role, one.name, one.place, " ".join(base + path for path in one.opens))
            for one in made]  # fmt: skip
    return "\n".join((
        "", "Demo accounts, made just now. The passwords are shown this once; they are not stored in plain text.",
        "A new one for LOGIN: flask --app app users reset LOGIN", "", *table(_HEAD, rows), "",
    ))  # fmt: skip


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines with columns as wide as their widest word; a Chinese sign takes two places."""
    widths = [max(map(_width, column)) for column in zip(head, *rows, strict=True)]
    lines = ["  ".join(word + " " * (wide - _width(word)) for word, wide in zip(row, widths, strict=True))
             for row in (head, *rows)]  # fmt: skip
    return ["  " + line.rstrip() for line in lines]


def _width(word: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in word)


@users.command("add")
@click.argument("login")
@click.option("--name", required=True, help="What others see.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--region", required=True, help="Code of the region, with all below it.")
@click.option("--unit", default=None, help="Only the cases that this unit holds or held.")
def add_user(login: str, name: str, role: str, region: str, unit: str | None) -> None:
    """Add the account LOGIN with one grant; its password is told this once."""
    with answering():
        password = new_password()
        accounts.create_account(_deps(), SYSTEM, NewUser(login, name, password, (Grant(role, region, unit),)))
    click.echo(f"{login}: password {password}   (shown this once)")


@users.command("list")
def list_users() -> None:
    """All accounts with their grants."""
    rows = []
    for one in accounts.list_accounts(_deps(), SYSTEM):
        state = "disabled" if one.disabled_at else "demo" if one.demo else ""
        given = [(str(g.id), g.role, g.place, g.unit or "") for g in one.grants] or [("", "", "", "")]
        rows += [(one.login, one.name, state, *grant) for grant in given]
    click.echo("\n".join(table(("account", "name", "", "grant", "role", "where", "unit"), rows)))


@users.command("grant")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@click.argument("region")
@click.option("--unit", default=None, help="Only the cases that this unit holds or held.")
def grant_command(login: str, role: str, region: str, unit: str | None) -> None:
    """Give LOGIN the ROLE in REGION (a code)."""
    with answering():
        account = accounts.grant_role(_deps(), SYSTEM, _id(login), Grant(role, region, unit))
    click.echo(f"{login}: {_told(account)}")


@users.command("revoke")
@click.argument("login")
@click.argument("grant", type=click.UUID)
def revoke_command(login: str, grant) -> None:
    """Take a GRANT (its id, see `users list`) from LOGIN. Holds at once."""
    with answering():
        account = accounts.revoke_grant(_deps(), SYSTEM, _id(login), grant)
    click.echo(f"{login}: {_told(account)}")


@users.command("disable")
@click.argument("login")
@click.option("--undo", is_flag=True, help="Open the account again.")
def disable_command(login: str, undo: bool) -> None:
    """Shut LOGIN out and end its sessions."""
    with answering():
        accounts.disable(_deps(), SYSTEM, _id(login), disabled=not undo)
    click.echo(f"{login}: {'open again' if undo else 'disabled; its sessions have ended'}")


@users.command("reset")
@click.argument("login")
def reset_command(login: str) -> None:
    """Give LOGIN a new random password, told this once; its sessions end."""
    with answering():
        password = accounts.set_password(_deps(), SYSTEM, _id(login))
    click.echo(f"{login}: password {password}   (shown this once)")


@kiosk.command("add")
@click.argument("name")
@click.option("--region", required=True, help="Code of the region whose wall it shows.")
def add_kiosk(name: str, region: str) -> None:
    """Add the wall NAME; the address to open on it is told this once."""
    with answering():
        made, token = kiosks.add_kiosk(_deps(), SYSTEM, name, region)
    settings = current_app.extensions["settings"]
    click.echo(
        f"{made.name}, {made.place}: open http://{settings.host}:{settings.port}/kiosk/{token}   (shown this once)"
    )
    click.echo(f"revoke it with: flask --app app kiosk revoke {made.key[:12]}")


@kiosk.command("list")
def list_kiosks() -> None:
    """Walls whose token is not revoked."""
    rows = [(one.key[:12], one.name, one.place, f"{one.seen_at:%Y-%m-%d %H:%M} UTC")
            for one in kiosks.list_kiosks(_deps(), SYSTEM)]  # fmt: skip
    click.echo("\n".join(table(("key", "name", "where", "last seen"), rows)))


@kiosk.command("revoke")
@click.argument("key")
def revoke_kiosk(key: str) -> None:
    """Revoke the token of the wall KEY (see `kiosk list`). Holds at once."""
    with answering():
        gone = kiosks.revoke_kiosk(_deps(), SYSTEM, key)
    click.echo(f"{gone.name}: revoked")


@units_group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_units(file: Path) -> None:
    """Take over units from the CSV FILE with the columns region,name,kind_unit,load_limit. All or nothing."""
    with answering():
        report = units.import_units(_deps(), file)
    click.echo(f"{report.read:,} units read: {report.added:,} new, {report.changed:,} changed")


@units_group.command("make")
@click.option("--region", default="", help="Only this region (a code) and all below it. Default: all.")
def make_units(region: str) -> None:
    """Make the usual units from the catalogue, without load limits; those that are there stay as they are."""
    with answering():
        added = units.make_units(_deps(), region)
    click.echo(f"{added:,} units added")


class answering:
    """Turns a UserError into words and exit status 1."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, _trace) -> bool:
        if isinstance(error, UserError):
            raise click.ClickException(str(error)) from error
        return False


def _told(account) -> str:
    return "; ".join(" ".join(filter(None, (g.role, g.place, g.unit))) for g in account.grants) or "no grants"


def _id(login: str):
    return accounts.find_account_id(_deps(), login)


def _deps() -> Deps:
    return current_app.extensions["deps"]
