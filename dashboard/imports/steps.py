"""The history of a newly imported case: only what the source knows. Report, stages it has times for, and the end.

A case that is open in a state none of these steps leads to gets a step "import" into it, so that the last step of a
history always ends in the state of the case.
"""

import numpy as np
import pandas as pd

from dashboard.domain.history import SEPARATOR, chain, word
from dashboard.domain.workflow import TRANSITIONS
from dashboard.imports.lookups import objects

ROLE = "import"
_STAGES = {"accepted_at": "accept", "dispatched_at": "dispatch", "handled_at": "handle", "verified_at": "verify"}
_ENDS = {"closed": "close", "rejected": "reject", "merged": "merge", "void": "void"}


def first_steps(cases: pd.DataFrame) -> pd.DataFrame:
    """Steps of `cases`, case by case, seq from 1: columns of CaseStep. `cases` has `note` and `updated_at`, too."""
    parts = [_part(cases, cases["reported_at"].notna(), "report", "reported", cases["reported_at"])]
    for column, action in _STAGES.items():
        if cases[column].notna().any():
            parts.append(_part(cases, cases[column].notna(), action, TRANSITIONS[action].target, cases[column]))
    parts.append(_last(cases, parts))
    steps = pd.concat([part for part in parts if len(part)])
    steps = steps.sort_values("case", kind="stable", ignore_index=True)
    steps["seq"] = steps.groupby("case").cumcount() + 1
    return _completed(cases, steps)


def _part(cases: pd.DataFrame, mask: pd.Series, action: object, state: object, at: pd.Series) -> pd.DataFrame:
    """One step for each case in `mask`; `case` is the case's position."""
    rows = np.flatnonzero(mask)
    made = pd.DataFrame({"case": rows, "at": at.to_numpy(dtype="datetime64[us]")[rows]})
    for name, value in (("action", action), ("state", state)):
        values = value[rows] if isinstance(value, np.ndarray) else objects([value] * len(rows))
        made[name] = pd.Series(values, dtype=object)
    return made


def _last(cases: pd.DataFrame, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The step that leads to the state the case is in, where those before do not."""
    led = objects(["reported"] * len(cases))
    for part in parts:
        led[part["case"]] = part["state"].to_numpy()
    state = cases["state"].to_numpy(dtype=object)
    actions = objects([_ENDS.get(one, ROLE) for one in state])
    at = cases["ended_at"].fillna(cases["updated_at"]).fillna(cases["reported_at"])
    return _part(cases, pd.Series(led != state), actions, state, at)


def _completed(cases: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Actor, note of the last step, and the hash chain."""
    rows = steps.pop("case").to_numpy()
    unit = cases["holder_unit"].to_numpy(dtype=object)[rows]
    last = np.append(rows[1:] != rows[:-1], True)
    note = np.where(last & (steps["seq"] > 1), cases["note"].to_numpy(dtype=object)[rows], None)
    dataset = cases["dataset"].to_numpy(dtype=object)[rows]
    columns = {
        "county_code": cases["county_code"].to_numpy(dtype=object)[rows],
        "case_id": cases["id"].to_numpy(dtype=object)[rows],
        "actor": np.where(pd.notna(unit), unit, dataset),
        "role": objects([ROLE] * len(rows)),
        "unit": unit,
        "note": note,
    }
    for name, values in columns.items():
        steps[name] = pd.Series(values, dtype=object)
    steps["hash"] = pd.Series(objects(chain(_texts(steps), (steps["seq"] == 1).tolist())), dtype=object)
    steps["at"] = steps["at"].dt.tz_localize("UTC")
    return steps


def _texts(steps: pd.DataFrame) -> list[str]:
    """Canonical texts, as domain.history defines them."""
    names = ("county_code", "action", "state", "actor", "role", "unit", "note")
    words = {name: list(map(word, steps[name].tolist())) for name in names}
    micros = steps["at"].to_numpy(dtype="datetime64[us]").astype(np.int64).astype(str).tolist()
    seq, none = steps["seq"].astype(str).tolist(), [word(None)] * len(steps)
    fields = (
        words["county_code"], steps["case_id"].tolist(), seq, words["action"], words["state"], micros, none,
        words["actor"], words["role"], words["unit"], none, words["note"], none,
    )  # fmt: skip
    return list(map(SEPARATOR.join, zip(*fields, strict=True)))
