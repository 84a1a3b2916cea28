"""The job beside the web server: folds roll-ups, lets cards fall, seals the audit log, and keeps the demo moving."""

import logging
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy.exc import OperationalError

from dashboard.services.audit import ANCHOR, seal
from dashboard.services.casework import fold_deltas, tick
from dashboard.services.evidence import forget_unused
from dashboard.services.hearing import forget_old_changes
from dashboard.services.live_demo import LiveDemo
from dashboard.services.people import forget_old_sessions
from dashboard.settings import Settings

log = logging.getLogger(__name__)
_SECONDS, _FORGET_SECONDS = 1.0, 600.0


def run(app: Flask, settings: Settings, go_on: Callable[[], bool] = lambda: True) -> None:
    """Runs while `go_on()`. A failed round is logged and tried again: a busy database must not end the job."""
    deps = app.extensions["deps"]
    demo = LiveDemo(deps) if settings.live else None
    forgot = -_FORGET_SECONDS
    while go_on():
        started = time.monotonic()
        try:
            tick(deps)
            if demo:
                demo.step()
            fold_deltas(deps)
            seal(deps, settings.data_dir / ANCHOR)
            if started - forgot >= _FORGET_SECONDS:
                forget_old_changes(deps)
                forget_unused(deps)
                forget_old_sessions(deps)
                forgot = started
        except OperationalError as error:
            log.warning("worker: the database is busy, trying again: %s", error.orig)
        except Exception:
            log.exception("worker: a round failed, trying again")
        time.sleep(max(0.0, _SECONDS - (time.monotonic() - started)))
