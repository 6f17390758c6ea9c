"""Rows without a credit code → enterprises: the certain ones joined, the others asked."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zoneeval.intake.assemble import EntrySheet
from zoneeval.intake.entries import CodeBook, Entry
from zoneeval.intake.matching import Match, Matcher
from zoneeval.intake.names import normalised_name
from zoneeval.model.matching import (
    ALIAS_WORDS,
    NOT_OURS,
    Aliases,
    AliasKind,
    MatchQuestion,
    Proposal,
)


@dataclass
class _Asked:
    """A question being collected, with the rows that wait for it in one sheet."""

    sheet: EntrySheet
    match: Match
    shown: str
    rows: list[int] = field(default_factory=list)


def matcher_of(
    sheets: Sequence[EntrySheet],
    codes: CodeBook,
    known: Mapping[str, str],
    accounts: Mapping[str, str],
    aliases: Aliases,
) -> Matcher:
    """Return what rows are joined to: the directory, the enterprises known, and other tables.

    Other tables' names count only for enterprises that the first two do not hold; the
    order of workbooks makes no difference.
    """
    listed = _names(s for s in sheets if s.kind == "directory")
    names = sorted((c, n) for c, n in listed if codes.fault(c) is None)
    held = {code for code, _ in names} | known.keys()
    names += sorted((code, name) for code, name in known.items() if name)
    others = _names(s for s in sheets if s.kind != "directory")
    names += sorted((c, n) for c, n in others if c not in held and codes.fault(c) is None)
    return Matcher(names, accounts, aliases)


def _names(sheets: Iterable[EntrySheet]) -> set[tuple[str, str]]:
    return {(e.code, e.name) for s in sheets for e in s.entries if e.code and e.name}


def join_rows(
    sheets: Sequence[EntrySheet],
    codes: CodeBook,
    known: Mapping[str, str],
    accounts: Mapping[str, str],
    aliases: Aliases,
) -> list[MatchQuestion]:
    """Give every row without a code the enterprise it certainly means; ask about the rest.

    Rows that were decided to be nobody's are dropped from their sheets with a note.
    """
    if all(entry.code is not None for sheet in sheets for entry in sheet.entries):
        return []
    matcher = matcher_of(sheets, codes, known, accounts, aliases)
    questions: dict[tuple[AliasKind, str], MatchQuestion] = {}
    for sheet in sheets:
        for asked in _join_sheet(sheet, matcher):
            question = MatchQuestion(
                asked.match.kind, asked.match.alias, asked.shown, asked.match.proposals,
                sheet.findings.file, sheet.findings.sheet, tuple(asked.rows),
            )  # fmt: skip
            questions.setdefault((question.kind, question.alias), question)
    return list(questions.values())


def _join_sheet(sheet: EntrySheet, matcher: Matcher) -> list[_Asked]:
    if all(entry.code is not None for entry in sheet.entries):
        return []
    has_codes = "uscc" in sheet.letters
    if not has_codes and matcher.is_empty:
        _cannot_join(sheet, "也没有企业名录可以按名称对应")
        sheet.findings.blocked_rows.update(e.row for e in sheet.entries)
        return []
    empty = {issue.row for issue in sheet.findings.items if issue.code == "missing-code"}
    asked: dict[tuple[AliasKind, str], _Asked] = {}
    joined: dict[AliasKind, int] = {}
    dropped: list[Entry] = []
    for entry in sheet.entries:
        if entry.code is not None:
            continue
        told = entry.row in empty
        if has_codes and not told and entry.organisation is None:
            continue  # the code is there and cannot be read
        name = entry.name or entry.extra.get("account_name")
        match = matcher.match(
            name=name,
            organisation=entry.organisation,
            account=entry.extra.get("account") if not told else None,
        )
        if match is None:
            if not told:
                _nothing_to_go_by(sheet, entry)
        elif match.uscc is None or (told and match.uscc != NOT_OURS):
            _ask(sheet, entry, match, matcher, name, asked)
        elif match.uscc == NOT_OURS:
            dropped.append(entry)
        else:
            entry.code = match.uscc
            entry.values.pop("name", None)
            if (official := matcher.name_of(match.uscc)) != match.uscc:
                entry.values["name"] = official
            joined[match.kind] = joined.get(match.kind, 0) + 1
    _tell(sheet, joined, dropped)
    likely = any(each.match.proposals for each in asked.values())
    if asked and not (has_codes or joined or dropped or likely):
        _cannot_join(sheet, "表中的企业名称或户号也都对应不上")
        return list(asked.values())
    for each in asked.values():
        if has_codes and each.match.kind != "organisation_code":
            continue  # the empty cell was told already
        _issue(each, len(each.rows))
    return list(asked.values())


def _cannot_join(sheet: EntrySheet, why: str) -> None:
    sheet.findings.block(
        "missing-column",
        f"该表缺少必需的列“统一社会信用代码”，{why}",
        suggestion="请补上“统一社会信用代码”列，或与企业名录一起导入。",
    )


def _ask(
    sheet: EntrySheet,
    entry: Entry,
    match: Match,
    matcher: Matcher,
    name: str | None,
    asked: dict[tuple[AliasKind, str], _Asked],
) -> None:
    if match.uscc is not None:  # the code's cell is empty, so even the same name is asked about
        same = Proposal(match.uscc, matcher.name_of(match.uscc), 1.0)
        match = Match(None, match.kind, match.alias, (same,))
    shown = name if match.kind == "name" and name else match.alias
    if match.kind != "name" and name:
        shown = f"{match.alias}（{name}）"
    if sheet.sums and match.proposals:
        entry.maybe = match.proposals[0].uscc
    each = asked.setdefault((match.kind, match.alias), _Asked(sheet, match, shown))
    each.rows.append(entry.row)
    sheet.findings.blocked_rows.add(entry.row)


def _issue(asked: _Asked, count: int) -> None:
    """Make one finding of a question, at its first row."""
    kind, sheet = asked.match.kind, asked.sheet
    key = {"name": "name", "account": "account", "organisation_code": "organisation_code"}[kind]
    column = sheet.letters.get(key) or sheet.letters.get("account_name")
    if kind == "organisation_code" and column is None:
        column = sheet.letters.get("uscc")
    more = f"，共 {count} 行" if count > 1 else ""
    word = ALIAS_WORDS[kind]
    if asked.match.proposals:
        first = asked.match.proposals[0]
        sheet.findings.block(
            "doubtful-enterprise",
            f"请确认：{word}“{asked.shown}”是否为“{first.name}”（{first.uscc}，"
            f"相似度 {first.score * 100:.0f}%）{more}",
            row=asked.rows[0], column=column, value=asked.shown,
            suggestion="确认后会记住；在此之前这些行不导入。也可在表中补填统一社会信用代码。",
        )  # fmt: skip
        return
    sheet.findings.block(
        "unknown-enterprise",
        f"{word}“{asked.shown}”在企业名录和已有企业中找不到{more}",
        row=asked.rows[0], column=column, value=asked.shown,
        suggestion="请补填统一社会信用代码，或先导入含该企业的企业名录；不是本地企业的可确认为“都不是”。",
    )  # fmt: skip


def _nothing_to_go_by(sheet: EntrySheet, entry: Entry) -> None:
    sheet.findings.block(
        "missing-code",
        "该行没有统一社会信用代码，也没有企业名称或户号，不知道是哪家企业",
        row=entry.row,
        suggestion="请补填统一社会信用代码或企业名称。",
    )


def _tell(sheet: EntrySheet, joined: Mapping[AliasKind, int], dropped: Sequence[Entry]) -> None:
    for kind, count in joined.items():
        sheet.findings.note(
            "joined-by-alias",
            f"有 {count} 行没有统一社会信用代码，已按{ALIAS_WORDS[kind]}与企业对应",
            suggestion="请抽查；如有错误，在企业对应关系中更正后重新导入。",
        )
    if not dropped:
        return
    gone = {id(entry) for entry in dropped}
    sheet.entries[:] = [entry for entry in sheet.entries if id(entry) not in gone]
    sheet.findings.blocked_rows.difference_update(entry.row for entry in dropped)
    names = "、".join(dict.fromkeys(e.name or e.extra.get("account", "") for e in dropped))
    sheet.findings.note(
        "not-ours",
        f"按以前的决定，{len(dropped)} 行不属于任何企业，未导入：{names}",
        row=dropped[0].row,
        suggestion="如决定有误，请在企业对应关系中删去后重新导入。",
    )


def note_names(
    sheets: Sequence[EntrySheet], known: Mapping[str, str], given_up: Container[str] = ()
) -> None:
    """Note names that differ from the directory's (or the stored one) for the same code.

    Another enterprise's name blocks; only a directory changes a name.  ``given_up`` are
    codes that another code has replaced.
    """
    official = dict(known)
    listed = dict(sorted(_names(s for s in sheets if s.kind == "directory")))
    official.update(listed)
    certain = frozenset(official)
    owners: dict[str, set[str]] = {}
    for code, name in official.items():
        if code not in given_up and name != code:
            owners.setdefault(normalised_name(name), set()).add(code)
    told: set[tuple[str, str]] = set()
    for sheet in sheets:
        for entry in sheet.entries:
            if entry.code is None or entry.name is None:
                continue
            before = official.setdefault(entry.code, entry.name)
            if sheet.kind == "directory":
                before = known.get(entry.code, before)
            keeps = sheet.kind != "directory" and entry.code in certain
            if keeps and before != entry.code and "name" in entry.values:
                entry.values["name"] = before
            if before in (entry.code, entry.name) or normalised_name(before) == normalised_name(
                entry.name
            ):
                continue
            place = entry.code, normalised_name(entry.name)
            if place in told:
                continue
            told.add(place)
            owner = owners.get(place[1], set())
            if len(owner) == 1 and entry.code not in owner and entry.given is None:
                sheet.findings.block(
                    "code-name-conflict",
                    f"信用代码“{entry.code}”是“{before}”的，而名称“{entry.name}”是另一家企业"
                    f"（{next(iter(owner))}）",
                    row=entry.row, column=sheet.letters.get("name"), value=entry.name,
                    uscc=entry.code, suggestion="请核实是代码填错还是名称填错，更正后重新导入。",
                )  # fmt: skip
                continue
            sheet.findings.note(
                "name-differs",
                f"名称“{entry.name}”与{'以前' if sheet.kind == 'directory' else '企业名录'}的"
                f"“{before}”不同，信用代码相同，按同一企业导入，是否已更名",
                row=entry.row, column=sheet.letters.get("name"), value=entry.name,
                uscc=entry.code, suggestion="如已更名，请在“企业”页登记；如代码填错，请更正。",
            )  # fmt: skip
