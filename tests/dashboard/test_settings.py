"""Settings: what the environment may say, and the answer to each mistake."""

from pathlib import Path

import pytest

from dashboard.domain.errors import UserError
from dashboard.settings import Settings
from data.session import make_engine

BAD = (  # variable, value, what the answer holds
    ("PORT", "0", "PORT is a whole number; got '0'; allowed: 1 to 65535"),
    ("PORT", "65536", "allowed: 1 to 65535"),
    ("PORT", "-1", "PORT is a whole number"),
    ("PORT", "80.5", "PORT is a whole number"),
    ("PORT", "http", "PORT is a whole number; got 'http'"),
    ("PORT", "８０", "PORT is a whole number"),
    ("PORT", "9" * 5000, "PORT is a whole number"),
    ("DEMO", "maybe", "DEMO is a switch; got 'maybe'; allowed: 1, true, yes, on, 0, false, no, off"),
    ("DEMO", "2", "DEMO is a switch"),
    ("LIVE", "sometimes", "LIVE is a switch; got 'sometimes'"),
    ("DEMO_CASES", "0", "DEMO_CASES is a whole number; got '0'; allowed: 1 to 20000000"),
    ("DEMO_CASES", "20000001", "allowed: 1 to 20000000"),
    ("DEMO_CASES", "many", "DEMO_CASES is a whole number"),
    ("WEB_WORKERS", "0", "WEB_WORKERS is a whole number; got '0'; allowed: 1 to 64"),
    ("WEB_WORKERS", "2", "SQLite is served by one web process; got 2; allowed: 1; give DATABASE_URL"),
    ("WORKER", "beside", "WORKER is a switch; got 'beside'"),
)
ADDRESSES = (  # DATABASE_URL, what the answer holds
    ("mysql://root@localhost/x", "names an unknown database; got 'mysql'; allowed: sqlite:///FILE or postgresql"),
    ("oracle://x", "DATABASE_URL names an unknown database"),
    ("not an address", "DATABASE_URL is not an address; allowed: sqlite:///FILE"),
    ("nosuchthing://x", "DATABASE_URL"),
)
SWITCHES = [(text, True) for text in ("1", "true", "YES", " on ")] + [
    (text, False) for text in ("0", "False", "no", "off")
]


def read(folder: Path, **env: str) -> Settings:
    return Settings.from_env({"DATA_DIR": str(folder), **env})


def test_with_nothing_set_the_product_runs_here_with_demo_data(tmp_path: Path):
    found = read(tmp_path)
    assert (found.host, found.port, found.redis_url) == ("127.0.0.1", 8050, "")
    assert (found.demo, found.live, found.demo_cases) == (True, True, 200_000)
    assert found.database_url == f"sqlite:///{tmp_path / 'ypld.sqlite'}"


def test_what_is_set_holds(tmp_path: Path):
    env = {"HOST": "0.0.0.0", "PORT": "80", "DATABASE_URL": "postgresql://db/x", "REDIS_URL": "redis://r"}
    found = read(tmp_path, **env, SECRET_KEY="k", DEMO="0", DEMO_CASES="5")
    assert (found.host, found.port, found.database_url, found.redis_url) == (
        "0.0.0.0",
        80,
        "postgresql://db/x",
        "redis://r",
    )
    assert (found.secret_key, found.demo, found.demo_cases, found.live) == ("k", False, 5, False)


def test_an_empty_value_is_as_good_as_none(tmp_path: Path):
    empty = dict.fromkeys(("HOST", "PORT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEMO", "DEMO_CASES", "LIVE"), "")
    assert read(tmp_path, **empty) == read(tmp_path)


@pytest.mark.parametrize("name, value, answer", BAD)
def test_a_bad_value_is_answered_with_name_value_and_what_is_allowed(
    tmp_path: Path, name: str, value: str, answer: str
):
    with pytest.raises(UserError) as caught:
        read(tmp_path, **{name: value})
    assert answer in str(caught.value)
    assert caught.value.code == "settings"


@pytest.mark.parametrize("text, on", SWITCHES)
def test_a_switch_understands_the_usual_words(tmp_path: Path, text: str, on: bool):
    assert read(tmp_path, DEMO=text).demo is on
    assert read(tmp_path, DEMO="0", LIVE=text).live is on


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"DATA_DIR.*got .*choose a folder that can be written"):
        read(tmp_path / "file" / "below")


def test_the_key_is_made_once_kept_beside_the_data_and_readable_by_no_one_else(tmp_path: Path):
    key = read(tmp_path).secret_key
    assert len(key) >= 48
    assert read(tmp_path).secret_key == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert read(tmp_path / "other").secret_key != key


@pytest.mark.parametrize("address, answer", ADDRESSES)
def test_a_bad_address_of_the_database_is_answered_without_repeating_it(address: str, answer: str):
    with pytest.raises(UserError) as caught:
        make_engine(address)
    assert answer in str(caught.value)
    assert "root@" not in str(caught.value)


def test_several_web_processes_want_postgresql_and_the_job_runs_once(tmp_path: Path):
    assert (read(tmp_path).web_workers, read(tmp_path).worker) == (1, True)
    found = read(tmp_path, DATABASE_URL="postgresql://db/x", WEB_WORKERS="4", WORKER="0")
    assert (found.web_workers, found.worker) == (4, False)
