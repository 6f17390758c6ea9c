"""Departments' workbooks → one draft with every finding; nothing is raised, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zoneeval.energy import FactorTable, shipped_factors
from zoneeval.errors import InputError
from zoneeval.intake.aside import aside_names, is_out, mark_rows, touched_codes, unresolved
from zoneeval.intake.assemble import Assembly, EntrySheet
from zoneeval.intake.checks import Reference, check_years
from zoneeval.intake.draft import Draft, FileReport, SheetCells, SheetReport
from zoneeval.intake.edits import Edits
from zoneeval.intake.entries import CodeBook, read_entries
from zoneeval.intake.findings import Findings
from zoneeval.intake.following import follow
from zoneeval.intake.headers import Header
from zoneeval.intake.joining import join_rows, note_names
from zoneeval.intake.kinds import Kind, department_of, kind_of, sums_rows
from zoneeval.intake.leftover import tell_leftover
from zoneeval.intake.locate import locate
from zoneeval.intake.mapping import Choice, Decisions, Layout, choice_of
from zoneeval.intake.participants import read_decisions, warn_of_strangers
from zoneeval.intake.periods import tell_periods
from zoneeval.intake.plan import report_sheet
from zoneeval.intake.problem_list import is_problem_list
from zoneeval.intake.reader import RawBook, RawSheet, SheetNote, read_book
from zoneeval.intake.recognise import is_known
from zoneeval.intake.repairs import with_repairs
from zoneeval.intake.shelf import Shelf
from zoneeval.intake.zone_wide import WideTable, find_wide, read_wide
from zoneeval.intake.zones import keep_first, read_stars, read_zone_values
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Issue, Severity
from zoneeval.model.matching import Aliases
from zoneeval.model.merging import Succession, by_old
from zoneeval.model.records import DecisionRow, SourcedValue, StarRecord, ZoneValue
from zoneeval.model.repair import CellEdit, RepairChoice
from zoneeval.progress import Progress, silent, span

GUIDE_SHEET = "填表说明"
"""The sheet of a blank template that says how to fill it in; it holds no data."""
_READ = 0.8
"""Share of the progress that reading takes; checking has the rest."""


class _Reading:
    """What has been read so far in one import."""

    def __init__(
        self,
        year: int | None,
        zone: str | None,
        decided: Decisions,
        factors: FactorTable,
        aliases: Aliases | None,
        edits: Edits,
        shelf: Shelf | None,
    ) -> None:
        self.edits = edits
        self.shelf = shelf
        self.year = year
        self.zone = zone
        self.decided = decided
        self.factors = factors
        self.codes = CodeBook(aliases)
        self.findings: list[Findings] = []
        self.sheets: list[EntrySheet] = []
        self.figures: list[tuple[Findings, list[ZoneValue]]] = []
        self.stars: list[StarRecord] = []
        self.decisions: list[tuple[Findings, list[DecisionRow]]] = []
        self.zone_rows = 0
        self.zone_rejected = 0
        self.progress: Progress = silent

    def file(self, index: int, path: Path, progress: Progress) -> FileReport:
        """Read one workbook; a broken one becomes a finding."""
        whole = Findings(path.name)
        self.findings.append(whole)
        try:
            book = self._book(path, span(progress, 0, 0.6))
        except InputError as error:
            whole.block("unreadable-file", str(error))
            return FileReport(str(path), ())
        _tell(whole, book.notes)
        reports: list[SheetReport] = []
        unknown: list[SheetReport] = []
        for number, raw in enumerate(book.sheets):
            findings = Findings(path.name, raw.name or None)
            self.findings.append(findings)
            low, high = number / len(book.sheets), (number + 1) / len(book.sheets)
            self.progress = span(span(progress, 0.6, 1), low, high)
            report = self._sheet(index, raw, findings, unknown)
            if report is not None:
                reports.append(report)
        if not reports:
            whole.block(
                "nothing-recognised",
                f"“{path.name}”中没有可识别的企业或园区数据："
                "没有找到含“统一社会信用代码”等列标题的表，也没有园区指标表或星级表",
                suggestion="请检查文件是否选错；如没有选错，请检查列标题后重新导入。",
            )
        return FileReport(str(path), tuple(reports), tuple(unknown))

    def _book(self, path: Path, progress: Progress) -> RawBook:
        if self.shelf is None:
            return read_book(path, progress)
        return self.shelf.take(path, progress)

    def _sheet(
        self, index: int, raw: RawSheet, findings: Findings, unknown: list[SheetReport]
    ) -> SheetReport | None:
        if raw.hidden and raw.rows:
            findings.note("hidden-sheet", "该工作表是隐藏的，未导入",
                          suggestion="如需导入，请取消隐藏后保存。")  # fmt: skip
            return None
        if raw.name.strip() == GUIDE_SHEET or is_problem_list(raw):
            return None
        if raw.cut_at is not None:
            findings.block(
                "too-many-rows", f"该工作表超过上限，第 {raw.cut_at} 行起没有读取",
                suggestion="请拆分后分别导入。",
            )  # fmt: skip
        wide = find_wide(raw, self.zone is not None)
        header, guessed = (wide.header, None) if wide else locate(raw, self.decided)
        kind = "zone" if wide else kind_of(header, self.zone is not None) if header else None
        if header is None or kind is None:
            if raw.rows:
                findings.note("sheet-not-recognised", "该工作表中没有可识别的列，未导入",
                              suggestion="如应导入，请检查列标题。")  # fmt: skip
            if (seen := header or guessed) is not None:
                unknown.append(report_sheet(raw, seen, "", 0))
            return None
        try:
            raw = raw.filled(header.body)
        except InputError as error:
            findings.block("unreadable-file", str(error))
        _tell(findings, raw.notes)
        raw = self.edits.typed(findings.file, raw, header.body)
        cells = self._cells(findings.file, raw, header) if self.shelf is not None else None
        raw = self.edits.edited(findings.file, raw, header.body)
        if kind == "without_code":
            findings.block(
                "missing-column",
                "该表缺少必需的列“统一社会信用代码”，无法与企业对应",
                row=None,
                suggestion="请补上“统一社会信用代码”列后重新导入。",
            )
            rows = 0
        else:
            figures = [one.column.index for one in wide.figures] if wide else []
            tell_leftover(raw, header, findings, figures)
            if kind not in ("zone", "star", "participation"):
                tell_periods(raw.rows, header, self.year, findings)
            rows = self._rows(index, raw, header, kind, findings, wide)
            if rows == 0:
                findings.note("no-rows", "该表表头之下没有数据")
        report = report_sheet(raw, header, department_of(header, kind), rows)
        return replace(report, cells=cells)

    def _cells(self, file: str, raw: RawSheet, header: Header) -> SheetCells:
        edits = self.edits
        return SheetCells(
            raw, header.body, edits.typed_in(file, raw.name), edits.mended(file, raw.name),
            edits.can_edit(file),
        )  # fmt: skip

    def _rows(
        self,
        index: int,
        raw: RawSheet,
        header: Header,
        kind: Kind,
        findings: Findings,
        wide: WideTable | None,
    ) -> int:
        if kind in ("zone", "star"):
            if wide is not None:
                values, rows = read_wide(raw, wide, findings, year=self.year, zone=self.zone)
                self.figures.append((findings, values))
            elif kind == "zone":
                values, rows = read_zone_values(
                    raw, header, findings, year=self.year, zone=self.zone
                )
                self.figures.append((findings, values))
            else:
                stars, rows = read_stars(raw, header, findings, year=self.year, zone=self.zone)
                self.stars.extend(stars)
            self.zone_rows += rows
            self.zone_rejected += len(findings.blocked_rows)
            return rows
        if kind == "participation":
            made, rows = read_decisions(raw, header, findings, self.codes, year=self.year)
            self.decisions.append((findings, made))
            self.zone_rows += rows
            self.zone_rejected += len(findings.blocked_rows)
            return rows
        entries, letters = read_entries(
            raw, header, kind, findings, self.codes,
            year=self.year, zone=self.zone, factors=self.factors, progress=self.progress,
        )  # fmt: skip
        if "tax_paid" in letters:
            column = next(c for c in header.columns if c.letter == letters["tax_paid"])
            findings.note(
                "tax-scope",
                f"列“{column.heading}”按“税收实际贡献”导入，请确认口径"
                "（是否含代扣代缴、出口免抵、留抵退税）与评价办法一致",
                column=column.letter,
                value=column.heading,
            )
        self.sheets.append(
            EntrySheet(
                index, kind, sums_rows(header, kind), findings, letters, entries,
                department_of(header, kind),
            )
        )  # fmt: skip
        return len(entries)


def read_workbooks(
    paths: Sequence[Path],
    *,
    year: int | None,
    zone: str | None = None,
    known: Mapping[str, str] | None = None,
    mapping: Mapping[str, Choice | str] | None = None,
    layouts: Mapping[str, Layout] | None = None,
    factors: FactorTable | None = None,
    set_aside: bool = False,
    aliases: Aliases | None = None,
    accounts: Mapping[str, str] | None = None,
    successions: Iterable[Succession] = (),
    reference: Reference | None = None,
    repairs: Sequence[RepairChoice] = (),
    edits: Iterable[CellEdit] = (),
    shelf: Shelf | None = None,
    progress: Progress = silent,
) -> Draft:
    """Read workbooks into one draft; every fault of the content becomes a finding.

    ``year`` and ``zone`` serve rows without their own; ``known`` names the enterprises
    already stored, by credit code; ``mapping`` gives headings a field ("" ignores the
    column), ``layouts`` are the decisions remembered by signature; ``factors`` convert
    energy by kind; ``set_aside`` leaves out the enterprises that a blocking finding touches.
    ``aliases`` are decisions about names, old organisation codes and account numbers,
    ``accounts`` the enterprises of earlier meters, ``successions`` codes given up;
    ``reference`` is what the values are compared with; ``repairs`` are the findings that
    the user has chosen to have mended, ``edits`` what he has typed into cells.  ``shelf``
    keeps the workbooks for another reading, and lets the reports have their cells.
    """
    decided = Decisions(
        {heading: choice_of(choice) for heading, choice in (mapping or {}).items()}, layouts or {}
    )
    changes = Edits(repairs, [Path(path).name for path in paths], edits)
    while True:  # again after each round of repairs, which may show or settle others
        reading = _Reading(
            year, zone, decided, factors or shipped_factors(), aliases, changes, shelf
        )
        _check_mapping(reading)
        reports: list[FileReport] = []
        for index, path in enumerate(paths):
            share = span(progress, _READ * index / len(paths), _READ * (index + 1) / len(paths))
            share(0, 1, f"正在读取 {Path(path).name}")
            reports.append(reading.file(index, Path(path), share))
        checking = span(progress, _READ, 1)
        checking(0, 1, "正在核对数据")
        questions = join_rows(
            reading.sheets, reading.codes, known or {}, accounts or {}, aliases or {}
        )
        assembly = Assembly(follow(reading.sheets, by_old(successions)))
        note_names(reading.sheets, known or {}, by_old(successions))
        for sheet in reading.sheets:
            assembly.add(sheet)
            checking(1, 3, "正在核对数据")
        kept: dict[tuple[str, str, str], ZoneValue] = {}
        for findings, values in reading.figures:
            keep_first(values, kept, findings)
        figures = list(kept.values())
        _note_new(reading, known or {})
        heard_of = {*(known or {}), *(code for y in assembly.years.values() for code in y.values)}
        for findings, made in reading.decisions:
            warn_of_strangers(made, heard_of, findings)
        joined = _joined_checks(assembly, zone, reference or Reference(), reports, figures,
                                span(checking, 0.4, 0.9))  # fmt: skip
        draft = _draft(reading, assembly, reports, figures, joined, known or {}, set_aside)
        if not changes.take(draft.issues):
            return replace(draft, questions=tuple(questions), repaired=changes.log)


def _tell(findings: Findings, notes: Iterable[SheetNote]) -> None:
    for note in notes:
        add = findings.warn if note.warning else findings.note
        add(note.code, note.message, row=note.row, column=note.column, suggestion=note.suggestion)


def _check_mapping(reading: _Reading) -> None:
    """Tell of headings that are given a field which does not exist."""
    findings = Findings("列对应关系")
    for heading, choice in reading.decided.headings.items():
        key = choice.field
        if key and not is_known(key):
            findings.block(
                "bad-mapping",
                f"列对应关系把“{heading}”指定为“{key}”，没有这个项目",
                value=key,
                suggestion="请用 zoneeval score --fields 列出的项目标识；不导入的列留空。",
            )
    reading.findings.append(findings)


def _note_new(reading: _Reading, known: Mapping[str, str]) -> None:
    listed = {e.code for s in reading.sheets if s.kind == "directory" for e in s.entries}
    told = {*known, *listed}
    for sheet in reading.sheets:
        for entry in sheet.entries:
            if entry.code is None or entry.code in told or reading.codes.fault(entry.code):
                continue
            told.add(entry.code)
            sheet.findings.note(
                "new-enterprise",
                f"{entry.name or entry.code}不在企业名录中，将新建企业",
                row=entry.row, column=sheet.letters.get("uscc"), value=entry.code,
                uscc=entry.code, suggestion="请核对代码；如应在名录中，请一并导入企业名录。",
            )  # fmt: skip


def _joined_checks(
    assembly: Assembly,
    zone: str | None,
    reference: Reference,
    reports: Sequence[FileReport],
    figures: Sequence[ZoneValue],
    progress: Progress,
) -> list[Issue]:
    if zone is not None:
        for made in assembly.years.values():
            for values in made.values.values():
                if "zone" not in values:
                    values["zone"] = SourcedValue(zone)
    units = {
        (Path(file.path).name, sheet.name, column.column): column.unit
        for file in reports
        for sheet in file.sheets
        for column in sheet.columns
        if column.field in FIELDS
    }
    years = {year: made.values for year, made in assembly.years.items()}
    return check_years(
        years, reference, figures=figures, units=units, zone=zone, tell_zones=True,
        progress=progress,
    )  # fmt: skip


def _draft(
    reading: _Reading,
    assembly: Assembly,
    reports: Sequence[FileReport],
    figures: Sequence[ZoneValue],
    joined: Sequence[Issue],
    known: Mapping[str, str],
    set_aside: bool,
) -> Draft:
    sheets = reading.sheets
    issues = [issue for f in reading.findings for issue in f.items]
    issues.extend(joined)
    issues = with_repairs(issues, sheets, known)
    mark_rows(sheets, joined)
    out: set[str] = set()
    names: dict[str, None] = {}
    if set_aside:
        out, names = touched_codes(sheets, joined, reading.codes, known)
    rejected = reading.zone_rejected + sum(
        entry.row in sheet.findings.blocked_rows or is_out(entry, out, names)
        for sheet in sheets
        for entry in sheet.entries
    )
    total = reading.zone_rows + sum(len(sheet.entries) for sheet in sheets)
    blocked = any(i.severity is Severity.BLOCKING for i in issues)
    if total == rejected and not blocked and any(file.sheets for file in reports):
        issues.append(Issue(
            Severity.BLOCKING, "nothing-to-store",
            "这些文件中没有一行可以导入的数据", Path(reports[0].path).name,
            suggestion="请检查表头之下是否有数据，是否选错了文件。",
        ))  # fmt: skip
    return Draft(
        tuple(reports),
        assembly.drafts(frozenset(out)),
        tuple(figures),
        tuple(reading.stars),
        tuple(issues),
        total - rejected,
        rejected,
        aside_names(sheets, assembly, out, names, known),
        unresolved(sheets, issues, set_aside),
        tuple(row for _, rows in reading.decisions for row in rows),
    )
