"""The shares and lines of a grading that a document gives anew each year."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from zoneeval.policy.citations import Rule
from zoneeval.policy.dated import Dated, at_year, dated_words
from zoneeval.policy.grading_schema import BY_YEAR, Grading, Limits, Shares, TwoStage

_LABELS = {
    "up_to": "累计比例",
    "share": "选取比例",
    "gate": "入围比例",
    "at_most": "上限",
    "at_least": "下限",
    "from_score": "分数线",
}
Part = TypeVar("Part", bound=Rule)
Figures = dict[str, Dated]


def figures_of(rule: Rule) -> Figures:
    """Return what one part of a grading gives by year, by the name of the figure."""
    found = {name: getattr(rule, f"{name}_by_year", ()) for name in BY_YEAR}
    return {name: figures for name, figures in found.items() if figures}


def by_year_words(rule: Rule) -> str:
    """Return in words what a part gives by year: 上限：2023 年 25%，2024 年 30%."""
    return "；".join(
        f"{_LABELS[name]}：{dated_words(figures, share=name != 'from_score')}"
        for name, figures in figures_of(rule).items()
    )


def grading_years(grading: Grading) -> list[int]:
    """Return every year from which a figure holds, ascending; empty where none is dated."""
    held = [figures_of(part) for part in (grading, *_parts(grading))]
    return sorted({year for one in held for figures in one.values() for year, _ in figures})


def grading_at(
    grading: Grading, year: int, late: Callable[[str, int], Exception] | None = None
) -> Grading:
    """Return the grading with the figures of a year.

    ``late`` makes the error for a figure that only comes later, from what it is and its
    first year; without it the first figure stands in.
    """

    def at(part: Part) -> Part:
        update = {}
        for name, figures in figures_of(part).items():
            value = at_year(figures, year)
            if value is None and late is not None:
                whose = f"“{part.grade}”类的" if hasattr(part, "grade") else ""
                raise late(f"{whose}{_LABELS[name]}", figures[0][0])
            update[name] = figures[0][1] if value is None else value
        return part.model_copy(update=update) if update else part

    return _each(grading, at)


def without_years(grading: Grading) -> Grading:
    """Return the grading with the one figure it has now, so that it can be changed."""

    def bare(part: Part) -> Part:
        return part.model_copy(update={f"{name}_by_year": () for name in figures_of(part)})

    return _each(grading, bare)


def _parts(grading: Grading) -> tuple[Rule, ...]:
    if isinstance(grading, Shares | Limits):
        return grading.bands
    return grading.selections if isinstance(grading, TwoStage) else ()


def _each(grading: Grading, change: Callable[[Rule], Rule]) -> Grading:
    if isinstance(grading, Shares | Limits):
        made = {"bands": tuple(change(band) for band in grading.bands)}
        return grading.model_copy(update=made)
    if isinstance(grading, TwoStage):
        held = {"selections": tuple(change(chosen) for chosen in grading.selections)}
        changed = change(grading)
        assert isinstance(changed, TwoStage)
        return changed.model_copy(update=held)
    return grading
