"""The catalogue and the tables of the domain as programs read them: keys with words."""

from collections.abc import Mapping

from dashboard.deps import Deps
from dashboard.domain.workflow import INPUTS, SEVERITIES, TRANSITIONS
from dashboard.services import words


def read_catalogue(deps: Deps) -> dict[str, list[dict]]:
    """In the reader's language, each list in the order of its table."""
    catalog = deps.catalog
    return {
        "groups": [{"key": one.key, "name": words.named(one)} for one in catalog.groups.values()],
        "kinds": [{"key": one.key, "name": words.named(one), "group": one.group, "severity": one.severity,
                   "sensitive": one.sensitive, "clock": one.clock} for one in catalog.kinds.values()],
        "severities": [{"key": key, "name": str(words.SEVERITIES[key])} for key in SEVERITIES],
        "states": _entries(words.STATES),
        "actions": [_action(one) for one in TRANSITIONS.values()],
        "inputs": [{"key": one.key, "form": one.form, "most": one.most} for one in INPUTS.values()],
        "reasons": _entries(words.REASONS), "roles": _entries(words.ROLES), "sources": _entries(words.SOURCES),
        "tiers": _entries(words.TIERS), "cards": _entries(words.CARDS), "supervision": _entries(words.SUPERVISION),
        "extensions": _entries(words.EXTENSIONS),
    }  # fmt: skip


def _entries(table: Mapping[str, object]) -> list[dict]:
    return [{"key": key, "name": str(name)} for key, name in table.items()]


def _action(one) -> dict:
    return {"key": one.action, "name": str(words.ACTIONS[one.action]), "sources": sorted(one.sources), "target": one.target,
            "roles": list(one.roles), "needs": list(one.needs), "takes": list(one.takes), "reasons": list(one.reasons)}  # fmt: skip
