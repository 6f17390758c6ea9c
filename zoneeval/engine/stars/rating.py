"""Rate zones on a star ladder: a level, or an interval where something is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zoneeval.engine.stars.standing import standing_of
from zoneeval.engine.stars.table import Rated, rate
from zoneeval.engine.stars.years import Candidate, candidates
from zoneeval.model.arrays import FloatArray, IntArray
from zoneeval.model.rating_inputs import StarHistory, ZoneEvents
from zoneeval.model.standing import BELOW_GATE, ZoneStanding
from zoneeval.model.zone_indicators import ZoneFigures
from zoneeval.model.zone_table import ZoneTable, table_of
from zoneeval.policy.ladder import Ladder


@dataclass(frozen=True, slots=True)
class Ratings:
    """The stars of many zones over years, as arrays [zone, year].

    Levels are numbers, -1 below the gate, and lie between ``at_least`` and
    ``at_most``; the verdict of one zone and year in words is made on demand.
    """

    rated: Rated

    @property
    def zones(self) -> tuple[str, ...]:
        """Return the zones, in the order of the table."""
        return self.rated.table.zones

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years, rising."""
        return self.rated.table.years

    @property
    def at_least(self) -> IntArray:
        """Return the lowest level each zone surely has."""
        return self.rated.at_least

    @property
    def at_most(self) -> IntArray:
        """Return the highest level each zone possibly has."""
        return self.rated.at_most

    @property
    def score(self) -> tuple[FloatArray, FloatArray] | None:
        """Return the lowest and highest composite scores, None without a composite."""
        score = self.rated.score
        return None if score is None else (score.low, score.high)

    @property
    def rank(self) -> tuple[IntArray, IntArray] | None:
        """Return the best and worst places among the peers; 0 takes no part."""
        score = self.rated.score
        return None if score is None else (score.best, score.worst)

    def standing(
        self, zone: str, year: int, *, target: int | None = None, official: int | None = None
    ) -> ZoneStanding:
        """Return the verdict of a zone and year; the history's official level beside it."""
        held = self.rated.history.levels
        if official is None and (zone, year) in held:
            star = held[zone, year]
            official = BELOW_GATE if star is None else star
        z, y = self.zones.index(zone), self.years.index(year)
        return standing_of(self.rated, z, y, target, official)

    def candidates(self, rule: str, year: int) -> list[Candidate]:
        """Return whom a rule over several years touches, in its order."""
        found = next(r for r in self.rated.ladder.years_rules if r.id == rule)
        return candidates(self.rated, found, year)


def rate_table(
    ladder: Ladder,
    table: ZoneTable,
    history: StarHistory | None = None,
    events: ZoneEvents | None = None,
    *,
    peers: Mapping[str, str] | None = None,
    targets: ZoneTable | None = None,
    complete: bool = True,
) -> Ratings:
    """Rate every zone of a table every year.

    ``peers`` names each zone's peer group, ``targets`` has the targets in the shape of
    figures.  ``complete`` tells whether the table holds all zones that are ranked
    together; otherwise nothing that rests on peers is decided.
    """
    return Ratings(
        rate(
            ladder,
            table,
            history or StarHistory(),
            events or ZoneEvents(),
            peers or {},
            targets,
            complete=complete,
        )
    )


def rate_zone(
    ladder: Ladder,
    zone: str,
    year: int,
    figures: ZoneFigures,
    *,
    target: int | None = None,
    official: int | None = None,
) -> ZoneStanding:
    """Return between which levels one zone stands, seen by itself.

    Thresholds rise with the level, so a known one that is met says the lower ones are
    met too, and a known one that is missed says the higher ones are missed too.
    """
    used = {key: figure.used for key, figure in figures.items()}
    table = table_of({year: {zone: used}})
    ratings = rate_table(ladder, table, complete=False)
    return ratings.standing(zone, year, target=target, official=official)


def ladder_warnings(ladder: Ladder, year: int | None) -> list[str]:
    """Return what must be said when the ladder is used for a year: scope, doubt."""
    warnings = []
    if ladder.status == "illustrative":
        warnings.append(f"“{ladder.title}”的门槛是示意数值，不是官方标准，结果不能用于申报。")
    elif ladder.scope:
        warnings.append(f"“{ladder.title}”的适用范围是{ladder.scope}，用于其他园区只作参照。")
    if year is not None:
        early = ladder.valid_from is not None and year < ladder.valid_from
        late = ladder.valid_to is not None and year > ladder.valid_to
        if early or late:
            span = f"{ladder.valid_from or ''}—{ladder.valid_to or ''}"
            warnings.append(f"“{ladder.title}”适用年度为 {span}，用于 {year} 年只作参照。")
    if ladder.of_peers:
        warnings.append("名次和相对得分只在所列园区之间比较，不是全省的名次。")
    if ladder.combine_assumed:
        warnings.append("各项指标须全部达到是按通常理解所作的假定，文件未说明。")
    return warnings
