"""Texts become instants. Formats and zone come from the mapping; what a clock change makes doubtful is settled here."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.imports.mapping import TimesPart
from dashboard.imports.sheets import TIME_FORMAT

_OFFSET = re.compile(r"\s*(?:Z|[+-]\d\d:?\d\d)$")
NEVER = pd.DatetimeIndex([], dtype="datetime64[us, UTC]")


def parse_times(texts: Sequence[str], part: TimesPart) -> tuple[pd.DatetimeIndex, np.ndarray]:
    """(n,) UTC instants in whole microseconds, NaT where there is none; and where a text is no time.

    Formats are tried in the order of the mapping, then the one in which spreadsheet cells read. An hour that comes
    twice when clocks go back is taken as the first; one that is skipped becomes the end of the gap.
    """
    cells = pd.Series(texts, dtype=object)
    given = (cells != "").to_numpy()
    out = np.full(len(cells), np.datetime64("NaT", "us"))
    todo = given.copy()
    for form in dict.fromkeys((*part.formats, TIME_FORMAT)):
        if not todo.any():
            break
        found = _parse(cells[todo], form, part)
        out[todo] = found.tz_convert("UTC").tz_localize(None).to_numpy(dtype="datetime64[us]")
        todo = given & np.isnat(out)
    return pd.DatetimeIndex(out).tz_localize("UTC").as_unit("us"), todo


def _parse(cells: pd.Series, form: str, part: TimesPart) -> pd.DatetimeIndex:
    if "%z" in form and part.trust_offset:
        return pd.DatetimeIndex(pd.to_datetime(cells, format=form, errors="coerce", utc=True))
    if "%z" in form:
        cells, form = _without_offset(cells), form.replace("%z", "").rstrip()
    local = pd.DatetimeIndex(pd.to_datetime(cells, format=form, errors="coerce"))
    return local.tz_localize(part.zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward")


def _without_offset(cells: pd.Series) -> pd.Series:
    """Nearly always all offsets are written alike, and then a cut is enough."""
    texts = cells.tolist()
    found = _OFFSET.search(texts[0])
    if found and all(text.endswith(found[0]) for text in texts):
        texts = [text[: -len(found[0])] for text in texts]
    else:
        texts = [_OFFSET.sub("", text) for text in texts]
    return pd.Series(texts, dtype=object)
