"""Starts the product: `python app.py` serves it, `flask --app app ...` runs its commands (see README)."""

import sys

if __name__ == "__main__":  # before all else: what is imported below must find the cooperative library
    from gevent import monkey

    monkey.patch_all()

from dashboard.domain.errors import UserError
from dashboard.factory import create_app
from dashboard.settings import Settings

try:
    settings = Settings.from_env()
    server = create_app(settings)
except UserError as error:
    sys.exit(f"cannot start: {error}")
app = server

if __name__ == "__main__":
    from dashboard.serve import serve

    serve(server, settings)
