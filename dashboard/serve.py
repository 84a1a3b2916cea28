"""Serves the product in one command: demo data where the database is empty, the job beside, then the web server.

gunicorn with gevent: one process holds thousands of live streams, each a greenlet. `app.py` patches the standard library
before anything is imported. The job runs in a process of its own, so that a long round of it holds up no stream.
"""

import logging
import os
import resource
import signal

import gevent
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.ggevent import GeventWorker

from dashboard import worker
from dashboard.cli_people import accounts_text
from dashboard.services.demo import ensure_demo
from dashboard.services.demo_editions import ensure_demo_editions
from dashboard.services.demo_people import ensure_demo_people
from dashboard.services.shapes import warm
from dashboard.settings import Settings

log = logging.getLogger(__name__)
CONNECTIONS = 20_000
STOP_SECONDS, HUNG_SECONDS = 3, 120


class Worker(GeventWorker):
    """A web process that ends its live streams when it is told to stop, and so stops at once."""

    def handle_exit(self, sig, frame) -> None:
        super().handle_exit(sig, frame)
        gevent.spawn(self.wsgi.extensions["deps"].live.close)


class _Server(BaseApplication):
    def __init__(self, app: Flask, settings: Settings, job: "Job | None"):
        self._app, self._settings, self._job = app, settings, job
        super().__init__()

    def load_config(self) -> None:
        options = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "worker_class": Worker, "workers": self._settings.web_workers, "worker_connections": CONNECTIONS,
            "accesslog": None, "loglevel": "warning", "graceful_timeout": STOP_SECONDS, "timeout": HUNG_SECONDS,
            "on_exit": self._stop_job, "control_socket_disable": True,
        }  # fmt: skip
        for key, value in options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        return self._app

    def _stop_job(self, _arbiter) -> None:
        if self._job:
            self._job.stop()


class Job:
    """The job in a process of its own: started again when it dies, gone when this process is."""

    def __init__(self, app: Flask, settings: Settings):
        self._app, self._settings = app, settings
        self._pid = 0
        self._stopped = False

    def start(self) -> None:
        self._fork()
        gevent.spawn(self._watch, os.getpid())

    def stop(self) -> None:
        self._stopped = True
        _signal(self._pid, signal.SIGTERM)

    def _watch(self, here: int) -> None:
        """Greenlets are copied into the processes that are forked; there this one ends."""
        while not self._stopped and os.getpid() == here:
            gevent.sleep(1.0)
            if not self._stopped and os.getpid() == here and not _signal(self._pid, 0):
                log.error("the job has ended; it is started again")
                self._fork()

    def _fork(self) -> None:
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid:
            return
        try:
            for one in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):
                signal.signal(one, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the keyboard's is the parent's to answer
            worker.run(self._app, self._settings, lambda: os.getppid() == parent)
        finally:
            os._exit(0)


def _signal(pid: int, number: int) -> bool:
    """Send it; False where there is no such process."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def serve(app: Flask, settings: Settings) -> None:
    """Blocks until the server is stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    deps = app.extensions["deps"]
    if settings.demo:
        ensure_demo(deps, settings.demo_cases, print)
        if accounts := ensure_demo_people(deps):
            print(accounts_text(accounts, f"http://{settings.host}:{settings.port}"), flush=True)
    with app.app_context():
        if settings.demo:
            ensure_demo_editions(deps, print)
        warm(deps)
    deps.database.engine.dispose()  # each process opens its own connections
    _allow_many_files()
    gevent.sleep(0.1)  # threads that were started and are as good as done end here, not in the processes forked now
    job = Job(app, settings) if settings.worker else None
    if job:
        job.start()
    print(f"一屏两端 · 除险保安: http://{settings.host}:{settings.port}/wall/", flush=True)
    _Server(app, settings, job).run()


def _allow_many_files() -> None:
    """As many open files as the system lets this process have: every stream is one."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
