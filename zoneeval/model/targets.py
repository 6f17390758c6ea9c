"""Targets of zones and places: what a document or the office wants by the end of a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from zoneeval.model.standing import level_name

Bound = Literal["at_least", "at_most"]
Scope = Literal["city", "zones", "zone", "district", "each", "industry"]
Kind = Literal["total", "share", "growth", "star"]

STAR = "star"
"""The indicator of a star target; its value is the level, 1 to 6."""

GROWTH = "_growth"
"""What the identifier of a growth rate ends with."""

BOUND_WORDS: dict[Bound, str] = {"at_least": "不低于", "at_most": "不高于"}
SCOPE_WORDS: dict[Scope, str] = {
    "city": "全市",
    "zones": "多个园区合计",
    "zone": "单个园区",
    "district": "县（市、区）或开发区",
    "each": "同类各单位分别",
    "industry": "产业集群",
}
BOUNDS: tuple[Bound, ...] = get_args(Bound)


@dataclass(frozen=True, slots=True)
class Target:
    """One target with its document and the words it stands in.

    ``value`` is in ``unit``; shares and growth rates are fractions with the unit "".
    ``printed`` is the figure as the document writes it.  ``upper`` is the far end of a
    range (1—2 家), ``about`` marks 左右, ``strict`` marks 超, and ``above`` names what
    the value is to be added to (高出全市规上 2 个百分点).  ``accumulates`` tells a flow
    that grows from January on, to which 时序进度 applies.  ``zone`` is the name the
    document uses.  ``own`` targets were entered by the office; ``id`` numbers those of them
    that are not stars.
    """

    zone: str
    year: int
    indicator: str
    label: str
    value: float
    unit: str
    bound: Bound = "at_least"
    scope: Scope = "zone"
    kind: Kind = "total"
    document: str = ""
    place: str = ""
    quote: str = ""
    printed: str = ""
    upper: float | None = None
    about: bool = False
    strict: bool = False
    above: str = ""
    accumulates: bool = False
    own: bool = False
    id: int | None = None
    note: str = ""

    def figure_words(self, value: float | None) -> str:
        """Return a value of the target's indicator with its unit; missing is —."""
        if value is None:
            return "—"
        if self.kind == "star":
            return level_name(int(value))
        if self.kind in ("share", "growth"):
            return f"{_plain(value * 100)}%"
        return f"{_plain(value)}{self.unit}"

    @property
    def words(self) -> str:
        """Return what is wanted: 不低于 2800亿元, 高出全市平均增速 2百分点, 1—2家."""
        figure = self.printed or self.figure_words(self.value)
        if self.upper is not None:
            unit = self.printed.lstrip("0123456789.")
            figure = f"{self.printed.removesuffix(unit)}—{_plain(self.upper)}{unit}"
        if self.above:
            return f"高出{self.above}" + (f" {figure}" if self.value else "")
        if self.kind == "star":
            return level_name(int(self.value))
        if self.about:
            return f"{figure}左右"
        return f"{'超过' if self.strict else BOUND_WORDS[self.bound]} {figure}"


def _plain(value: float) -> str:
    text = f"{value:.4f}".rstrip("0")
    return text.rstrip(".")


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """How far a target is reached; None is no data or not decidable, never 0.

    ``completion`` is a fraction of the target, ``elapsed`` the share of the year that
    is over, ``ahead`` their difference (0.04 is 4 percentage points ahead of time), and
    ``difference`` the value minus the target in its unit.  ``zone`` is the zone whose
    value it is; ``related`` marks a target that is not the zone's own, but of the
    district around it or of all zones together: a reference, never met or missed.
    """

    zone: str
    target: Target
    value: float | None
    met: bool | None
    completion: float | None = None
    elapsed: float | None = None
    ahead: float | None = None
    difference: float | None = None
    reason: str = ""
    source: str = ""
    related: bool = False

    @property
    def ahead_words(self) -> str:
        """Return 超时序进度 n 个百分点, as a bulletin says it; "" where it does not apply."""
        if self.ahead is None:
            return ""
        points = round(self.ahead * 100, 1)
        if points == 0:
            return "与时序进度持平"
        return f"{'超' if points > 0 else '落后'}时序进度 {abs(points):g} 个百分点"
