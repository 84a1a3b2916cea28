"""Evaluation schemes as TOML: reads them, checks all of them before anything is reckoned, and writes them again.

A mistake is a UserError that names file, line, what stands there and what is allowed. Leaves out what a scheme does:
dashboard.domain.evaluation.
"""

from dashboard.schemes.changes import Change, changes
from dashboard.schemes.reading import SHIPPED, load_scheme, read_scheme, shipped
from dashboard.schemes.writing import scheme_text

__all__ = ["SHIPPED", "Change", "changes", "load_scheme", "read_scheme", "scheme_text", "shipped"]
