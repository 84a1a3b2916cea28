"""What people say of regions in the demo, from verdicts.toml: deductions, problems, lists, rungs and appeals."""

import tomllib
from functools import cache

from data.seed.settings import HERE


@cache
def verdicts() -> dict:
    """{"deduction": rows, "problem": rows, "listing": rows, "rung": rows, "appeal": rows, "words": table}."""
    return tomllib.loads((HERE / "verdicts.toml").read_text(encoding="utf-8"))
