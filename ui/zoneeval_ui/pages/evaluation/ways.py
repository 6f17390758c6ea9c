"""怎样到上一类, 离下一类多近: lines for the detail pane, made in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval_ui.pages.wording import figure

if TYPE_CHECKING:
    from zoneeval.engine.distance import Change, Distance
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunResult

MOST = 4


@dataclass(frozen=True, slots=True)
class Ways:
    """What would move one enterprise up or down; empty titles where there is no such class."""

    row: int
    up_title: str = ""
    up: tuple[str, ...] = ()
    down_title: str = ""
    down: tuple[str, ...] = ()
    note: str = ""


def read_ways(
    workspace: Workspace, run: RunResult, row: int, earlier: str | None, progress: Progress
) -> Ways:
    """Try changes of one enterprise; ``earlier`` is its class of the year before."""
    from zoneeval_db import operations

    uscc = run.evaluation.uscc[row]
    if not uscc:
        return Ways(row)
    found = operations.distance_in(workspace, run, str(uscc), progress=progress)
    return Ways(row) if found is None else ways_of(row, found, earlier)


def ways_of(row: int, found: Distance, earlier: str | None) -> Ways:
    """Return the lines for a distance."""
    up_title = down_title = ""
    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    if found.better is not None:
        verb = "怎样回到" if earlier == found.better else "怎样到"
        up_title = f"{verb} {found.better}"
        up = _lines(found.up) or ("只改变一项指标，多大幅度都不能上升。",)
        if found.up and found.hopeless:
            up = (*up, f"只改{'、'.join(found.hopeless)}，多大幅度都不够。")
    if found.worse is not None:
        down_title = f"离 {found.worse} 多近"
        down = _lines(found.down) or ("只有一项指标变差，多大幅度都不会下降。",)
    note = "其他企业不变，基准、得分、排名重新计算；列出的数值都试算过。" if up or down else ""
    return Ways(row, up_title, up, down_title, down, note)


def _lines(changes: tuple[Change, ...]) -> tuple[str, ...]:
    """Return one line per indicator: the same amount is not told twice."""
    told: set[str] = set()
    by_indicator: dict[str, list[Change]] = {}
    for change in changes:
        if change.field not in told:
            told.add(change.field)
            by_indicator.setdefault(change.indicator, []).append(change)
    return tuple(_line(found) for found in list(by_indicator.values())[:MOST])


def _line(changes: list[Change]) -> str:
    first = changes[0]
    now, then = (_shown(value, first.is_share) for value in (first.value, first.value_after))
    ways = "，或".join(change.words for change in changes)
    return f"{first.label} {now} → {then}（{ways}）"


def _shown(value: float | None, share: bool) -> str:
    return figure(value, share=share, decimals=2 if value is None or abs(value) >= 1 else 4)
