"""A private PostgreSQL for the tests: own port, temporary folder, stopped at the end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=256MB"


def find_binaries() -> Path | None:
    """Folder of initdb and pg_ctl; None where PostgreSQL is not installed."""
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb")) or [p for p in [shutil.which("initdb")] if p]
    return Path(found[-1]).parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def private_postgres(options: str = _FAST) -> Iterator[str]:
    """Address of a running server, without the database's name."""
    binaries, folder, port = find_binaries(), Path(tempfile.mkdtemp(prefix="ypld-pg-")), free_port()
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if user:
        shutil.chown(folder, "postgres", "postgres")
    run = {"check": True, "cwd": "/", "stdout": subprocess.DEVNULL}
    try:
        subprocess.run([*user, binaries / "initdb", "-D", folder / "db", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                        "--locale=C.UTF-8", "--no-sync"], **run)  # fmt: skip
        subprocess.run([*user, binaries / "pg_ctl", "-D", folder / "db", "-l", folder / "log", "-w",
                        "-o", f"-p {port} -k {folder} {options}", "start"], **run)  # fmt: skip
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        subprocess.run([*user, binaries / "pg_ctl", "-D", folder / "db", "-m", "immediate", "-w", "stop"],
                       check=False, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
