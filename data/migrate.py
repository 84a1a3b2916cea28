"""Brings a database to the current schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from dashboard.domain.errors import UserError

FOLDER = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run all migrations up to `revision`; nothing happens where they have run.

    Raises UserError where the database cannot be reached.
    """
    try:
        with engine.execution_options(immediate=True).begin() as connection:
            command.upgrade(config(connection), revision)
    except OperationalError as error:
        address = engine.url.render_as_string(hide_password=True)
        hint = "check DATABASE_URL (or DATA_DIR), and that the database runs and lets you in"
        raise UserError("database", f"the database does not answer: {error.orig}", got=address, hint=hint) from None


def config(connection) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.attributes["connection"] = connection
    return settings
