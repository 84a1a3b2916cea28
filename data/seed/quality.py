"""How well each county works, and how that moves: the chance of everything that can go well or badly.

A county has a latent quality (high is bad), a drift over the year and a wobble from month to month, so that bands move
between months. Answers for chances only.
"""

import numpy as np

from data.seed.draws import Draws
from data.seed.places import Places
from data.seed.settings import Settings

_MONTH = 30.4375 * 86_400 * 1_000_000  # microseconds
_MOST = 0.95
"""No chance rises above this."""


class Quality:
    """Chances by county and time. `origin`: microseconds of the first case; `count` months are known."""

    def __init__(self, places: Places, settings: Settings, seed: int, origin: int, months: int):
        counties, drift = len(places.counties), settings["drift"]
        draws = Draws(seed, np.arange(counties), "quality")
        wobble = Draws(seed, np.arange(counties * months), "wobble").normal("wobble").reshape(counties, months)
        years = (np.arange(months) / 12 - months / 24)[None, :]
        self.settings, self.places, self.origin, self.months = settings, places, origin, months
        self.level = _clipped(draws.normal("level"))
        self.moved = drift["year"] * draws.normal("drift")[:, None] * years + drift["month"] * wobble
        low, high = settings["mediated"]["low"], settings["mediated"]["high"]
        self.mediated = low + (high - low) * draws.uniform("mediated")
        townships = Draws(seed, np.arange(len(places.townships) + 1), "township quality")
        self.township = drift["township"] * _clipped(townships.normal("level"))
        self.lateness = settings.trait("late", 1.0)
        self.hasty_county, self.hasty_kind = self._hasty(counties)

    def chance(self, name: str, at: np.ndarray, place: np.ndarray) -> np.ndarray:
        """(n,) chance of rate `name` for cases reported at `at` (microseconds) in `place`."""
        share, spread = self.settings.rate(name)
        return np.minimum(share * np.exp(spread * self.level[self.places.county[place]] - spread**2 / 2), _MOST)

    def late(self, at: np.ndarray, place: np.ndarray, kind: np.ndarray) -> np.ndarray:
        """(n,) chance of closing late; its mean over kinds, counties and months is about the rate's share."""
        share, spread = self.settings.rate("late")
        county, township = self.places.county[place], self.places.township[place]
        month = np.clip(((at - self.origin) / _MONTH).astype(np.int64), 0, self.months - 1)
        trouble = spread * self.level[county] + self.moved[county, month] + self.township[township]
        drift = self.settings["drift"]
        evened = (spread**2 + drift["month"] ** 2 + drift["township"] ** 2 + drift["year"] ** 2 / 12) / 2
        weights = self.settings.weights
        usual = float((self.lateness * weights).sum() / weights.sum())
        return np.minimum(share * self.lateness[kind] / usual * np.exp(trouble - evened), _MOST)

    def hasty(self, place: np.ndarray, kind: np.ndarray) -> np.ndarray:
        """(n,) chance of being handled the moment it is taken, which a detector is there to find."""
        return self.settings["hasty"]["share"] * (self.hasty_county[self.places.county[place]] & self.hasty_kind[kind])

    def _hasty(self, counties: int) -> tuple[np.ndarray, np.ndarray]:
        """(counties,) and (kinds,): whether it happens there, and to these."""
        entry = self.settings["hasty"]
        people = np.bincount(self.places.county, weights=self.places.population, minlength=counties)
        units = [kind.unit for kind in self.settings.catalog.kinds.values()]
        first = np.argsort(-people, kind="stable")[: entry["counties"]]
        return np.isin(np.arange(counties), first), np.array([unit == entry["unit"] for unit in units])

    def slow(self, place: np.ndarray) -> np.ndarray:
        """(n,) factor on the time taken, 1 in an ordinary county."""
        return np.exp(0.12 * self.level[self.places.county[place]])


def _clipped(values: np.ndarray) -> np.ndarray:
    """Centred, one standard deviation wide, without extremes: counties shall differ, not fail."""
    if len(values) < 2:
        return np.zeros(len(values))
    return np.clip((values - values.mean()) / (values.std() or 1), -2.2, 2.2)
