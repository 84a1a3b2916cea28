"""Every id on the desk. Panels are named in `panels`; their ids follow `desk-<panel>` and `desk-<panel>-body`."""

URL = "desk-url"
TICK = "desk-live-tick"
VERSION = "desk-live-version"
ROOT = "desk-root"

HEADER = "desk-header"
FILTERS = "desk-filters"
QUEUE = "desk-queue"
MAP = "desk-map"
LOAD = "desk-load"
SIDE = "desk-side"
CASE = "desk-case"
SUPERVISE = "desk-supervise"
DIRECTIVES = "desk-directives"
PATROLS = "desk-patrols"
PEOPLE = "desk-people"
AUDIT = "desk-audit"
EVALUATION_TABS = "desk-evaluation-tabs"
APPEALS = "desk-appeals"
PROBLEMS = "desk-problems"
FINDINGS = "desk-findings"
SCHEMES = "desk-schemes"
RANKING_EDITION = "desk-ranking-edition"
RANKING_TREE = "desk-ranking-tree"
RANKING_TABLE = "desk-ranking-table"
RANKING_SIDE = "desk-ranking-side"
RANKING_APPEALS = "desk-ranking-appeals"
RANKING_CASES = "desk-ranking-cases"
RANKING_CHANGES = "desk-ranking-changes"
RANKING_TRACE = "desk-ranking-trace"

GRID = "desk-queue-grid"
NEAR = "desk-queue-near"  # rows on the screen whose similar cases are to be counted
COUNTS = "desk-queue-counts"
PICK = "desk-queue-pick"  # key of the row under the cursor
MAP_STAGE = "desk-map-stage"
ASK = "desk-action-ask"  # an action somebody wants to take, before it is filled in
COMMAND = "desk-action-command"  # an action to carry out
DONE = "desk-action-done"  # what came of it
DIALOG = "desk-action-dialog"
TOAST = "desk-action-toast"
SAID = "desk-form-said"  # what a form was answered; the browser's own
SAVE = "desk-filters-save"
UNMASK = "desk-case-unmask"
KEYS = "desk-keys-list"
RANKING_WEIGHTS = "desk-ranking-weights"  # weights and ways that somebody tries; the browser's own
RANKING_OUTCOME = "desk-ranking-outcome"
SCHEME_PAIRS = "desk-scheme-pairs"  # comparisons of pairs that somebody enters; the browser's own
SCHEME_WEIGHED = "desk-scheme-weighed"


def body(panel_id: str) -> str:
    """The part of a panel that its callback redraws."""
    return f"{panel_id}-body"


def place(section: str) -> str:
    """The Store that a section's panels follow: the URL and the data version, while the section is shown."""
    return f"desk-place-{section}"
