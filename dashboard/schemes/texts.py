"""What the shipped scheme files say in words, for the catalogue of translations (dashboard/translations/babel.cfg)."""

import tomllib
from collections.abc import Iterator
from typing import BinaryIO

TEXTS = (
    "unit",
    "definition",
    "cohort",
    "clock",
    "standard",
)  # of an indicator; names have their own English in the file


def extract(file: BinaryIO, _keywords: object, _comments: object, options: object) -> Iterator[tuple]:
    """(line, None, text, []) of each text, as Babel asks a method of extraction for it. `options`: none."""
    source = file.read().decode("utf-8")
    for one in tomllib.loads(source).get("indicator", ()):
        for key in TEXTS:
            if text := one.get(key):
                yield source.count("\n", 0, source.find(text)) + 1, None, text, []
