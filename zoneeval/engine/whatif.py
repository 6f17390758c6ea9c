"""What if: weights, limits, benchmarks and shares changed for a trial, nothing stored.

A scenario is a list of settings such as ``tax_per_mu.weight = 30`` or ``A.share = 0.2``;
with several tracks a setting may name its track first: ``small/tax_per_mu.weight``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zoneeval.engine.moves import Move, MoveTable, move_table, rise_between
from zoneeval.engine.prepared import Prepared, Standings
from zoneeval.errors import InputError
from zoneeval.policy.schema import Benchmark, Indicator, Policy, Shares, Track, TwoStage

_LIMITS = ("cap", "floor")


@dataclass(frozen=True)
class Scenario:
    """Settings by their key (None lifts a limit), and indicators (of a track) left out.

    The weights of the others are scaled up to the old sum where one is left out.
    """

    settings: Mapping[str, float | None] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    name: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is changed."""
        return not self.settings and not self.without

    def as_json(self) -> dict[str, Any]:
        """Return the scenario as it is kept."""
        return {"name": self.name, "set": dict(self.settings), "without": list(self.without)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Scenario:
        """Return a scenario that was kept; raise ValueError where it is not one."""
        settings = {
            str(key): None if value is None else float(value)
            for key, value in dict(stored.get("set", {})).items()
        }
        return cls(settings, tuple(map(str, stored.get("without", ()))), str(stored["name"]))


@dataclass(frozen=True)
class Knob:
    """One setting of a policy that can be turned: its key, words, and present value."""

    key: str
    label: str
    kind: str
    value: float | None
    track: str = ""


@dataclass(frozen=True)
class Moves:
    """What a scenario does to a run: the table of moves, and who moves."""

    scenario: Scenario
    policy: Policy
    standings: Standings
    table: MoveTable
    moved: tuple[Move, ...]
    evaluated: int
    weight_sums: tuple[float, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the moves in the shape of the command line's contract."""
        grades = [grade for grade in self.standings.grade if grade is not None]
        return {
            "scenario": self.scenario.as_json(),
            "weight_sums": list(self.weight_sums),
            "counts": {letter: grades.count(letter) for letter in sorted(set(grades))},
            "moves": self.table.as_json(),
            "moved": [move.as_json() for move in self.moved],
        }


def knobs(policy: Policy) -> list[Knob]:
    """Return every setting of the policy that a scenario can change, in its order."""
    several = len(policy.tracks) > 1
    found = []
    for track in policy.tracks:
        prefix, name = (f"{track.id}/", track.label) if several else ("", "")
        for item in track.indicators:
            mine: list[tuple[str, float | None, str]] = [
                ("weight", item.weight, "权重"),
                ("cap", item.cap, "得分上限（权重的倍数）"),
                ("floor", item.floor, "得分下限（权重的倍数）"),
            ]
            if item.benchmark.kind == "fixed":
                mine.append(("value", item.benchmark.value, "基准值"))
            elif item.benchmark.kind != "none":
                mine.append(("multiple", item.benchmark.multiple, "基准倍数"))
            for kind, value, words in mine:
                label = f"{item.shown_label}{words}"
                found.append(Knob(f"{prefix}{item.key}.{kind}", label, kind, value, name))
        for letter, share in shares(track):
            found.append(Knob(f"{prefix}{letter}.share", f"{letter} 类比例", "share", share, name))
        if isinstance(track.grading, TwoStage):
            gate = track.grading.gate
            found.append(Knob(f"{prefix}gate", "前后半区比例", "gate", gate, name))
    return found


def shares(track: Track) -> list[tuple[str, float]]:
    """Return the share of every class that has one of its own; the last takes the rest."""
    grading = track.grading
    if isinstance(grading, TwoStage):
        return [(selection.grade, selection.share) for selection in grading.selections]
    if isinstance(grading, Shares):
        out, before = [], 0.0
        for band in grading.bands[:-1] if grading.bands[-1].up_to >= 1 else grading.bands:
            out.append((band.grade, round(band.up_to - before, 10)))
            before = band.up_to
        return out
    return []


def changed_policy(policy: Policy, scenario: Scenario) -> Policy:
    """Return the policy with a scenario's settings.

    Raises:
        InputError: a setting that the policy does not have, or a figure that makes no sense.
    """
    tracks = {track.id: track for track in policy.tracks}
    for key, value in scenario.settings.items():
        where, slash, rest = key.partition("/")
        chosen = [where] if slash else list(tracks)
        if slash and where not in tracks:
            raise _unknown(policy, key)
        hit = False
        for name in chosen:
            made = _set(tracks[name], rest if slash else key, value)
            if made is not None:
                tracks[name], hit = made, True
        if not hit:
            raise _unknown(policy, key)
    for key in scenario.without:
        tracks = _without(tracks, key)
    return policy.model_copy(update={"tracks": tuple(tracks.values())})


def moves_of(ready: Prepared, scenario: Scenario) -> Moves:
    """Evaluate a scenario and return who moves; the prepared evaluation stays as it is."""
    policy = changed_policy(ready.policy, scenario)
    after = ready.run(policy)
    base = ready.base
    moved = []
    pairs = list(zip(base.grade.tolist(), after.grade.tolist(), strict=True))
    for row, (one, other) in enumerate(pairs):
        if one != other:
            moved.append(
                Move(
                    uscc=str(base.uscc[row] or ""),
                    name=str(base.name[row] or ""),
                    zone=str(base.zone[row] or ""),
                    before=one,
                    after=other,
                    rise=rise_between(ready.policy, one, policy, other),
                    score_before=_plain(base.composite[row]),
                    score_after=_plain(after.composite[row]),
                )
            )
    moved.sort(key=lambda move: (-move.rise, move.zone, move.uscc))
    return Moves(
        scenario=scenario,
        policy=policy,
        standings=after,
        table=move_table(ready.policy, policy, pairs),
        moved=tuple(moved),
        evaluated=int((base.participation == "evaluated").sum()),
        weight_sums=tuple(sum(i.weight for i in track.indicators) for track in policy.tracks),
    )


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _unknown(policy: Policy, key: str) -> InputError:
    known = "、".join(knob.key for knob in knobs(policy))
    return InputError(f"办法“{policy.title}”中没有设置“{key}”。可以改的有：{known}。")


def _without(tracks: dict[str, Track], key: str) -> dict[str, Track]:
    out, hit = {}, False
    where, slash, last = key.rpartition("/")
    for name, track in tracks.items():
        away = last if not slash or where == name else ""
        rest = [item for item in track.indicators if item.key != away]
        if len(rest) == len(track.indicators):
            out[name] = track
            continue
        if not rest:
            raise InputError(f"“{track.label}”只有“{last}”一项指标，不能去掉。")
        hit = True
        total = sum(item.weight for item in track.indicators)
        left = sum(item.weight for item in rest)
        scale = total / left if left else 1.0
        scaled = [item.model_copy(update={"weight": item.weight * scale}) for item in rest]
        out[name] = track.model_copy(update={"indicators": tuple(scaled)})
    if not hit:
        raise InputError(f"办法中没有指标“{key}”，不能去掉。")
    return out


def _set(track: Track, key: str, value: float | None) -> Track | None:
    """Return the track with one setting, None where it has no such setting."""
    if value is not None and not math.isfinite(value):
        raise InputError(f"“{key}”要写数字，如 30 或 0.2。")
    if key == "gate" and isinstance(track.grading, TwoStage):
        if value is None or not 0 < value <= 0.5:
            raise InputError("前后半区比例（gate）应大于 0，不超过 0.5。")
        return track.model_copy(
            update={"grading": track.grading.model_copy(update={"gate": value})}
        )
    name, _, part = key.rpartition(".")
    if part == "share":
        return _set_share(track, name, value)
    items = list(track.indicators)
    for at, item in enumerate(items):
        if item.key == name:
            made = _set_figure(item, part, value)
            if made is None:
                return None
            items[at] = made
            return track.model_copy(update={"indicators": tuple(items)})
    return None


def _set_figure(item: Indicator, part: str, value: float | None) -> Indicator | None:
    label = item.shown_label
    if part in _LIMITS:
        return item.model_copy(update={part: value})
    if part == "weight":
        if value is None or value <= 0:
            raise InputError(f"“{label}”的权重要大于 0；要去掉一项指标，请用“去掉”。")
        return item.model_copy(update={"weight": value})
    mark: Benchmark = item.benchmark
    fits = {"value": mark.kind == "fixed", "multiple": mark.kind not in ("fixed", "none")}
    if not fits.get(part, False):
        return None
    if value is None or value <= 0:
        raise InputError(f"“{label}”的基准要大于 0。")
    return item.model_copy(update={"benchmark": mark.model_copy(update={part: value})})


def _set_share(track: Track, letter: str, value: float | None) -> Track | None:
    if letter not in dict(shares(track)):
        return None
    if value is None or not 0 < value <= 1:
        raise InputError(f"{letter} 类的比例应大于 0，不超过 1，如 0.2 表示 20%。")
    grading = track.grading
    if isinstance(grading, TwoStage):
        chosen = [
            s.model_copy(update={"share": value}) if s.grade == letter else s
            for s in grading.selections
        ]
        made = grading.model_copy(update={"selections": tuple(chosen)})
        return track.model_copy(update={"grading": made})
    assert isinstance(grading, Shares)
    bands = list(grading.bands)
    at = next(i for i, band in enumerate(bands) if band.grade == letter)
    below = bands[at - 1].up_to if at else 0.0
    edge = round(below + value, 10)
    above = bands[at + 1].up_to if at + 1 < len(bands) else 1.0
    if edge > above:
        raise InputError(
            f"{letter} 类的比例太大：它和前面各类合计 {edge * 100:g}%，超过下一类的界线 "
            f"{above * 100:g}%。请先放宽下一类。"
        )
    bands[at] = bands[at].model_copy(update={"up_to": edge})
    return track.model_copy(update={"grading": grading.model_copy(update={"bands": tuple(bands)})})
