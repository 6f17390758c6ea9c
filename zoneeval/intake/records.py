"""Meters, parcels and events: which rows are the same record, and which count at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneeval.intake.assemble import EntrySheet
    from zoneeval.intake.entries import Entry

ACCIDENT = "安全事故"
PENALTY = "行政处罚"
_ACCIDENT = re.compile(
    r"(?:一般|较大|重大|特别重大|特大|轻微)?(?:安全生产|生产安全|安全|生产)?"
    r"(?:责任|亡人|死亡|伤亡|工亡|工伤|火灾|爆炸|中毒|坍塌|泄漏)*事故"
)
_PENALTY = re.compile(r"[一-鿿]{0,10}处罚(?:决定)?书?")
_NOT_ONE = re.compile("未|无|没有|撤销|取消|免予|免于|不予|拟|检查|整改|演练|隐患|培训|排查")
_MONTH = re.compile(r"\d{1,2}月|[一二三四1-4]季度|[上下]半年")


@dataclass
class Held:
    """The numbered records of one enterprise that are counted, by number."""

    files: set[int] = field(default_factory=set)
    numbers: dict[str, set[tuple[object, ...]]] = field(default_factory=dict)
    unnumbered: bool = False


def record_number(entry: Entry) -> str | None:
    """Return the account or the certificate of a row."""
    return entry.extra.get("account") or entry.extra.get("certificate")


def figures(sheet: EntrySheet, entry: Entry) -> tuple[object, ...]:
    """Return what makes two rows of one number the same: the month and the amounts."""
    found = _MONTH.search(sheet.findings.sheet or "")
    month = entry.extra.get("month") or (found[0] if found else "")
    return (month, *(v for v in entry.values.values() if isinstance(v, float)))


def warn_counted_once(sheet: EntrySheet, entry: Entry, number: str) -> None:
    """Tell that a record was in another sheet already."""
    what = "宗地" if sheet.kind == "parcel" else "户号"
    sheet.findings.warn(
        "repeated-record", f"{what}“{number}”在另一张表中已有完全相同的一行，只计一次",
        row=entry.row, value=number, uscc=entry.code,
        suggestion="如确是不同的数，请在表中注明月份，或在工作表名称中写明月份。",
    )  # fmt: skip


def warn_repeated(sheet: EntrySheet, entry: Entry, seen: dict[tuple[object, ...], int]) -> None:
    """Tell of rows of one sheet that are the same record; they are counted."""
    number = entry.extra.get("certificate") or entry.extra.get("account")
    if not number:
        return
    row = seen.setdefault((entry.year, entry.code, number, figures(sheet, entry)), entry.row)
    if row != entry.row:
        what = "宗地" if sheet.kind == "parcel" else "户号"
        sheet.findings.warn(
            "repeated-record", f"{what}“{number}”与第 {row} 行完全相同，已重复计入",
            row=entry.row, value=number, uscc=entry.code,
            suggestion="如属重复填报，请删去一行后重新导入。",
        )  # fmt: skip


def event_kind(sheet: EntrySheet, entry: Entry) -> str | None:
    """Return whether a row counts as an accident or a penalty; None after a finding."""
    text = entry.extra.get("event_kind", "")
    day = entry.extra.get("event_date")
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    short = re.sub(r"\([^()]*\)$", "", plain)
    kind = None
    if not _NOT_ONE.search(plain):
        kind = ACCIDENT if _ACCIDENT.fullmatch(short) else None
        kind = PENALTY if _PENALTY.fullmatch(short) else kind
    if kind is None:
        sheet.findings.warn(
            "unknown-event", f"不认识的事件类型“{text}”，该行未计入",
            row=entry.row, column=sheet.letters.get("event_kind"), value=text, uscc=entry.code,
            suggestion=f"如确应计入，请改填“{ACCIDENT}”或“{PENALTY}”。",
        )  # fmt: skip
        return None
    if day and not day.startswith(str(entry.year)):
        sheet.findings.warn(
            "event-other-year", f"事件日期 {day} 不在 {entry.year} 年度内，未计入",
            row=entry.row, column=sheet.letters.get("event_date"), value=day, uscc=entry.code,
            suggestion="请核对日期和导入的年度；其他年度的事件请按所属年度导入。",
        )  # fmt: skip
        return None
    return kind
