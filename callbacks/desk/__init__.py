"""The desk's callbacks."""

from dash import Dash

MODULES = ()


def register(app: Dash) -> None:
    for module in MODULES:
        module.register(app)
