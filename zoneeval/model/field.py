"""What one column is: identifier, label, unit, kind, and how rows of it combine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "date", "choice", "number", "share", "flag"]
"""``code`` is text that must never be read as a number; ``flag`` is 是/否."""

Combine = Literal["single", "sum"]
"""How several source rows of one enterprise make one value."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column: identifier, Chinese label, unit, and the headings it is known by."""

    key: str
    label: str
    unit: str = ""
    kind: Kind = "number"
    aliases: tuple[str, ...] = ()
    formula: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    combine: Combine = "single"
    note: str = ""

    @property
    def heading(self) -> str:
        """Return what a table's column is called, such as 用地面积（亩）."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label

    @property
    def is_number(self) -> bool:
        """Tell whether values are float64 (with NaN for missing)."""
        return self.kind in ("number", "share", "flag")

    @property
    def is_derived(self) -> bool:
        """Tell whether the value follows from other fields by a formula."""
        return bool(self.formula)
