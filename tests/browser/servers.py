"""The product as its users start it: `app.py` in a process of its own, on a free port, in a folder of its own.

Answers for starting, watching and stopping it, also at a later time, for its commands, and for copies of a filled database.
Its log is shown when a test fails.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from data.session import Database
from tests.postgres import free_port

ROOT = Path(__file__).parents[2]
FILE = "ypld.sqlite"
START_SECONDS, STOP_SECONDS = 300, 15
LATER = ["-m", "tests.browser.later"]


@dataclass
class Server:
    """A running product. `process` is None while it is stopped."""

    base: str
    folder: Path
    env: dict[str, str]
    process: subprocess.Popen | None = None

    @property
    def file(self) -> Path:
        return self.folder / FILE

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def database(self, *, writable: bool = False) -> Database:
        """The database of the server, for the test's own process. Close its engine after use."""
        url = self.env.get("DATABASE_URL") or (
            f"sqlite:///{self.file}" if writable else f"sqlite:///file:{self.file}?mode=ro&uri=true"
        )
        return Database(url)

    def start(self, at: datetime | None = None) -> None:
        """`at`: what its clock says when it starts (tests/browser/later.py); without it the time is ours."""
        words, env = (["app.py"], self.env) if at is None else (LATER, {**self.env, "CLOCK_AT": at.isoformat()})
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=env, stdout=log, stderr=log)
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                text = self.log.read_text(encoding="utf-8")
                self.stop()
                raise RuntimeError(f"the server did not start:\n{text}")
            time.sleep(0.1)  # between two questions; nothing of ours says when it listens

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.base}/healthz", timeout=5) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`flask --app app …`, as its operator runs it beside the server."""
        asked = [sys.executable, "-m", "flask", "--app", "app", *words]
        return subprocess.run(asked, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


@contextmanager
def serving(folder: Path, **env: str) -> Iterator[Server]:
    """A product that has answered /healthz; stopped at the end."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "DEMO")}
    given = {"DATA_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1", "LIVE": "0", **env}
    server = Server(f"http://127.0.0.1:{port}", folder, {**kept, **given})
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def serving_demo(made: Path, folder: Path, cases: str) -> Iterator[Server]:
    """A product with that many demo cases in `folder`, copied from `made`, where they are made once for all tests."""
    kept = made / f"demo-{cases}"
    with Path(f"{kept}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another process may be at it
        if not kept.exists():
            new = made / f"new-{cases}"
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir()
            with serving(new, DEMO_CASES=cases):
                pass
            new.rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    with serving(folder, DEMO_CASES=cases) as found:
        yield found


def copy_database(source: Path, target: Path) -> None:
    """A copy of a database that is in use."""
    reader, writer = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(target)
    try:
        reader.backup(writer)
    finally:
        reader.close()
        writer.close()
