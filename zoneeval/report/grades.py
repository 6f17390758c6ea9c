"""How a class looks in a cell: its letter, coloured by what it leads to."""

from __future__ import annotations

from zoneeval.policy.schema import Policy, Treatment
from zoneeval.report.workbook.columns import MISSING, Cell, Kind, Styled

_LOOKS: dict[Treatment, Kind] = {
    Treatment.PRIORITY: "grade_priority",
    Treatment.ENCOURAGE: "grade_encourage",
    Treatment.REGULATE: "grade_regulate",
    Treatment.EXIT: "grade_exit",
}


def grade_cell(policy: Policy, letter: str | None) -> Cell:
    """Return the letter in the colour of its treatment; a dash where there is no class."""
    if letter is None:
        return MISSING
    grade = policy.grade(letter)
    return Styled(letter, _LOOKS[grade.treatment]) if grade else letter
