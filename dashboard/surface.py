"""A Dash app that ships only what its surface uses.

Dash offers every component library that any app of the process has imported; a phone would download the wall's.
"""

from collections.abc import Callable

import dash


class SurfaceDash(dash.Dash):
    """`page`: gives the HTML around the app inside each request, in the reader's language.
    `drop`: component namespaces this surface does without."""

    def __init__(self, *args, page: Callable[[], str], drop: frozenset[str] = frozenset({"dash_ag_grid", "dash_table"}),
                 **kwargs):  # fmt: skip
        self._page, self._drop = page, drop
        super().__init__(*args, **kwargs)

    def interpolate_index(self, **parts: str) -> str:
        html = self._page()
        for name, part in parts.items():
            html = html.replace(f"{{%{name}%}}", part)
        return html

    def _collect_and_register_resources(self, resources, *args, **kwargs):
        kept = [_without_polyfill(item) for item in resources if item.get("namespace") not in self._drop]
        return super()._collect_and_register_resources(kept, *args, **kwargs)


def _without_polyfill(item: dict) -> dict:
    """Dash ships 34 KB for browsers that no longer exist."""
    paths = item.get("relative_package_path")
    if not isinstance(paths, list):
        return item
    return {**item, "relative_package_path": [path for path in paths if not path.startswith("deps/polyfill")]}
