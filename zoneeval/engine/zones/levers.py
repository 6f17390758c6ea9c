"""What would change if enterprises left, idle land were let again, or firms came above scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import nan

import numpy as np

from zoneeval.engine.zones.contributions import (
    Contributions,
    contributions,
    entering,
    enterprises_of,
)
from zoneeval.engine.zones.gap_words import number_words
from zoneeval.engine.zones.sums import ABOVE_SCALE
from zoneeval.engine.zones.whatif import Change, RatingBasis, WhatIf
from zoneeval.model.arrays import IntArray
from zoneeval.model.gap import Effect, Lever, LeverEnterprise
from zoneeval.model.lever_inputs import LeverInputs
from zoneeval.model.zone_indicators import ZONE_INDICATORS

AREAS = ("industrial_land", "built_area")
"""What freed land is taken off."""


def per_land() -> tuple[str, ...]:
    """Return the totals that land yields: every summed total but the areas."""
    return tuple(
        key
        for key, one in ZONE_INDICATORS.items()
        if one.kind == "total" and one.sums and key not in (*AREAS, "fixed_asset_investment")
    )


class Levers:
    """The levers of one zone and year."""

    def __init__(self, basis: RatingBasis, zone: str, year: int, given: LeverInputs) -> None:
        """Sum up what every enterprise of the zone adds to its totals."""
        self.given, self.zone = given, zone
        self.tried = WhatIf(basis, zone, year)
        self.parts: Contributions | None = None
        if given.dataset is not None:
            self.parts = contributions(given.dataset, zone, given.profiles)

    def every(self) -> tuple[Lever, ...]:
        """Return all levers, those that give nothing with the reason."""
        return (*self.class_leaves(), self.idle_relet(), self.near_enters())

    def class_leaves(self) -> tuple[Lever, ...]:
        """Return what becomes of the zone without its lowest classes, in three ways."""
        rows = self._rows(lambda code: self.given.grades.get(code) in self.given.settings.grades)
        named = self._grades_of(rows)
        kinds = {
            "leave_keep_land": (f"{named} 类退出，土地不腾出", "企业的数减去，用地不变"),
            "leave_free_land": (
                f"{named} 类退出，土地腾出",
                "企业的数减去，其用地从工业用地和建成区面积中减去",
            ),
            "leave_relet": (
                f"{named} 类退出，土地按园区平均水平另行利用",
                "企业的数减去，其用地按园区现在的亩均水平计入各项总量",
            ),
        }
        if self.parts is None or not self.given.grades:
            why = "没有企业数据" if self.parts is None else "这一年没有分类评价结果"
            return tuple(Lever(k, label, words, lacking=why) for k, (label, words) in kinds.items())
        if not len(rows):
            why = f"该园区没有 {named} 类企业"
            return tuple(Lever(k, label, words, lacking=why) for k, (label, words) in kinds.items())
        land, unknown = self._land(rows)
        out = []
        for kind, (label, words) in kinds.items():
            changes, missing = self._minus(self.parts, rows)
            if kind == "leave_free_land":
                for key in AREAS:
                    changes[key] = changes.get(key, 0.0) - land
            elif kind == "leave_relet":
                self._relet(changes, land)
            if unknown and kind != "leave_keep_land":
                words += f"；{unknown} 家没有用地面积，没有计入"
            out.append(self._lever(kind, label, words, rows, changes, missing, land))
        return tuple(out)

    def idle_relet(self) -> Lever:
        """Return what idle land would add if it yielded what the zone's land yields."""
        kind, label = "idle_relet", "闲置低效用地按园区平均水平重新利用"
        idle = self.given.idle
        if idle is None or idle.area is None:
            why = "没有登记闲置低效用地，也没有录入闲置低效用地面积"
            if idle is not None and idle.unknown:
                why = f"登记的 {idle.unknown} 处闲置低效用地都没有面积"
            return Lever(kind, label, "", lacking=why)
        words = f"{idle.source} {number_words(idle.area, 2)} 亩，按园区现在的亩均水平计入各项总量"
        words += "；土地已计入工业用地，面积不变"
        if idle.unknown:
            words += f"；另有 {idle.unknown} 处没有面积，没有计入"
        changes: dict[str, float] = {}
        if not self._relet(changes, idle.area):
            return Lever(kind, label, words, lacking="工业用地面积没有数据，不能计算亩均水平")
        changes["idle_land"] = -idle.area
        named = tuple(LeverEnterprise("", name, "", {}) for name in idle.names)
        return self._made(kind, label, words, named, changes, {}, idle.area)

    def near_enters(self) -> Lever:
        """Return what enterprises near the line would add to what counts those above scale."""
        settings = self.given.settings
        line, least = settings.scale_line, settings.scale_line * settings.near_share
        kind, label = "near_enter", "接近规模线的企业进入规上"
        words = (
            f"规模线为年主营业务收入 {number_words(line)} 万元（{settings.source}），"
            f"从 {number_words(least)} 万元起算接近"
        )
        if self.parts is None:
            return Lever(kind, label, words, lacking="没有企业数据")
        scale = self.parts.dataset.text("scale")
        revenue = self.parts.field("revenue")
        below = np.array([bool(word) and word != ABOVE_SCALE for word in scale.tolist()], bool)
        rows = np.flatnonzero(below & (revenue >= least))
        open_ones = int((below & np.isnan(revenue)).sum())
        if open_ones:
            words += f"；{open_ones} 家规下企业没有收入数据"
        unstated = int(sum(not word for word in scale.tolist()))
        if unstated:
            words += f"；{unstated} 家没有写明是否规上"
        if not len(rows):
            return Lever(kind, label, words, lacking="没有接近规模线的规下企业")
        after = entering(self.parts, self.zone, self.given.profiles, rows)
        changes: dict[str, float] = {}
        missing: dict[str, int] = {}
        for key in after.parts:
            more, unknown = after.total(key, rows)
            less, before = self.parts.total(key, rows)
            if more != less or unknown > before:
                changes[key] = more - less
                missing[key] = unknown
        notes = {
            row: "收入已达到规模线，应及时申报入库" for row in rows.tolist() if revenue[row] >= line
        }
        return self._lever(kind, label, words, rows, changes, missing, None, notes)

    def _grades_of(self, rows: IntArray) -> str:
        """Return the classes of some enterprises; all that are to leave where there are none."""
        wanted = self.given.settings.grades
        if self.parts is not None and len(rows):
            held = {self.given.grades[c] for c in self.parts.dataset.text("uscc")[rows].tolist()}
            wanted = tuple(sorted(held))
        return "、".join(wanted)

    def _rows(self, wanted: Callable[[str], bool]) -> IntArray:
        if self.parts is None:
            return np.zeros(0, dtype=np.int64)
        codes = self.parts.dataset.text("uscc").tolist()
        return np.array([r for r, code in enumerate(codes) if wanted(code)], dtype=np.int64)

    def _land(self, rows: IntArray) -> tuple[float, int]:
        assert self.parts is not None
        area = self.parts.field("land_area")[rows]
        return float(np.nansum(area)), int(np.isnan(area).sum())

    def _minus(
        self, parts: Contributions, rows: IntArray
    ) -> tuple[dict[str, float], dict[str, int]]:
        changes: dict[str, float] = {}
        missing: dict[str, int] = {}
        for key in parts.parts:
            if key in AREAS:
                continue
            less, unknown = parts.total(key, rows)
            if less or unknown:
                changes[key], missing[key] = -less, unknown
        return changes, missing

    def _relet(self, changes: dict[str, float], area: float) -> bool:
        """Add what an area yields at the zone's average; tell whether there is an average."""
        figures = self.tried.figures
        land = figures.get("industrial_land", 0.0)
        if land <= 0:
            return False
        for key in per_land():
            if key in figures:
                changes[key] = changes.get(key, 0.0) + figures[key] / land * area
        return True

    def _lever(
        self,
        kind: str,
        label: str,
        words: str,
        rows: IntArray,
        changes: Mapping[str, float],
        missing: Mapping[str, int],
        land: float | None,
        notes: Mapping[int, str] | None = None,
    ) -> Lever:
        named = enterprises_of(self.parts, rows, self.given.grades, notes or {})
        return self._made(kind, label, words, named, changes, missing, land)

    def _made(
        self,
        kind: str,
        label: str,
        words: str,
        named: Sequence[LeverEnterprise],
        changes: Mapping[str, float],
        missing: Mapping[str, int],
        land: float | None,
    ) -> Lever:
        """Return a lever with its effects and where the zone would stand."""
        figures = self.tried.figures
        given = [
            Change(key, _after(key, figures[key], more))
            for key, more in changes.items()
            if key in figures
        ]
        standing = self.tried.standing(given)
        after = self.tried.effects(given)
        return Lever(
            kind,
            label,
            words,
            tuple(named),
            tuple(_counted(effect, missing) for effect in after),
            land,
            standing.at_least,
            standing.at_most,
            standing.score,
        )


def _after(key: str, now: float, more: float) -> float:
    """Return a total after a change; not known where more would be taken off than is there."""
    after = now + more
    if after < 0 <= now and ZONE_INDICATORS[key].sums != "profit":
        return nan
    return after


def _counted(effect: Effect, missing: Mapping[str, int]) -> Effect:
    """Return an effect with how many enterprises it lacks, those of its parts included."""
    known = ZONE_INDICATORS[effect.key]
    parts = (effect.key, known.numerator, known.denominator, known.base)
    return Effect(
        effect.key, effect.label, effect.unit, effect.before, effect.after,
        sum(missing.get(key, 0) for key in dict.fromkeys(parts) if key),
    )  # fmt: skip
