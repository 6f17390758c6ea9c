"""The tree that answers "why this class": every figure with its clause and source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node: what it is, its value, the clause it rests on and where it came from.

    A value with ``is_share`` is a fraction that people read as per cent.
    """

    label: str
    value: float | str | None = None
    unit: str = ""
    clause: str = ""
    source: str = ""
    children: tuple[Explanation, ...] = ()
    is_share: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the node in the shape of the command line's contract."""
        return {
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "clause": self.clause,
            "source": self.source,
            "children": [child.as_json() for child in self.children],
        }
