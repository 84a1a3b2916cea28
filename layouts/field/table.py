"""What the phone's scripts are told in the page: words, and the part of the table of transitions they need offline."""

from dashboard.domain.workflow import EXTENSIONS, SEVERITIES, STATES, SUPERVISION, TRANSITIONS
from layouts.field.words import WORDS

# who works offline: of the steps that are theirs alone the phone guesses which come next; the server has the last word
WORKERS = ("handler", "grid_worker")


def table() -> dict[str, object]:
    """{"words": {key: text}, "steps": {action: {sources, target, needs, takes, reasons}}, "inputs": {key: codes}}"""
    return {"words": {key: str(text) for key, text in WORDS.items()}, "steps": _steps(),
            "inputs": {"limit": EXTENSIONS, "level": SUPERVISION[1:], "severity": SEVERITIES},
            "open": [key for key, state in STATES.items() if not state.ended]}  # fmt: skip


def _steps() -> dict[str, dict]:
    return {
        step.action: {"sources": sorted(step.sources), "target": step.target, "needs": step.needs, "takes": step.takes,
                      "reasons": step.reasons}
        for step in TRANSITIONS.values() if set(step.roles) <= set(WORKERS)
    }  # fmt: skip
