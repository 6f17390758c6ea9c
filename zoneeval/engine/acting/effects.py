"""Add up what the policies brought by year and class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import fsum

from zoneeval.model.effects import Effect, EffectEntry, EffectKind, Expected, months_of
from zoneeval.model.estimate import Estimate
from zoneeval.model.exits import CaseState, ExitCase, freed_of, known_sum
from zoneeval.model.pricing import Direction


def effects_of(
    entries: Iterable[EffectEntry],
    cases: Iterable[ExitCase],
    grades: Mapping[int, str | None],
) -> list[Effect]:
    """Return the effects by year and class; closed cases count in the year they were closed.

    ``grades`` is the class of each case by its number; others stand last, without one.
    """
    money: dict[tuple[int, str], list[EffectEntry]] = {}
    for entry in entries:
        money.setdefault((entry.year, entry.grade), []).append(entry)
    closed: dict[tuple[int, str], list[ExitCase]] = {}
    for case in cases:
        if case.state is CaseState.CLOSED and case.closed_on is not None:
            place = int(case.closed_on[:4]), grades.get(case.id) or ""
            closed.setdefault(place, []).append(case)
    found = []
    for year, grade in sorted({*money, *closed}, key=lambda at: (at[0], not at[1], at[1])):
        mine = money.get((year, grade), [])
        freed = freed_of(closed.get((year, grade), []), year, None)
        charged, months_charged = _sum(mine, "charged")
        relieved, months_relieved = _sum(mine, "relieved")
        found.append(
            Effect(
                year,
                grade or None,
                charged,
                relieved,
                months_charged,
                months_relieved,
                freed.cases,
                freed.land,
                freed.energy,
                freed.emission,
                freed.people,
            )
        )
    return found


def _sum(entries: Iterable[EffectEntry], kind: EffectKind) -> tuple[float | None, int]:
    mine = [entry for entry in entries if entry.kind == kind]
    months = frozenset[int]().union(*(months_of(entry.period) for entry in mine))
    return (fsum(entry.in_wan for entry in mine) if mine else None), len(months)


def charged_from(estimate: Estimate) -> list[Expected]:
    """Return what an estimate comes to by class, surcharges and relief apart."""
    grades = dict.fromkeys(line.grade for line in estimate.lines)

    def amounts(grade: str, direction: Direction) -> list[float | None]:
        return [
            line.amount
            for line in estimate.lines
            if (line.grade, line.direction) == (grade, direction)
        ]

    return [
        Expected(
            grade,
            known_sum(amounts(grade, "surcharge")),
            known_sum(amounts(grade, "relief")),
        )
        for grade in sorted(grades)
    ]
