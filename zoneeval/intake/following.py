"""Rows under a code that was given up → the enterprise that took its place.

Rows of one sheet under the old and the new code are one enterprise: amounts are added,
everything else is that of the row under the new code, or the old one's where it has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from zoneeval.intake.assemble import EntrySheet
from zoneeval.intake.entries import Entry
from zoneeval.model.fields import FIELDS
from zoneeval.model.merging import SUCCESSION_WORDS, Succession, successor

Superseded = dict[int, set[tuple[str, str]]]
"""By year: the old codes and fields whose values this import gives under the new code."""


def follow(sheets: Sequence[EntrySheet], successions: Mapping[str, Succession]) -> Superseded:
    """Give rows the code that stands for theirs in their year, with a note per code."""
    superseded: Superseded = {}
    if not successions:
        return superseded
    for sheet in sheets:
        told: set[str] = set()
        for entry in sheet.entries:
            if entry.code is None or entry.year is None:
                continue
            new = successor(entry.code, entry.year, successions)
            if new == entry.code:
                continue
            old, entry.given, entry.code = entry.code, entry.code, new
            superseded.setdefault(entry.year, set()).update((old, key) for key in entry.values)
            entry.values.pop("name", None)
            if old not in told:
                told.add(old)
                _tell(sheet, entry, old, new, successions[old])
        if not sheet.sums and sheet.kind != "event" and told:
            _combine(sheet)
    return superseded


def _tell(sheet: EntrySheet, entry: Entry, old: str, new: str, step: Succession) -> None:
    day = f"（{step.effective_on}）" if step.effective_on else ""
    sheet.findings.note(
        "code-succeeded",
        f"信用代码“{old}”已登记{SUCCESSION_WORDS[step.kind]}{day}，按新代码“{new}”导入",
        row=entry.row, column=sheet.letters.get("uscc"), value=old, uscc=new,
    )  # fmt: skip


def _combine(sheet: EntrySheet) -> None:
    groups: dict[tuple[int | None, str | None], list[Entry]] = {}
    for entry in sheet.entries:
        if entry.code is not None:
            groups.setdefault((entry.year, entry.code), []).append(entry)
    for rows in groups.values():
        codes = [row.given or row.code for row in rows]
        if len(rows) < 2 or len(set(codes)) < len(rows):
            continue  # one row, or the same code twice: a duplicate to be told as such
        rows = sorted(rows, key=lambda row: (row.given is not None, row.given or ""))
        lead, *others = rows
        for other in others:
            _absorb(lead, other)
            other.absorbed = True
        places = "、".join(str(other.row) for other in others)
        sheet.findings.note(
            "codes-added-up",
            f"第 {places} 行是该企业的原代码，数额已与本行相加",
            row=lead.row, column=sheet.letters.get("uscc"), value=lead.code, uscc=lead.code,
        )  # fmt: skip


def _absorb(lead: Entry, other: Entry) -> None:
    for key, value in other.values.items():
        own = lead.values.get(key)
        if own is None:
            lead.values[key] = value
        elif isinstance(own, float) and isinstance(value, float) and FIELDS[key].kind == "number":
            lead.values[key] = float(Decimal(repr(own)) + Decimal(repr(value)))
