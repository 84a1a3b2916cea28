"""What any page of the product is asked: whether it has all its answers, and what an eye or a screen reader would send back."""

from pathlib import Path

from playwright.sync_api import Page

_LOOK, _AXE = (Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("look.js", "axe.min.js"))
# Dash keeps its open callbacks here; its own test tools wait for the same.
_IDLE = """() => window.store && Object.entries(window.store.getState().callbacks)
  .every(([list, jobs]) => ["stored", "completed"].includes(list) || jobs.length === 0)"""


def settle(page: Page) -> None:
    """Wait until Dash has every answer it asked for."""
    page.wait_for_function(_IDLE)


def look(page: Page) -> list[str]:
    """What an eye would send back."""
    return page.evaluate(_LOOK)


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds, of whatever weight."""
    page.evaluate(_AXE)  # the content security policy lets no other script in
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {one['help']}: {node['html'][:140]}" for one in found for node in one["nodes"][:3]]


def sent_back(page: Page) -> list[str]:
    """What either would send back."""
    return look(page) + axe_faults(page)
