"""The table behind a chart: for screen readers, out of sight."""

from collections.abc import Iterable, Sequence

from dash import html
from dash.development.base_component import Component


def hidden_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Component:
    """Roles are written out because hiding takes the table layout away."""
    top = html.Tr([html.Th(text, role="columnheader") for text in heads], role="row")
    body = [html.Tr([html.Td(text, role="cell") for text in row], role="row") for row in rows]
    return html.Table(
        [html.Tbody([top, *body], role="rowgroup")], className="unseen", role="table", **{"aria-label": caption}
    )
