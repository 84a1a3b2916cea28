"""The whole of an evaluation: what a scheme makes of frozen inputs. The same inputs give the same result, to the byte."""

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation import deduct, method, sampling, standing, tree
from dashboard.domain.evaluation.model import Inputs, Result, Scheme


def evaluate(scheme: Scheme, inputs: Inputs) -> Result:
    """Scores, standings, deductions as they count, and what the ranks' doubt comes from. Raises UserError."""
    if not inputs.regions:
        raise UserError("regions", "nobody to evaluate", got=0, allowed="at least one region")
    scores = tree.reckon(scheme, inputs)
    counted, points = deduct.deduct(scheme, inputs)
    interval = sampling.intervals(scheme, inputs, scores)
    places = method.rank_bands(scheme, inputs, scores)
    found = standing.standings(scheme, inputs, scores, points, interval, places)
    return Result(scores, found, counted, method.sobol(scheme, inputs))
