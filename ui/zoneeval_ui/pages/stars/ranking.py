"""The ranking of the zones of a year, and what stands beside it: history and rewards."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from zoneeval.model.standing import ZoneStanding, level_name
from zoneeval_ui.pages.stars.points import change_words
from zoneeval_ui.pages.stars.standing import distance_words, is_share
from zoneeval_ui.tables import Column, TableData, Tint
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval.model.rewards import ZoneReward
    from zoneeval.model.star_history import ZoneHistory
    from zoneeval.model.targets import Target
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import StarReport

translate = QCoreApplication.translate
_TINTS = {Tone.A: Tint.GOOD, Tone.C: Tint.POOR, Tone.UNCERTAIN: Tint.UNCERTAIN}


@dataclass(frozen=True, eq=False)
class Records:
    """The star history of each zone, and what its star of the year may be worth.

    ``targets`` are the star targets of shipped documents, with the document.
    """

    histories: Mapping[str, ZoneHistory] = field(default_factory=dict)
    rewards: Mapping[str, tuple[ZoneReward, ...]] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)


def read_records(ws: Workspace, year: int) -> Records:
    """Read the history and the rewards of every zone; in the worker."""
    from zoneeval_db import operations

    rewards: dict[str, list[ZoneReward]] = {}
    for reward in operations.zone_rewards(ws, year):
        rewards.setdefault(reward.zone, []).append(reward)
    targets = {
        zone: target
        for zone in operations.zones(ws)
        for target in operations.targets(ws, year, zone)
        if target.kind == "star" and not target.own
    }
    return Records(
        {history.zone: history for history in operations.star_histories(ws)},
        {zone: tuple(found) for zone, found in rewards.items()},
        targets,
    )


def ranking_table(report: StarReport, records: Records) -> TableData:
    """Return one row per zone, the best first: verdict, place, aims, what is missing, figures."""
    standings = sorted(report.standings, key=_order)
    columns = [
        Column("zone", translate("Stars", "园区"), width=11),
        Column("verdict", translate("Stars", "测算"), strong=True),
    ]
    values: dict[str, list[Any]] = {
        "zone": [one.zone for one in standings],
        "verdict": [one.verdict for one in standings],
    }
    if report.ladder.composite is not None:
        columns += [
            Column("score", translate("Stars", "得分"), kind="number"),
            Column("rank", translate("Stars", "名次"), kind="integer"),
            Column("change", translate("Stars", "名次变化")),
        ]
        values["score"] = [one.score for one in standings]
        values["rank"] = [one.rank for one in standings]
        values["change"] = [
            None if one.rank_change is None else change_words(one.rank_change) for one in standings
        ]
    columns += [
        Column("target", translate("Stars", "目标")),
        Column(
            "official",
            translate("Stars", "官方"),
            tooltip=translate("Stars", "官方认定的星级；与测算不一致时用颜色标出"),
        ),
        Column("distance", translate("Stars", "距目标"), width=24),
        Column("former", translate("Stars", "上年官方")),
        Column("running", translate("Stars", "连续"), width=14),
    ]
    values["target"] = [_target(one, records) for one in standings]
    values["official"] = [_level(one.official) for one in standings]
    values["former"] = [_former(one, records) for one in standings]
    values["running"] = [running_words(one.zone, one.year, records) or None for one in standings]
    found = [distance_words(one, report.ladder.levels) for one in standings]
    values["distance"] = [words for words, _tone in found]
    tints: dict[tuple[int, str], Tint] = {}
    for row, (standing, (_words, tone)) in enumerate(zip(standings, found, strict=True)):
        if tone in _TINTS:
            tints[row, "distance"] = _TINTS[tone]
        if not standing.decidable:
            tints[row, "verdict"] = Tint.UNCERTAIN
        if standing.official is not None and not _agrees(standing):
            tints[row, "official"] = Tint.UNCERTAIN
    _add_criteria(columns, values, standings)
    return TableData(
        tuple(columns), values, ids=[standing.zone for standing in standings], tints=tints
    )


def _add_criteria(
    columns: list[Column], values: dict[str, list[Any]], standings: list[ZoneStanding]
) -> None:
    """Add the figures; of zones that a criterion does not ask there is none."""
    for row, standing in enumerate(standings):
        for criterion in standing.criteria:
            key = f"criterion:{criterion.key}"
            if key not in values:
                kind = "share" if is_share(criterion) else "number"
                columns.append(Column(key, criterion.label, criterion.unit, kind))  # type: ignore[arg-type]
                values[key] = [math.nan] * len(standings)
            if criterion.value is not None and math.isnan(values[key][row]):
                values[key][row] = criterion.value


def running_words(zone: str, year: int, records: Records) -> str:
    """Return how long a zone has held its star: of the year, else of the year before."""
    history = records.histories.get(zone)
    if history is None:
        return ""
    for held, prefix in ((year, ""), (year - 1, f"至 {year - 1} 年")):
        running = history.running(held)
        if running is not None:
            return prefix + running.words if running.words else ""
    return ""


def _order(standing: ZoneStanding) -> tuple[int, float, int]:
    score = standing.score_at_least
    return (
        -_number(standing.at_least),
        -score if score is not None else math.inf,
        -_number(standing.at_most),
    )


def _number(level: int | None) -> int:
    return -1 if level is None else level


def _agrees(standing: ZoneStanding) -> bool:
    """Tell whether the official star lies where the figures put the zone."""
    low, high = _number(standing.at_least), _number(standing.at_most)
    return low <= _number(standing.official) <= high


def _target(standing: ZoneStanding, records: Records) -> str | None:
    """Return the target that the office entered, else that of a document."""
    shipped = records.targets.get(standing.zone)
    if standing.target is None and shipped is not None:
        return f"{shipped.words}（{translate('Stars', '文件')}）"
    return _level(standing.target)


def _former(standing: ZoneStanding, records: Records) -> str | None:
    history = records.histories.get(standing.zone)
    levels = history.levels() if history is not None else {}
    before = standing.year - 1
    return level_name(levels[before]) if before in levels else None


def _level(level: int | None) -> str | None:
    return None if level is None else level_name(level)
