"""What one result says otherwise than another: values, published scores, ranks and bands, region by region."""

from dashboard.domain.evaluation.canonical import rounded
from dashboard.domain.evaluation.model import Inputs, Result, Scheme, Standing

SEEN = ("published", "rank", "band", "deducted", "vetoed")  # of a standing, what the ranked can see change
Evaluated = tuple[Inputs, Result]


def difference(scheme: Scheme, old: Evaluated, new: Evaluated) -> dict[str, list[dict]]:
    """{"values": [{region, indicator, before, after}], "standings": [{region, before, after}]}, only what differs.

    A value is [numerator, denominator, value], a standing {name of SEEN: what it was}. Regions of both, in the order of
    the new one; indicators of `scheme`, which both have.
    """
    values, standings = [], []
    was = {one.region: one for one in old[1].standings}
    for at, (region, standing) in enumerate(zip(new[0].regions, new[1].standings, strict=True)):
        if region not in was:
            continue
        before_at = old[0].regions.index(region)
        for column, key in enumerate(scheme.keys):
            before, after = _value(old, before_at, column), _value(new, at, column)
            if before != after:
                values.append({"region": region, "indicator": key, "before": before, "after": after})
        if _seen(was[region]) != _seen(standing):
            standings.append({"region": region, "before": _seen(was[region]), "after": _seen(standing)})
    return {"values": values, "standings": standings}


def _value(one: Evaluated, row: int, column: int) -> list[float | None]:
    inputs, result = one
    return [rounded(array[row, column]) for array in (inputs.numerator, inputs.denominator, result.scores.value)]


def _seen(standing: Standing) -> dict[str, object]:
    return {name: getattr(standing, name) for name in SEEN}
