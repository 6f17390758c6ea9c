"""What the texts over one column mean: which field, in which unit, how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zoneeval.intake.brackets import same_unit
from zoneeval.intake.mapping import Choice, Layout
from zoneeval.intake.reader import letter
from zoneeval.intake.recognise import (
    DOUBTFUL,
    Match,
    exact,
    folded,
    meaning,
    names_other_measure,
    part_named,
    recognise,
    takes_unit,
    year_named,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column under its heading; ``index`` counts from 0, ``key`` is a field or a role.

    ``suggestion`` is only a guess with ``confidence``; ``chosen`` was decided by the
    office.  ``slot`` is what the heading is remembered by, ``stack`` the folded texts of
    the header rows, ``twin`` the column with the same values, ``conflict`` two units of one
    column.
    """

    index: int
    heading: str
    key: str | None
    unit: str | None
    confidence: float
    year: int | None = None
    suggestion: str | None = None
    strange_unit: str | None = None
    chosen: bool = False
    slot: str = ""
    stack: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    doubt: str | None = None
    twin: int | None = None
    conflict: tuple[str, str] | None = None

    @property
    def letter(self) -> str:
        """Return Excel's letter."""
        return letter(self.index)


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """The texts above one column, top to bottom, and the unit of a row of units."""

    index: int
    texts: tuple[str, ...]
    raw: tuple[str, ...]
    unit: str | None


def options_of(cell: HeadingCell) -> list[str]:
    """Return what may be the heading: all texts together, then without the upper ones.

    Last the lowest text is taken as what a bracket says: 税收 over 2023年 is 税收（2023年）.
    """
    texts = cell.texts
    joined = ["".join(texts[i:]) for i in range(len(texts))]
    below = texts[-1].strip("()（）") if texts else ""
    return joined + [f"{''.join(texts[i:-1])}({below})" for i in range(len(texts) - 1)]


def is_named(cell: HeadingCell, chosen: Mapping[str, Choice]) -> bool:
    for text in options_of(cell):
        choice = chosen.get(folded(text))
        if choice is not None:
            return bool(choice.field)
        match = exact(text)
        if match is not None and (match.key or match.suggestion):
            return not any(names_other_measure(t) for t in cell.texts[:-1])
    return False


def column_of(
    cell: HeadingCell, slot: str, headings: Mapping[str, Choice], layout: Layout | None
) -> Column:
    options = options_of(cell)
    choice = next((headings[folded(t)] for t in options if folded(t) in headings), None)
    if choice is None and layout is not None:
        choice = layout.columns.get(slot)
    found = _recognised(cell, slot, options)
    if choice is None:
        return found
    unit = choice.unit if choice.unit is not None else found.unit
    strange = found.strange_unit if choice.unit is None else None
    return Column(
        cell.index, found.heading, choice.field or None, unit, 1.0, found.year, None, strange,
        chosen=True, slot=slot, stack=cell.raw,
        conflict=found.conflict if choice.unit is None else None,
    )  # fmt: skip


def _recognised(cell: HeadingCell, slot: str, options: Sequence[str]) -> Column:
    above = cell.texts[:-1]
    other = any(names_other_measure(text) for text in above)
    year = next((y for t in above if (y := year_named(t)) is not None), None)
    found = [(text, exact(text)) for text in options] if not other else []
    known = next(((t, m) for t, m in found if m is not None and m.key), None)
    doubted = next(((t, m) for t, m in found if m is not None and m.suggestion), None)
    if known is not None:
        return _certain(cell, slot, *known, year)
    if doubted is not None:
        text, match = doubted
        return _doubtful(cell, slot, text, match, match.doubt or "", match.year or year)
    near = [recognise(text) for text in options[: len(cell.texts)]] if not other else []
    best = max(near, key=lambda m: m.confidence, default=None)
    last = cell.texts[-1]
    if best is None:
        return Column(cell.index, last, None, cell.unit, 0.0, year, slot=slot, stack=cell.raw)
    return Column(
        cell.index, last, None, cell.unit or best.unit, best.confidence, best.year or year,
        best.suggestion, slot=slot, stack=cell.raw,
    )  # fmt: skip


def _certain(cell: HeadingCell, slot: str, text: str, match: Match, year: int | None) -> Column:
    """Return a column whose heading is a known name, unless what stands over it makes doubt."""
    over = [t for t in cell.texts[:-1] if t not in text]
    key = match.key or ""
    if takes_unit(key) and (word := next((p for t in over if (p := part_named(t))), None)):
        return _doubtful(cell, slot, text, match, word, match.year or year)
    unit = cell.unit or match.unit
    conflict = match.conflict
    if cell.unit and match.unit and not same_unit(cell.unit, match.unit):
        conflict = (match.unit, cell.unit)
    for upper in reversed(over):
        unit = unit or recognise(upper).unit
    strange = match.strange_unit if unit is None else None
    return Column(
        cell.index, text, key, unit, match.confidence, match.year or year, None, strange,
        slot=slot, stack=cell.raw, conflict=conflict,
    )  # fmt: skip


def _doubtful(
    cell: HeadingCell, slot: str, text: str, match: Match, word: str, year: int | None
) -> Column:
    key = match.key or match.suggestion or ""
    return Column(
        cell.index, text, None, cell.unit or match.unit, DOUBTFUL, year, key,
        slot=slot, stack=cell.raw,
        doubt=f"像“{meaning(key)}”，但注明“{word}”，可能不是该企业全年的数",
    )  # fmt: skip
