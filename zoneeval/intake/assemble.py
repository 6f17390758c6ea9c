"""Entries of all sheets → values per enterprise and year, joined by credit code.

Rules: rows of a land or meter table add up within one workbook; where two sheets or
workbooks give different values for the same field, that of the department that owns the
field stands (see ``precedence``), otherwise the first; a warning names both places.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal

from zoneeval.intake.draft import YearDraft
from zoneeval.intake.entries import Entry
from zoneeval.intake.findings import Findings
from zoneeval.intake.kinds import UTILITIES, Kind
from zoneeval.intake.precedence import OWNER, rank
from zoneeval.intake.records import (
    ACCIDENT,
    PENALTY,
    Held,
    event_kind,
    figures,
    record_number,
    warn_counted_once,
    warn_repeated,
)
from zoneeval.model.fields import FIELDS, label_of, unit_of
from zoneeval.model.records import Event, Meter, Parcel, SourceCell, SourcedValue
from zoneeval.model.row_values import RowValues, SheetOrigin

_EVENT_FIELDS = {ACCIDENT: "accidents", PENALTY: "penalties"}


@dataclass
class EntrySheet:
    """One sheet about enterprises, read: which file, what kind, and its entries."""

    file_index: int
    kind: Kind
    sums: bool
    findings: Findings
    letters: Mapping[str, str]
    entries: list[Entry]
    department: str = ""

    @property
    def identity(self) -> str | None:
        """Return the column that says whose row it is."""
        return self.letters.get("uscc") or self.letters.get("name")

    def source(self, row: int, key: str) -> SourceCell:
        """Return the cell that a value of this row came from."""
        f = self.findings
        return SourceCell(f.file, f.sheet or "", row, self.letters.get(key, ""))


@dataclass
class _Year:
    values: dict[str, MutableMapping[str, SourcedValue]] = field(default_factory=dict)
    parcels: list[Parcel] = field(default_factory=list)
    meters: list[Meter] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


class Assembly:
    """Joins sheets one after another; ``years`` is the result so far.

    ``superseded`` are, by year, the codes and fields whose values now have a new code.
    """

    def __init__(self, superseded: Mapping[int, Set[tuple[str, str]]] | None = None) -> None:
        self._superseded = superseded or {}
        self.years: dict[int, _Year] = {}
        self._summed_by: dict[tuple[int, str, str], set[int]] = {}
        self._held: dict[tuple[int, str, str], Held] = {}
        self._records_of: dict[tuple[int, str, str], int] = {}
        self._departments: dict[tuple[str, str], str] = {}

    def add(self, sheet: EntrySheet) -> None:
        """Join one sheet; duplicates and conflicts become findings of that sheet."""
        usable = [
            e for e in sheet.entries if e.code is not None and e.year is not None and not e.absorbed
        ]
        self._departments[sheet.findings.file, sheet.findings.sheet or ""] = sheet.department
        if sheet.kind == "event":
            self._add_events(sheet, usable)
        elif sheet.sums:
            self._add_sums(sheet, usable)
        else:
            self._add_single(sheet, usable)

    def drafts(self, without: frozenset[str] = frozenset()) -> dict[int, YearDraft]:
        """Return one draft per year, leaving out the given credit codes."""
        return {
            year: YearDraft(
                {code: v for code, v in made.values.items() if code not in without},
                tuple(p for p in made.parcels if p.uscc not in without),
                tuple(m for m in made.meters if m.uscc not in without),
                tuple(e for e in made.events if e.uscc not in without),
                frozenset(self._superseded.get(year, ())),
            )
            for year, made in sorted(self.years.items())
        }

    def _year(self, year: int | None) -> _Year:
        assert year is not None
        return self.years.setdefault(year, _Year())

    def _add_single(self, sheet: EntrySheet, entries: Sequence[Entry]) -> None:
        seen: dict[tuple[int | None, str | None], Entry] = {}
        origin = SheetOrigin(sheet.findings.file, sheet.findings.sheet or "", sheet.letters)
        for entry in entries:
            first = seen.setdefault((entry.year, entry.code), entry)
            if first is not entry:
                _duplicate(sheet, first, entry)
                continue
            stored = self._year(entry.year).values
            store = stored.get(entry.code or "")
            if store is None:
                stored[entry.code or ""] = RowValues(entry.values, origin, entry.row)
                continue
            for key, value in entry.values.items():
                sourced = SourcedValue(value, sheet.source(entry.row, key))
                if key not in store or self._prefers(
                    sheet, entry.code or "", key, store[key], sourced
                ):
                    store[key] = sourced

    def _add_sums(self, sheet: EntrySheet, entries: Sequence[Entry]) -> None:
        totals: dict[tuple[int, str, str], tuple[Decimal, SourceCell]] = {}
        seen: dict[tuple[object, ...], int] = {}
        entries, joining = self._counted(sheet, entries)
        for entry in entries:
            assert entry.year is not None
            assert entry.code is not None
            warn_repeated(sheet, entry, seen)
            store = self._year(entry.year).values.setdefault(entry.code, {})
            for key, value in entry.values.items():
                place = (entry.year, entry.code, key)
                if isinstance(value, float) and FIELDS[key].combine == "sum":
                    before = totals.get(place)
                    if before is None:
                        totals[place] = Decimal(repr(value)), sheet.source(entry.row, key)
                    else:
                        totals[place] = before[0] + Decimal(repr(value)), before[1]
                elif key not in store:
                    store[key] = SourcedValue(value, sheet.source(entry.row, key))
                elif store[key].value != value:
                    sourced = SourcedValue(value, sheet.source(entry.row, key))
                    if self._prefers(sheet, entry.code, key, store[key], sourced):
                        store[key] = sourced
            self._add_record(sheet, entry, (entry.year, entry.code) in joining)
        for place, (total, source) in totals.items():
            self._merge_sum(sheet, place, total, source, place[:2] in joining)

    def _counted(
        self, sheet: EntrySheet, entries: Sequence[Entry]
    ) -> tuple[list[Entry], set[tuple[int, str]]]:
        """Return the rows that no other sheet has, and whose numbers add to what is held."""
        if sheet.kind not in ("parcel", "meter"):
            return list(entries), set()
        what = sheet.kind + next((k for k in UTILITIES if k in sheet.letters), "")
        fresh: dict[tuple[int, str], Held] = {}
        kept: list[Entry] = []
        for entry in entries:
            place = entry.year or 0, entry.code or ""
            number = record_number(entry)
            held = self._held.get((*place, what))
            if number and held and figures(sheet, entry) in held.numbers.get(number, ()):
                warn_counted_once(sheet, entry, number)
                continue
            kept.append(entry)
            mine = fresh.setdefault(place, Held())
            if number:
                mine.numbers.setdefault(number, set()).add(figures(sheet, entry))
            else:
                mine.unnumbered = True
        joining: set[tuple[int, str]] = set()
        for place, mine in fresh.items():
            held = self._held.setdefault((*place, what), Held())
            apart = not (held.numbers.keys() & mine.numbers.keys())
            whole = not (held.unnumbered or mine.unnumbered)
            if not held.files or sheet.file_index in held.files or (apart and whole):
                joining.add(place)
                held.files.add(sheet.file_index)
                held.unnumbered |= mine.unnumbered
                for number, amounts in mine.numbers.items():
                    held.numbers.setdefault(number, set()).update(amounts)
        return kept, joining

    def _merge_sum(
        self,
        sheet: EntrySheet,
        place: tuple[int, str, str],
        total: Decimal,
        source: SourceCell,
        joins: bool = False,
    ) -> None:
        year, code, key = place
        store = self._year(year).values[code]
        before = store.get(key)
        if before is None:
            store[key] = SourcedValue(float(total), source)
            self._summed_by[place] = {sheet.file_index}
        elif (
            (files := self._summed_by.get(place))
            and (joins or sheet.file_index in files)
            and isinstance(before.value, float)
        ):
            files.add(sheet.file_index)
            whole = Decimal(repr(before.value)) + total
            store[key] = SourcedValue(float(whole), before.source)
        elif self._prefers(sheet, code, key, before, SourcedValue(float(total), source)):
            store[key] = SourcedValue(float(total), source)
            self._summed_by[place] = {sheet.file_index}

    def _prefers(
        self, sheet: EntrySheet, code: str, key: str, first: SourcedValue, second: SourcedValue
    ) -> bool:
        """Tell whether the second of two sources stands; a difference is a warning."""
        held = first.source
        before = self._departments.get((held.file, held.sheet)) if held else None
        later = rank(key, sheet.department) < rank(key, before)
        if _plain(key, first.value) != _plain(key, second.value) and key != "name":
            _warn(sheet, code, key, first, second, later=later)
        return later

    def _add_record(self, sheet: EntrySheet, entry: Entry, joins: bool) -> None:
        assert entry.year is not None
        assert entry.code is not None
        if sheet.kind not in ("parcel", "meter"):
            return
        used = next((k for k in UTILITIES if k in sheet.letters), "")
        if not joins:
            return
        made = self._year(entry.year)

        def number(key: str) -> float | None:
            value = entry.values.get(key)
            return value if isinstance(value, float) else None

        if sheet.kind == "parcel":
            made.parcels.append(
                Parcel(
                    entry.code, entry.extra.get("certificate"), entry.extra.get("location"),
                    number("land_registered"), number("land_leased_in"), number("land_leased_out"),
                    sheet.source(entry.row, "uscc"),
                )
            )  # fmt: skip
        elif account := entry.extra.get("account"):
            made.meters.append(
                Meter(
                    entry.code, UTILITIES[used], account, entry.extra.get("account_name"),
                    number(used), sheet.source(entry.row, "account"),
                )
            )  # fmt: skip

    def _add_events(self, sheet: EntrySheet, entries: Sequence[Entry]) -> None:
        counts: dict[tuple[int, str, str], tuple[int, SourceCell]] = {}
        for entry in entries:
            assert entry.year is not None
            assert entry.code is not None
            store = self._year(entry.year).values.setdefault(entry.code, {})
            for key, value in entry.values.items():
                if key not in store:
                    store[key] = SourcedValue(value, sheet.source(entry.row, key))
            kind = event_kind(sheet, entry)
            if kind is None:
                continue
            owner = self._records_of.setdefault(
                (entry.year, entry.code, "event" + kind), sheet.file_index
            )
            if owner == sheet.file_index:
                self._year(entry.year).events.append(
                    Event(
                        entry.code, kind, entry.extra.get("event_date"),
                        entry.extra.get("description"), entry.extra.get("document"),
                        sheet.source(entry.row, "event_kind"),
                    )
                )  # fmt: skip
            place = (entry.year, entry.code, _EVENT_FIELDS[kind])
            number, source = counts.get(place, (0, sheet.source(entry.row, "event_kind")))
            counts[place] = number + 1, source
        for place, (number, source) in counts.items():
            self._merge_sum(sheet, place, Decimal(number), source)


def _duplicate(sheet: EntrySheet, first: Entry, entry: Entry) -> None:
    differing = [
        key
        for key in {**first.values, **entry.values}
        if first.values.get(key) != entry.values.get(key)
    ]
    if not differing:
        sheet.findings.note(
            "repeated-row", f"与第 {first.row} 行完全相同，只计一次",
            row=entry.row, column=sheet.identity, value=entry.code, uscc=entry.code,
        )  # fmt: skip
        return
    labels = "、".join(label_of(key) for key in differing[:4])
    sheet.findings.block(
        "duplicate-code",
        f"统一社会信用代码与第 {first.row} 行重复，而{labels}不同",
        row=entry.row, column=sheet.identity, value=entry.code, uscc=entry.code,
        suggestion="请核实后只保留正确的一行。",
    )  # fmt: skip


def _warn(
    sheet: EntrySheet,
    code: str,
    key: str,
    first: SourcedValue,
    second: SourcedValue,
    *,
    later: bool,
) -> None:
    here = second.source
    unit = unit_of(key)
    owner = OWNER.get(key)
    taken = f"按来源次序以{owner}为准，取后者" if later else "取前者"
    sheet.findings.warn(
        "conflicting-sources",
        f"“{label_of(key)}”两处不同：{first.source.place if first.source else ''}"
        f"为 {_shown(first.value)}{unit}，{here.place if here else ''}"
        f"为 {_shown(second.value)}{unit}，{taken}",
        row=here.row if here else None,
        column=(here.column or None) if here else None,
        value=_shown(second.value),
        suggestion="请核实后更正其中一处，或只导入一个来源。",
        uscc=code,
    )


def _plain(key: str, value: float | str) -> float | str:
    """Return a value as two sources are compared: industry codes by their digits."""
    if key == "industry_code" and isinstance(value, str):
        return value.lstrip("ABCDEFGHIJKLMNOPQRST")
    return value


def _shown(value: float | str) -> str:
    return f"{value:.10g}" if isinstance(value, float) else value
