"""The product as it is served: hundreds of streams in one process, and a database that another process keeps busy."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from urllib.request import Request, urlopen

import pytest

from dashboard.deps import utc_now
from data.session import Database
from data.writes.feed import add_change
from tests.browser.servers import ROOT, Server

STREAMS, PATIENCE = 300, 60
BUSY = """
from gevent import monkey
monkey.patch_all()
import sqlite3, sys, gevent
from sqlalchemy import text
from data.session import Database

database = Database(f"sqlite:///{sys.argv[1]}")
with database.write() as session:
    session.execute(text("CREATE TABLE t (x)"))
other = sqlite3.connect(sys.argv[1], isolation_level=None)  # stands for another process
other.execute("BEGIN IMMEDIATE")
order = []

def write(name):
    with database.write() as session:
        session.execute(text("INSERT INTO t VALUES (1)"))
        gevent.sleep(0)  # another greenlet has its turn while this one writes
        order.append(name)

def let_go():
    for _turn in range(20):
        gevent.sleep(0.001)
    order.append("others went on")
    other.execute("COMMIT")

gevent.joinall([gevent.spawn(write, "a"), gevent.spawn(write, "b"), gevent.spawn(let_go)], raise_error=True)
print(*order, sep=",")
"""


def test_waiting_for_a_busy_sqlite_holds_up_no_other_greenlet(tmp_path):
    done = subprocess.run([sys.executable, "-c", BUSY, str(tmp_path / "busy.sqlite")], cwd=ROOT, capture_output=True,
                          text=True, timeout=PATIENCE)  # fmt: skip
    assert done.stdout.strip() == "others went on,a,b", done.stderr


@pytest.fixture(scope="module")
def server(demo) -> Iterator[Server]:
    with demo("1") as found:
        yield found


@pytest.fixture
def ask(server: Server) -> Iterator[Callable[..., dict]]:
    """A program that holds streams on the server, see tests/bench/streams.py."""
    port = server.base.rsplit(":", 1)[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.streams", "127.0.0.1", port], cwd=ROOT, text=True,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip

    def tell(**given: object) -> dict:
        process.stdin.write(json.dumps(given) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    yield tell
    process.stdin.close()
    process.wait(PATIENCE)
    process.stdout.close()


def healthy(server: Server) -> bool:
    with urlopen(f"{server.base}/healthz", timeout=PATIENCE) as answer:
        return json.load(answer)["status"] == "ok"


def told(database: Database) -> None:
    with database.write() as session:
        add_change(session, utc_now(), "case", "report", ref="r", place={"province_code": "330000"})


def test_one_process_holds_hundreds_of_streams_feeds_them_all_and_stops_by_itself(server: Server, ask):
    assert ask(open=STREAMS, cookie="", query="region=330000")["open"] == STREAMS
    assert healthy(server)
    database = server.database(writable=True)
    for number in range(1, 4):
        told(database)
        while ask()["heard"] < number * STREAMS:
            assert ask()["open"] == STREAMS
    assert healthy(server)
    assert ask() == {"open": STREAMS, "heard": 3 * STREAMS, "ended": 0}
    database.engine.dispose()
    process = server.process
    server.stop()
    assert process.returncode == 0, "it had to be killed"
    while ask()["open"]:
        assert ask()["ended"] <= STREAMS
    assert ask()["ended"] == STREAMS


def test_a_stream_is_not_stored_buffered_or_compressed(server: Server):
    if server.process is None:
        server.start()
    eager = Request(f"{server.base}/live", headers={"Accept-Encoding": "gzip, br"})
    with urlopen(eager, timeout=PATIENCE) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Accel-Buffering"] == "no"
        assert answer.headers["Content-Encoding"] is None
        assert answer.readline() == b"retry: 2000\n"
