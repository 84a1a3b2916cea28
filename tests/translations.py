"""The strings of the code and the English catalogue, for tests and for whoever keeps the catalogue."""

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from dashboard.schemes.texts import extract

ROOT = Path(__file__).parents[1]
PO = ROOT / "dashboard" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
FOLDERS = ("dashboard", "layouts", "callbacks")  # as in dashboard/translations/babel.cfg
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


def strings_of_the_code() -> dict[str, str]:
    """{string: path:line where it first stands}"""
    found: dict[str, str] = {}
    for method, path in _sources():
        for line, message, _comments, _context in extract_from_file(method, path, keywords=KEYWORDS):
            for text in (message,) if isinstance(message, str) else message:
                found.setdefault(text, f"{path.relative_to(ROOT)}:{line}")
    return found


def _sources() -> list[tuple[str | Callable, Path]]:
    code = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    templates = sorted((ROOT / "layouts" / "templates").rglob("*.html"))
    schemes = sorted((ROOT / "data" / "catalog" / "schemes").glob("*.toml"))
    found = {"python": code, "jinja2": templates, extract: schemes}
    return [(method, path) for method, paths in found.items() for path in paths]


def english() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")
