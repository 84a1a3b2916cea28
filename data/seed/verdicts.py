"""What people say of regions in the demo, from verdicts.toml: deductions, problems, lists, rungs, appeals, what was found
and what was audited."""

import tomllib
from functools import cache

from data.seed.settings import HERE


@cache
def verdicts() -> dict:
    """{"deduction": rows, "problem": rows, "listing": rows, "rung": rows, "appeal": rows, "finding": rows,
    "sample": rows, "audit": table, "words": table}."""
    return tomllib.loads((HERE / "verdicts.toml").read_text(encoding="utf-8"))
