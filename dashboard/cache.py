"""Cached reads. A key names the function, the scope, the arguments and the data version: nobody sees another's scope."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from flask import Flask
from flask_caching import Cache

T = TypeVar("T")
_SECONDS = 600


class ReadCache:
    """A thin word over Flask-Caching that forces every key to carry scope and version."""

    def __init__(self, app: Flask, redis_url: str = ""):
        backend = (
            {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": redis_url} if redis_url else {"CACHE_TYPE": "SimpleCache"}
        )
        self._lock = Lock()  # the in-process backend prunes while others write
        self._cache = Cache(app, config={**backend, "CACHE_DEFAULT_TIMEOUT": _SECONDS, "CACHE_THRESHOLD": 5000,
                                         "CACHE_KEY_PREFIX": "read:"})  # fmt: skip

    def get(self, name: str, scope: str, version: object, arguments: tuple, make: Callable[[], T], *,
            seconds: int = _SECONDS) -> T:  # fmt: skip
        """The cached answer, or make() once. `make` must not answer None. `seconds`: kept at most so long."""
        key = "|".join((name, scope, str(version), repr(arguments)))
        found = self._cache.get(key)
        if found is None:
            found = make()
            with self._lock:
                self._cache.set(key, found, timeout=seconds)
        return found

    def clear(self) -> None:
        self._cache.clear()
