"""What changes a class after it was computed, and groups of industries.

``[[adjustments]]`` stand in the file in the order of their precedence.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from zoneeval.policy.citations import Rule

INDUSTRY_GROUP, INDUSTRY_DIVISION = "industry_group", "industry_division"
GROUPINGS = {INDUSTRY_GROUP: "行业组", INDUSTRY_DIVISION: "行业大类"}
"""What can be grouped by besides the fields of the forms."""


class IndustryGroup(Rule):
    """A set of industries that are ranked and averaged together.

    ``codes`` are beginnings or spans of GB/T 4754 codes as in ``in_codes``; the group
    with ``default = true`` takes everybody whom no other group names.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    label: str
    codes: tuple[str, ...] = ()
    default: bool = False
    cite: str = ""
    illustrative: bool = False


class Adjustment(Rule):
    """One rule that changes a class: direct class, ceiling, floor, one up or one down.

    It applies where ``when`` is met, to the ``tracks`` and to the classes ``grades``
    that are named (to all, where none is).  ``uses_quota`` is stated for direct
    classes: true counts those inside the quota of their class, false takes them out
    before anybody is counted.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    kind: Literal["direct", "ceiling", "floor", "up", "down"]
    reason: str
    when: str
    grade: str = ""
    grades: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()
    uses_quota: bool | None = None
    cite: str = ""
    illustrative: bool = False
    note: str = ""

    @property
    def words(self) -> str:
        """Return what it does to a class, in words."""
        return {
            "direct": f"直接定为 {self.grade} 类",
            "ceiling": f"最高定为 {self.grade} 类",
            "floor": f"最低定为 {self.grade} 类",
            "up": "上调一类",
            "down": "下调一类",
        }[self.kind]


def in_precedence(
    adjustments: tuple[Adjustment, ...], precedence: tuple[str, ...]
) -> list[Adjustment]:
    """Return the rules from the strongest to the weakest."""
    if not precedence:
        return list(adjustments)
    place = {key: number for number, key in enumerate(precedence)}
    return sorted(adjustments, key=lambda rule: place[rule.id])
