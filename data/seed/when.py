"""When things happen: growth, seasons, weekdays, holidays, typhoons, hours of the day.

Answers for the instants at which cases are reported, never later than `now`. Leaves places to `where`.
"""

from datetime import date, datetime, time, timedelta

import holidays
import numpy as np

from dashboard.domain.clocks import WorkCalendar
from data.seed.draws import Draws
from data.seed.settings import Settings

_SPRING = "春节"
_MICROS = 1_000_000


class Rhythm:
    """The weight of every local day for every kind, and of every moment of a day.

    `days`: local days from about `months` before `now` to today. Chance of (day, kind) is proportional to `weights`.
    """

    def __init__(
        self, settings: Settings, calendar: WorkCalendar, country: str, now: datetime, months: float, seed: int
    ):
        self.settings, self.calendar, self.now = settings, calendar, now
        today = now.astimezone(calendar.zone).date()
        count = round(months * 30.4375)
        self.days = [today - timedelta(days=back) for back in range(count, -1, -1)]
        self.midnights = np.array([_second(day, calendar) for day in self.days])
        self.hours = np.array([np.concatenate([[0], np.cumsum(row)]) for row in settings.rows("hours", "hours")])
        self.hours /= self.hours[:, -1:]
        self.weights = self._weights(_holidays(self.days, country), seed)

    def pick(self, draws: Draws, purpose: str) -> tuple[np.ndarray, np.ndarray]:
        """(n,) microseconds since 1970 and (n,) kinds of as many cases as `draws` has."""
        total = np.cumsum(self.weights.ravel())
        cell = np.searchsorted(total, draws.uniform(purpose + " day") * total[-1], side="right")
        day, kind = np.divmod(np.minimum(cell, len(total) - 1), self.weights.shape[1])
        part = draws.uniform(purpose + " hour") * np.where(day == len(self.days) - 1, self._today()[kind], 1.0)
        hour = np.zeros(len(kind))
        for key in np.unique(kind):
            mine = kind == key
            hour[mine] = np.interp(part[mine], self.hours[key], np.arange(25))
        at = self.midnights[day] * _MICROS + (hour * 3600 * _MICROS).astype(np.int64)
        return np.minimum(at, self.latest(draws, purpose)), kind

    def latest(self, draws: Draws, purpose: str) -> np.ndarray:
        """(n,) microseconds: a moment ago, so that what falls on `now` does not fall on one instant."""
        ago = (draws.uniform(purpose + " ago") * 600 * _MICROS).astype(np.int64)
        return int(self.now.timestamp() * _MICROS) - 1 - ago

    def _today(self) -> np.ndarray:
        """(kinds,) share of today's cases that have come by now."""
        hour = (self.now.timestamp() - self.midnights[-1]) / 3600
        return np.array([np.interp(hour, np.arange(25), row) for row in self.hours])

    def _weights(self, festivals: dict[date, str], seed: int) -> np.ndarray:
        """(days, kinds)."""
        settings, count = self.settings, len(self.days)
        weights = settings.weights * (1 + settings["growth"] * np.arange(count)[:, None] / 365)
        weights = weights / settings.rows("season", "seasons").mean(axis=1)
        weights *= settings.rows("season", "seasons")[:, [day.month - 1 for day in self.days]].T
        weights *= self._weekdays() * (1 + 0.05 * Draws(seed, np.arange(count), "day").normal("wobble"))[:, None]
        weights *= np.where(np.array([day in festivals for day in self.days])[:, None], settings.factors("festival"), 1)
        weights *= np.where(self._before_spring(festivals)[:, None], settings.factors("before_spring"), 1)
        weights *= self._typhoons(seed)
        weights[-1] *= self._today()
        return np.maximum(weights, 0)

    def _weekdays(self) -> np.ndarray:
        """(days, kinds)."""
        names = [profile["days"] for profile in self.settings.profiles]
        table = {name: [self._weekday(day, row) for day in self.days] for name, row in self.settings["days"].items()}
        return np.array([table[name] for name in names]).T

    def _weekday(self, day: date, entry: dict) -> float:
        works, weekend = self.calendar.workdays[(day - self.calendar.first).days], day.weekday() >= 5
        if works == (not weekend):
            return entry["week"][day.weekday()]
        return entry["on"] if works else entry["off"]

    def _before_spring(self, festivals: dict[date, str]) -> np.ndarray:
        spring = [day for day, name in festivals.items() if _SPRING in name]
        starts = [day for day in spring if day - timedelta(days=1) not in festivals]
        return np.array([any(0 < (start - day).days <= 28 for start in starts) for day in self.days])

    def _typhoons(self, seed: int) -> np.ndarray:
        """(days, kinds) factor: some spells in typhoon months, for kinds of the season "floods"."""
        entry = self.settings["typhoons"]
        in_season = np.flatnonzero([day.month in entry["months"] for day in self.days])
        factor = np.ones((len(self.days), len(self.settings.profiles)))
        floods = np.array([profile["season"] == "floods" for profile in self.settings.profiles])
        if len(in_season):
            draws = Draws(seed, np.arange(round(entry["a_year"] * len(self.days) / 365)), "typhoon")
            for start in in_season[draws.whole("start", len(in_season))]:
                factor[start : start + entry["days"], floods] = entry["factor"]
        return factor


def _second(day: date, calendar: WorkCalendar) -> int:
    return int(datetime.combine(day, time(), calendar.zone).timestamp())


def _holidays(days: list[date], country: str) -> dict[date, str]:
    """Public holidays by day. {} where the country is not known; a make-up day off counts as none."""
    land, _, part = country.partition("-")
    try:
        found = holidays.country_holidays(land, subdiv=part or None, years=range(days[0].year, days[-1].year + 2))
    except NotImplementedError:
        return {}
    return {day: name for day, name in found.items() if "休息日" not in name}
