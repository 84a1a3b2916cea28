"""A Dash app that ships only what its surface uses.

Dash offers every component library that any app of the process has imported; a phone would download the wall's.
"""

import dash


class SurfaceDash(dash.Dash):
    """`drop`: component namespaces this surface does without."""

    def __init__(self, *args, drop: frozenset[str] = frozenset({"dash_ag_grid", "dash_table"}), **kwargs):
        self._drop = drop
        super().__init__(*args, **kwargs)

    def _collect_and_register_resources(self, resources, *args, **kwargs):
        kept = [item for item in resources if item.get("namespace") not in self._drop]
        return super()._collect_and_register_resources(kept, *args, **kwargs)
