"""The bell between processes, on a real Redis with a port of its own."""

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.exceptions import RedisError

from dashboard import bell, live
from dashboard.bell import Bell
from dashboard.live import Hub
from data.session import Database
from tests.dashboard.test_live import listening, tell, wait_for
from tests.postgres import free_port

PATIENCE = 20.0


@pytest.fixture  # one for each test: it counts who listens, and a bell that was stopped may hang on for a moment
def redis_url(tmp_path_factory) -> Iterator[str]:
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.skip("redis-server is not installed (apt-get install redis-server)")
    port, folder = free_port(), tmp_path_factory.mktemp("redis")
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    client = Redis.from_url(url)
    until = time.monotonic() + PATIENCE
    while not answers(client) and time.monotonic() < until:
        time.sleep(0.05)  # between two questions; nothing of ours says when it listens
    yield url
    client.close()
    process.terminate()
    process.wait(PATIENCE)


def answers(client: Redis) -> bool:
    try:
        return client.ping()
    except RedisError:
        return False


def test_a_ring_wakes_the_hub_of_another_process(redis_url: str, sqlite_database: Database, monkeypatch):
    monkeypatch.setattr(live, "LOOK_WITH_BELL_SECONDS", 3600.0)
    monkeypatch.setattr(live, "LOOK_SECONDS", 3600.0)  # whatever comes, comes by the bell
    other = Database(sqlite_database.engine.url.render_as_string(hide_password=False))
    here, there = Hub(sqlite_database, redis_url=redis_url), Hub(other, redis_url=redis_url)
    with listening(here) as mine:
        listens(redis_url)
        tell(other, "a")
        assert wait_for(mine, 1) == ["a"]
        tell(sqlite_database, "b")
        assert wait_for(mine, 1) == ["b"]
    assert there.listening == 0
    other.engine.dispose()


def listens(url: str) -> None:
    """Wait until somebody has subscribed."""
    with Redis.from_url(url) as client:
        until = time.monotonic() + PATIENCE
        while not client.pubsub_numsub(bell.CHANNEL)[0][1]:
            assert time.monotonic() < until
            time.sleep(0.02)  # Redis alone knows


def test_without_redis_a_write_goes_on_and_asks_it_but_once(sqlite_database: Database, caplog):
    hub = Hub(sqlite_database, redis_url=f"redis://127.0.0.1:{free_port()}/0")
    with listening(hub) as mine:
        for ref in "abc":
            tell(sqlite_database, ref)
        assert wait_for(mine, 3) == ["a", "b", "c"]
    assert sum("does not take a ring" in line for line in caplog.messages) == 1


def test_a_bell_that_is_stopped_listens_no_more(redis_url: str):
    rung = threading.Event()
    one = Bell(redis_url, rung.set)
    one.listen()
    listens(redis_url)
    one.ring()
    assert rung.wait(PATIENCE)
    one.stop()
    with Redis.from_url(redis_url) as client:
        until = time.monotonic() + PATIENCE
        while client.pubsub_numsub(bell.CHANNEL)[0][1]:
            assert time.monotonic() < until
            time.sleep(0.02)  # Redis alone knows
