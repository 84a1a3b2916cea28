"""Funnel plots: regions by how much they had to do and how well they did it, with what chance alone would do.

Only of rates that are a part of a whole: of other figures the binomial's limits say nothing.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
from flask_babel import gettext as _

from dashboard.domain.evaluation.model import Indicator, Inputs, Scheme
from dashboard.domain.evaluation.sampling import Z95, Z998, funnel, shrink
from dashboard.services import words
from dashboard.services.scheme_words import spoken
from dashboard.views.workshop import Funnel, Limit, Point

_STEPS = 72  # points that a limit is drawn with


def chosen(scheme: Scheme, inputs: Inputs, rates: Sequence[Indicator], key: str) -> Indicator | None:
    """The rate of that key, else the one with most cases; None where there is no rate."""
    found = next((one for one in rates if one.key == key), None)
    return found or max(rates, key=lambda rate: counts(scheme, inputs, rate)[1].sum(), default=None)


def is_rate(scheme: Scheme, inputs: Inputs, one: Indicator) -> bool:
    """Whether it is a part of a whole: counts, none of them above its denominator."""
    top, base = counts(scheme, inputs, one)
    whole = (top == np.floor(top)).all() and (base == np.floor(base)).all()
    return not one.exposure and bool(base.sum() > 0 and whole and (top <= base).all() and (top >= 0).all())


def counts(scheme: Scheme, inputs: Inputs, one: Indicator) -> tuple[np.ndarray, np.ndarray]:
    """(numerators, denominators) (R,), 0 where there is no data."""
    column = scheme.keys.index(one.key)
    top, base = inputs.numerator[:, column], inputs.denominator[:, column]
    known = ~(np.isnan(top) | np.isnan(base))
    return np.where(known, top, 0.0), np.where(known, base, 0.0)


def funnel_of(scheme: Scheme, inputs: Inputs, one: Indicator, names: Mapping[str, str], where: str, link: Callable[[str], str],
              on: Collection[str] = ()) -> Funnel:  # fmt: skip
    """`names`: of the regions that are drawn; the limits are those of all. `on`: regions in focus."""
    top, base = counts(scheme, inputs, one)
    pooled, shrunk = top.sum() / base.sum(), shrink(top, base)
    points = []
    for region, k, n, calm in zip(inputs.regions, top, base, shrunk, strict=True):
        if region in names and n > 0:
            outside, good = _stands(one, pooled, k, n)
            points.append(Point(region, names[region], float(n), float(one.scale * k / n), float(one.scale * calm), outside, good,
                                link(region), region in on))  # fmt: skip
    return Funnel(one.key, words.named(one), spoken(one.unit), base_words(one), tuple(points),
                  _limits(pooled, base.max(), one.scale), one.scale * pooled, where)  # fmt: skip


def base_words(one: Indicator) -> str:
    """What the denominator counts."""
    if one.source == "table":
        return _("分母")
    return _("%(what)s（件）", what="".join(f"{' − ' if term.sign < 0 else ' + ' if n else ''}{words.list_name(term.counter)}"
                                       for n, term in enumerate(one.denominator)))  # fmt: skip


def _stands(one: Indicator, pooled: float, k: float, n: float) -> tuple[float, bool]:
    """(outside which limits: 0, 95 or 99.8; on the better side of the mean)."""
    rate = k / n
    near, far = (_beyond(rate, funnel(pooled, np.array([n]), z)) for z in (Z95, Z998))
    return 99.8 if far else 95 if near else 0, bool(rate >= pooled if one.direction == "high" else rate <= pooled)


def _beyond(rate: float, limits: tuple[np.ndarray, np.ndarray]) -> bool:
    return bool(rate < limits[0][0] - 1e-12 or rate > limits[1][0] + 1e-12)


def _limits(pooled: float, most: float, scale: float) -> tuple[Limit, ...]:
    """From the smallest to the largest n, closer together where the funnel bends."""
    n = np.unique(np.geomspace(1, max(most, 2.0), _STEPS).round())
    near, far = funnel(pooled, n, Z95), funnel(pooled, n, Z998)
    return tuple(Limit(float(at), *(float(scale * one[i]) for one in (*near, *far))) for i, at in enumerate(n))
