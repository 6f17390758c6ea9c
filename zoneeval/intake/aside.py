"""Which enterprises stay out when blocking findings are set aside, and what still blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zoneeval.intake.assemble import Assembly, EntrySheet
from zoneeval.intake.entries import CodeBook, Entry
from zoneeval.model.issue import Issue, Severity


def mark_rows(sheets: Sequence[EntrySheet], joined: Sequence[Issue]) -> None:
    """Count the rows that findings on joined values point to as blocked, too."""
    places = {(s.findings.file, s.findings.sheet): s.findings for s in sheets}
    for issue in joined:
        if issue.severity is Severity.BLOCKING and issue.row is not None:
            findings = places.get((issue.file or "", issue.sheet))
            if findings is not None:
                findings.blocked_rows.add(issue.row)


def touched_codes(
    sheets: Sequence[EntrySheet],
    joined: Sequence[Issue],
    codes: CodeBook,
    known: Mapping[str, str],
) -> tuple[set[str], dict[str, None]]:
    """Return the codes of enterprises with a blocking finding, and names of those without.

    A row whose code is missing or wrong takes its enterprise out through its name.
    """
    out = {i.uscc for i in joined if i.severity is Severity.BLOCKING and i.uscc}
    names: dict[str, None] = {}
    for sheet, entry in _blocked(sheets):
        if entry.code is not None:
            out.add(entry.code)
        elif entry.maybe is not None:
            out.add(entry.maybe)
        if entry.code is None or codes.fault(entry.code):
            names[entry.name or f"{sheet.findings.file}第 {entry.row} 行"] = None
    for sheet in sheets:
        out.update(e.code for e in sheet.entries if e.code and e.name in names)
    out.update(code for code, name in known.items() if name in names)
    return out, names


def aside_names(
    sheets: Sequence[EntrySheet],
    assembly: Assembly,
    out: set[str],
    names: Mapping[str, None],
    known: Mapping[str, str],
) -> tuple[str, ...]:
    """Return the names of the enterprises kept out, each once, in the order of the sheets."""
    found: dict[str, None] = {}
    for sheet in sheets:
        for entry in sheet.entries:
            if entry.code in out:
                found[entry.name or _name(assembly, entry.code or "", known)] = None
            elif entry.code is None and entry.name in names:
                found[entry.name or ""] = None
    found.update(names)
    return tuple(found)


def is_out(entry: Entry, out: set[str], names: Mapping[str, None]) -> bool:
    """Tell whether a row belongs to an enterprise that is kept out."""
    return entry.code in out or (entry.code is None and entry.name in names)


def unresolved(sheets: Sequence[EntrySheet], issues: Sequence[Issue], set_aside: bool) -> int:
    """Return how many blocking findings are left; those on rows of enterprises may be set aside."""
    blocking = [i for i in issues if i.severity is Severity.BLOCKING]
    if not set_aside:
        return len(blocking)
    places = {(s.findings.file, s.findings.sheet) for s in sheets}
    return sum(not (i.row is not None and (i.file or "", i.sheet) in places) for i in blocking)


def _blocked(sheets: Sequence[EntrySheet]) -> list[tuple[EntrySheet, Entry]]:
    return [(s, e) for s in sheets for e in s.entries if e.row in s.findings.blocked_rows]


def _name(assembly: Assembly, code: str, known: Mapping[str, str]) -> str:
    for made in assembly.years.values():
        value = made.values.get(code, {}).get("name")
        if value is not None:
            return str(value.value)
    return known.get(code, code)
