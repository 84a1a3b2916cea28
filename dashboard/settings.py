"""Settings: read once from the environment, checked, with an answer to every mistake."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dashboard.domain.errors import UserError

_HERE = "127.0.0.1"
_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True)
class Settings:
    """`demo`: fill an empty database with synthetic cases. `live`: keep synthetic cases coming.

    `wall_open`: the wall, and nothing else, is shown without sign-in. On with DEMO, where all cases are invented; off
    otherwise. `wall_open_real`: it was said in so many words (WALL_OPEN=1), so it holds for real records too.
    `secure_cookies`: cookies for https only; on unless the server listens on this machine alone. `proxies`: how many
    of one's own stand before the server, whose word about the client's address and https is taken.
    `web_workers`: web processes; one with SQLite. `worker`: run the job beside them; it must run once.
    """

    host: str
    port: int
    database_url: str
    redis_url: str
    secret_key: str
    data_dir: Path
    demo: bool
    demo_cases: int
    live: bool
    wall_open: bool
    wall_open_real: bool
    secure_cookies: bool
    proxies: int
    web_workers: int = 1
    worker: bool = True

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Raises UserError naming the variable, what it holds and what is allowed."""
        folder = Path(env.get("DATA_DIR") or Path(__file__).parents[1] / "instance")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            hint = "choose a folder that can be written"
            raise UserError("settings", f"DATA_DIR: {error.strerror}", got=str(folder), hint=hint) from None
        demo = _switch(env, "DEMO", True)
        database_url = env.get("DATABASE_URL") or f"sqlite:///{folder / 'ypld.sqlite'}"
        return cls(
            host=env.get("HOST") or _HERE,
            port=_number(env, "PORT", 8050, 1, 65535),
            database_url=database_url,
            redis_url=env.get("REDIS_URL", ""),
            secret_key=env.get("SECRET_KEY") or _kept_secret(folder),
            data_dir=folder,
            demo=demo,
            demo_cases=_number(env, "DEMO_CASES", 200_000, 1, 20_000_000),
            live=_switch(env, "LIVE", demo),
            wall_open=_switch(env, "WALL_OPEN", demo),
            wall_open_real=_switch(env, "WALL_OPEN", False),
            secure_cookies=_switch(
                env, "SECURE_COOKIES", (env.get("HOST") or _HERE) not in (_HERE, "localhost", "::1")
            ),
            proxies=_number(env, "PROXIES", 0, 0, 9),
            web_workers=_web_workers(env, database_url),
            worker=_switch(env, "WORKER", True),
        )


def _web_workers(env: Mapping[str, str], database_url: str) -> int:
    count = _number(env, "WEB_WORKERS", 1, 1, 64)
    if count > 1 and database_url.startswith("sqlite"):
        raise UserError("settings", "WEB_WORKERS: SQLite is served by one web process", got=count, allowed=1,
                        hint="give DATABASE_URL the address of a PostgreSQL")  # fmt: skip
    return count


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = env.get(name, "").strip().lower()
    if text and text not in _TRUE + _FALSE:
        raise UserError("settings", f"{name} is a switch", got=text, allowed=_TRUE + _FALSE)
    return default if not text else text in _TRUE


def _number(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = env.get(name, "").strip()
    if not text:
        return default
    if len(text) > 12 or not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise UserError("settings", f"{name} is a whole number", got=text, allowed=f"{low} to {high}")
    return int(text)


def _kept_secret(folder: Path) -> str:
    """A random key, made at the first start and kept beside the data."""
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()
