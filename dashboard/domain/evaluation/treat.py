"""From counts to values: ratios, rates per exposure, plain figures; then caps and logarithms. What has no base is no data.

DOMAIN.md §0.8, first mistake: a denominator of 0 gives "no data" (NaN), never a rate of 0.
"""

import numpy as np

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import Indicator, Inputs, Scheme


def measure(scheme: Scheme, inputs: Inputs) -> np.ndarray:
    """(R, L) values in the indicators' own units, as people read them: not yet capped, no logarithm.

    A region whose numerator or base is missing, whose base is 0 or less, or smaller than `minimum`, is NaN.
    Raises UserError where an indicator names an exposure that the inputs do not have.
    """
    columns = [_measure(one, inputs, column) for column, one in enumerate(scheme.indicators)]
    return np.column_stack(columns) if columns else np.empty((len(inputs.regions), 0))


def _measure(indicator: Indicator, inputs: Inputs, column: int) -> np.ndarray:
    top = inputs.numerator[:, column]
    base = _base(indicator, inputs, column)
    if base is None:
        return top.astype(float)
    has_base = (base > 0) & (base >= indicator.minimum)  # NaN is neither
    return np.divide(indicator.scale * top, base, out=np.full(len(top), np.nan), where=has_base)


def _base(indicator: Indicator, inputs: Inputs, column: int) -> np.ndarray | None:
    """What the numerator is divided by; None where it stands alone: no exposure, and no region has a denominator."""
    if indicator.exposure:
        if indicator.exposure not in inputs.exposure:
            raise UserError("exposure", f"{indicator.key}: no such exposure", got=indicator.exposure,
                            allowed=tuple(inputs.exposure))  # fmt: skip
        return np.asarray(inputs.exposure[indicator.exposure], dtype=float)
    base = inputs.denominator[:, column]
    return None if np.isnan(base).all() and not indicator.denominator else base


def treat(values: np.ndarray, indicator: Indicator) -> np.ndarray:
    """(…) values brought between the caps `low` and `high` of `params`, then in logarithms where `log` is 1.

    Caps and logarithms against outliers and skewness: OECD/JRC, Handbook on Constructing Composite Indicators (2008),
    steps 3 and 5; ln of income: UNDP, Human Development Report 2021/22, technical note 1.
    Raises UserError for the logarithm of what is not above 0.
    """
    low, high = indicator.params.get("low", -np.inf), indicator.params.get("high", np.inf)
    return logarithm(np.clip(values, low, high), indicator)


def logarithm(values: np.ndarray, indicator: Indicator) -> np.ndarray:
    """(…) ln of the values where the indicator asks for it; targets pass through here too."""
    if not indicator.params.get("log"):
        return values
    if (values <= 0).any():
        raise UserError("log", f"{indicator.key}: there is no logarithm of 0 or less", got=float(np.nanmin(values)),
                        hint="give the indicator a cap `low` above 0")  # fmt: skip
    return np.log(values)
