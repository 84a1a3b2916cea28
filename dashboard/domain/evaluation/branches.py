"""The tree as columns: for each inner node, from the leaves up, where its children stand in the arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import ROOT, Scheme


@dataclass(frozen=True, slots=True)
class Branch:
    """A node and its children in file order: inner nodes first, then leaves. `place`: its column among the nodes;
    `nodes`, `leaves`: the children's columns; `keys`, `given`: the children's keys and weights as they stand."""

    key: str
    place: int
    nodes: tuple[int, ...]
    leaves: tuple[int, ...]
    keys: tuple[str, ...]
    given: tuple[float, ...]
    aggregate: str
    weighting: str
    matrix: tuple[tuple[float, ...], ...]

    def of(self, of_nodes: np.ndarray, of_leaves: np.ndarray) -> np.ndarray:
        """(…, C) what belongs to the children, from (…, N) and (…, L)."""
        return np.concatenate((of_nodes[..., list(self.nodes)], of_leaves[..., list(self.leaves)]), axis=-1)


def branches(scheme: Scheme) -> tuple[Branch, ...]:
    """Every node once, children before their parents, the root last.

    Raises UserError where a node or indicator does not hang on the root."""
    found = tuple(_below(scheme, ROOT))
    lost = {*scheme.node_keys[1:], *scheme.keys} - {key for one in found for key in one.keys}
    if lost:
        raise UserError("parent", "does not hang on the root of the tree", got=sorted(lost)[0],
                        allowed=scheme.node_keys, hint="check its parent")  # fmt: skip
    return found


def _below(scheme: Scheme, key: str) -> Iterator[Branch]:
    children = scheme.children(key)
    inner = [one.key for one in children if one.key in scheme.node_keys]
    for child in inner:
        yield from _below(scheme, child)
    node = next((one for one in scheme.nodes if one.key == key), scheme)
    yield Branch(
        key,
        scheme.node_keys.index(key),
        tuple(scheme.node_keys.index(child) for child in inner),
        tuple(scheme.keys.index(child.key) for child in children if child.key not in inner),
        tuple(child.key for child in children),
        tuple(child.weight for child in children),
        node.aggregate or scheme.aggregate,
        node.weighting,
        node.matrix,
    )
