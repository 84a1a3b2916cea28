"""Starts the product as app.py does, at another time: `CLOCK_AT=2026-12-01T10:00+08:00 python -m tests.browser.later`.

From there its clock goes on as ours does. Answers for nothing else; what it serves is app.py.
"""

import os
import runpy
from datetime import datetime
from functools import partial
from pathlib import Path

if __name__ == "__main__":  # before all else, as in app.py
    from gevent import monkey

    monkey.patch_all()

from dashboard import factory
from dashboard.deps import Deps, utc_now

if __name__ == "__main__":
    ahead = datetime.fromisoformat(os.environ["CLOCK_AT"]) - utc_now()
    factory.Deps = partial(Deps, clock=lambda: utc_now() + ahead)
    runpy.run_path(str(Path(__file__).parents[2] / "app.py"), run_name="__main__")
