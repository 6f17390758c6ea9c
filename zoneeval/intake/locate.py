"""A sheet → its header with every column named as surely as headings and values allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from zoneeval.intake.headers import Header, find_header, guess_header
from zoneeval.intake.heading_columns import Column
from zoneeval.intake.looks import SAMPLE, Look, by_look, contradicts, look_at, supports
from zoneeval.intake.mapping import Decisions
from zoneeval.intake.reader import RawSheet
from zoneeval.intake.recognise import QUALIFIED, SURE, meaning
from zoneeval.model.fields import FIELDS

_WORDS = {
    "credit_code": "统一社会信用代码", "scale": "规上、规下", "flag": "是、否", "date": "日期",
    "industry": "四位代码", "share": "0 至 1 之间的小数", "number": "数字", "digits": "一串数字",
    "text": "文字",
}  # fmt: skip


def locate(sheet: RawSheet, decisions: Decisions) -> tuple[Header | None, Header | None]:
    """Return the header to be read, and otherwise the one guessed at for the user to decide.

    The first is None where too few columns are known for sure.
    """
    rows = sheet.rows
    header = find_header(rows, decisions.headings, layouts=decisions.layouts, name=sheet.name)
    if header is not None:
        return with_looks(header, sheet), None
    guessed = guess_header(rows, sheet.name)
    if guessed is None:
        return None, None
    looked = with_looks(guessed, sheet)
    return (looked, None) if looked.known >= 2 else (None, looked)


def with_looks(header: Header, sheet: RawSheet) -> Header:
    """Return a header whose suggestions have been held against the values below."""
    body = sheet.rows[header.body : header.body + SAMPLE]
    taken: set[str | None] = {c.key for c in header.columns if c.key is not None}
    looked = []
    for column in header.columns:
        cells = [cells[column.index] for _, cells in body if column.index < len(cells)]
        looked.append(_held_against(column, look_at(cells), taken))
    columns = _only_one_each(looked)
    return replace(header, columns=_with_twins(columns, sheet, header.body))


def with_twins(header: Header, sheet: RawSheet) -> Header:
    """Return a header that knows which columns of one meaning have the same values."""
    return replace(header, columns=_with_twins(header.columns, sheet, header.body))


def _held_against(column: Column, look: Look, taken: set[str | None]) -> Column:
    column = replace(column, examples=look.examples)
    if column.chosen or column.doubt:
        return column
    if column.key is not None:
        return _doubted(column, look)
    if column.suggestion is not None:
        return _supported(column, look, taken)
    guess = by_look(look, column.heading)
    if guess is None or guess[0] in taken:
        return column
    return replace(column, suggestion=guess[0], confidence=guess[1])


def _doubted(column: Column, look: Look) -> Column:
    """Withdraw a certain name where the values cannot be what it means.

    Numbers, dates and codes have parsers that refuse each wrong cell by itself; text
    takes everything, and a share above 1 may be per cent or not.
    """
    key = column.key or ""
    field = FIELDS.get(key)
    if field is not None and field.kind == "share" and column.unit is None and look.above_one:
        return replace(
            column, key=None, suggestion=key, confidence=0.8,
            doubt=f"像“{meaning(key)}”，没有注明单位而数值大于 1，可能是百分数",
        )  # fmt: skip
    parsed = field is not None and field.kind not in ("text",)
    if not parsed and contradicts(look, key):
        words = _WORDS.get(look.kind, "")
        return replace(
            column, key=None, suggestion=key, confidence=0.6,
            doubt=f"标题是“{meaning(key)}”，而该列的值是{words}",
        )  # fmt: skip
    return column


def _supported(column: Column, look: Look, taken: set[str | None]) -> Column:
    key, sure = column.suggestion or "", column.confidence
    if contradicts(look, key):
        guess = by_look(look, column.heading)
        if guess is not None and guess[0] not in taken:
            return replace(column, suggestion=guess[0], confidence=guess[1])
        return replace(column, suggestion=None, confidence=0.0)
    if not supports(look, key):
        return column
    sure = round(sure + (1 - sure) * 0.6, 3)
    if sure < SURE or key in taken:
        return replace(column, confidence=sure)
    return replace(column, key=key, suggestion=None, confidence=sure)


def _only_one_each(columns: Sequence[Column]) -> list[Column]:
    """Take back what only the values made certain where two columns claim the same field."""
    claims: dict[str, int] = {}
    for column in columns:
        if column.key is not None:
            claims[column.key] = claims.get(column.key, 0) + 1
    return [
        replace(c, key=None, suggestion=c.key)
        if c.key is not None and claims[c.key] > 1 and not c.chosen and _by_values(c)
        else c
        for c in columns
    ]


def _by_values(column: Column) -> bool:
    return SURE <= column.confidence < 0.99 and column.confidence != QUALIFIED


def _with_twins(columns: Sequence[Column], sheet: RawSheet, body: int) -> tuple[Column, ...]:
    """Mark a column that has the same values as an earlier one of the same meaning."""
    first: dict[str, list[Column]] = {}
    marked: list[Column] = []
    for column in columns:
        if (key := column.key) is not None:
            for other in first.setdefault(key, []):
                if other.unit == column.unit and _values(sheet, body, other) == _values(
                    sheet, body, column
                ):
                    column = replace(column, twin=other.index)
                    break
            first[key].append(column)
        marked.append(column)
    return tuple(marked)


def _values(sheet: RawSheet, body: int, column: Column) -> list[Any]:
    at = column.index
    return [cells[at] if at < len(cells) else None for _, cells in sheet.rows[body:]]
