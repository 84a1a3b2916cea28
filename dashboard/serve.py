"""Serves the product in one command: demo data where the database is empty, the worker beside, then the web server."""

import logging
import threading

from flask import Flask
from gunicorn.app.base import BaseApplication

from dashboard import worker
from dashboard.services.demo import ensure_demo
from dashboard.settings import Settings

THREADS = 16


class _Server(BaseApplication):
    """gunicorn with one process and threads: the embedded shape."""

    def __init__(self, app: Flask, settings: Settings):
        self._app, self._settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": "gthread", "threads": THREADS, "workers": 1, "accesslog": None, "loglevel": "warning",
            "post_worker_init": self._start_worker, "graceful_timeout": 5,
            "control_socket_disable": True,
        }  # fmt: skip
        for key, value in options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        return self._app

    def _start_worker(self, _gunicorn) -> None:
        threading.Thread(target=worker.run, args=(self._app, self._settings), daemon=True, name="worker").start()


def serve(app: Flask, settings: Settings) -> None:
    """Blocks until the server is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    deps = app.extensions["deps"]
    if settings.demo:
        ensure_demo(deps, settings.demo_cases, print)
    deps.database.engine.dispose()  # the web process opens its own connections
    print(f"一屏两端 · 除险保安: http://{settings.host}:{settings.port}/wall/", flush=True)
    _Server(app, settings).run()
