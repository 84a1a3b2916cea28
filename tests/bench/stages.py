"""The databases a benchmark runs on, empty or kept from an earlier run, and the PostgreSQL server it starts.

Answers for places and servers. Leaves filling to `fill`. The server's durability is off (fsync=off), which makes
loading and commits faster than in operation; reads do not notice.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

from data.session import Database
from tests.postgres import find_binaries, free_port

OPTIONS = {
    "shared_buffers": "2GB", "work_mem": "32MB", "maintenance_work_mem": "1GB", "effective_cache_size": "12GB",
    "max_wal_size": "16GB", "random_page_cost": "1.1", "fsync": "off", "full_page_writes": "off", "jit": "off",
}  # fmt: skip
NAME, BESIDE = "bench", "beside"


@dataclass(frozen=True, slots=True)
class Stage:
    """One database: its kind, its address, and the folder that keeps what is known about its content."""

    kind: str
    url: str
    folder: Path

    def version(self, database: Database) -> str:
        with database.engine.connect() as connection:
            return f"{self.kind} {'.'.join(map(str, connection.dialect.server_version_info[:3]))}"


@contextmanager
def open_stage(kind: str, folder: Path) -> Iterator[Stage]:
    """The database of this kind under `folder`; PostgreSQL's server runs meanwhile."""
    here = folder / kind
    here.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield Stage(kind, f"sqlite:///{here / 'bench.sqlite'}", here)
        return
    with _postgres(here) as server:
        yield Stage(kind, f"{server}/{NAME}", here)


@contextmanager
def beside(stage: Stage) -> Iterator[Stage]:
    """An empty database of the same kind on the same server and disk, gone at the end."""
    folder, url = Path(tempfile.mkdtemp(prefix="beside-", dir=stage.folder)), make_url(stage.url)
    drop = f"DROP DATABASE IF EXISTS {BESIDE} WITH (FORCE)"
    try:
        if stage.kind == "sqlite":
            yield Stage(stage.kind, f"sqlite:///{folder / 'beside.sqlite'}", folder)
            return
        _admin(url, drop, f"CREATE DATABASE {BESIDE} TEMPLATE template0")
        yield Stage(stage.kind, url.set(database=BESIDE).render_as_string(hide_password=False), folder)
        _admin(url, drop)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    """Address of a server whose cluster lies in `folder`; made when it is not there, stopped at the end."""
    binaries, port, cluster = find_binaries(), free_port(), folder / "cluster"
    if binaries is None:
        raise SystemExit("bench: PostgreSQL is not installed; install it, or give --databases sqlite")
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres", "postgres")
    fresh = not cluster.exists()
    if fresh:
        _run([*user, binaries / "initdb", "-D", cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8", "--no-sync"])  # fmt: skip
    options = " ".join(f"-c {name}={value}" for name, value in OPTIONS.items())
    control = [*user, binaries / "pg_ctl", "-D", cluster, "-w", "-t", "300"]
    _run([*control, "-l", folder / "log", "-o", f"-p {port} -k {folder} {options}", "start"])
    server = f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    try:
        if fresh:
            _admin(make_url(server), f"CREATE DATABASE {NAME} TEMPLATE template0")
        yield server
    finally:
        _run([*control, "-m", "fast", "stop"])


def _admin(url: URL, *statements: str) -> None:
    """Create or drop a database; SQLAlchemy has no construct for either."""
    engine = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _run(command: list) -> None:
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)
