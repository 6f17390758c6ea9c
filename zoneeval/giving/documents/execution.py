"""差别化政策执行通知: what a utility is told to carry out, after the list that it gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zoneeval.giving.documents.heading import (
    NO_DASH,
    YES,
    Basis,
    Letterhead,
    day_words,
    general,
)
from zoneeval.giving.documents.template import clean
from zoneeval.giving.notice import figure
from zoneeval.model.pricing import DIRECTION_WORDS
from zoneeval.model.utility_list import CHANGE_WORDS, LineChange, ListChanges, ListLine, UtilityList
from zoneeval.policy.tariff import Tariff
from zoneeval.report.header import status_alerts

PENDING = "待定"
WITHHELD = "不执行"


@dataclass(frozen=True)
class Sending:
    """A list as it is sent, or as it would be; the dates and its document once issued."""

    tariff: Tariff
    content: UtilityList
    changes: ListChanges
    recognition: str | None
    document: str = ""
    valid_from: str | None = None
    valid_to: str | None = None


def execution_content(head: Letterhead, basis: Basis, sent: Sending) -> dict[str, Any]:
    """Return what a utility is told; a rate never stands there without its document."""
    listed = sent.content
    apart = [one.line for one in listed.shared]
    every = [*listed.lines, *listed.missing, *apart]
    rates = {_rule(line): line for line in every if line.state == "charged"}
    rules = [
        f"{line.grade} 类企业{clean(line.kind)}{DIRECTION_WORDS[line.direction]}"
        f" {_rate(line)}，{_span(line)}，依据：{clean(line.document)}。"
        for line in rates.values()
    ]
    letters = sorted({letter for line in every for letter in line.grade.split("、")})
    changes = sent.changes
    return {
        **general(head, basis, f"{listed.utility}单位"),
        "执行单位": listed.utility,
        "价格表": clean(sent.tariff.title),
        "价格表说明": _doubts(sent.tariff, listed.utility, bool(rates)),
        "认定文件": clean(sent.recognition or ""),
        "名单文件": clean(sent.document),
        "有效期": _validity(sent),
        "按户号": YES if listed.accounts else "",
        "列入类别": "、".join(f"{letter} 类" for letter in letters) or NO_DASH,
        "行数": str(len(listed.lines)),
        "企业数": str(len({code for line in every for code in line.uscc.split("、")})),
        "缺户号数": str(len({line.uscc for line in listed.missing})),
        "合用户号数": str(len({line.account for line in apart})),
        "待定数": str(sum(line.state == "pending" for line in every)),
        "变化说明": _changed(changes),
        "执行标准": rules,
        "执行文件": list(dict.fromkeys(clean(line.document) for line in rates.values())),
        "执行名单": [_line(number, line) for number, line in enumerate(listed.lines, 1)],
        "缺户号企业": [_apart(n, line, line.remark) for n, line in enumerate(listed.missing, 1)],
        "合用户号": [
            _apart(n, one.line, f"合用企业：{one.users}") for n, one in enumerate(listed.shared, 1)
        ],
        "名单变化": [_change(n, one) for n, one in enumerate(changes.changes, 1)],
    }


def _line(number: int, line: ListLine) -> dict[str, str]:
    charged = line.state == "charged"
    return {
        **_apart(number, line, line.remark),
        "户名": clean(line.account_name or NO_DASH),
        "连续年数": str(line.years),
        "种类": f"{clean(line.kind)}{DIRECTION_WORDS[line.direction]}",
        "标准": _rate(line),
        "执行期": _span(line) if charged else NO_DASH,
        "文件": clean(line.document) if charged else NO_DASH,
    }


def _apart(number: int, line: ListLine, remark: str) -> dict[str, str]:
    return {
        "序号": str(number),
        "企业名称": clean(line.enterprise),
        "信用代码": clean(line.uscc),
        "园区": clean(line.zone or NO_DASH),
        "户号": clean(line.account or NO_DASH),
        "类别": line.grade,
        "备注": clean(remark) or NO_DASH,
    }


def _change(number: int, one: LineChange) -> dict[str, str]:
    row = _apart(number, one.line, one.reason)
    return {**row, "变化": CHANGE_WORDS[one.kind]}


def _changed(changes: ListChanges) -> str:
    if changes.against is None:
        return ""
    document = f"（{clean(changes.document)}）" if changes.document else ""
    numbers = "，".join(
        f"{CHANGE_WORDS[kind]} {len(changes.of(kind))} 项"
        for kind in ("added", "removed", "changed")
    )
    return f"与第 {changes.against} 号名单{document}相比，{numbers}，不变 {changes.unchanged} 项。"


def _rule(line: ListLine) -> tuple[object, ...]:
    return line.grade, line.kind, line.direction, *line.terms


def _rate(line: ListLine) -> str:
    if line.state == "withheld":
        return WITHHELD
    if line.rate is None:
        return PENDING
    if line.unit.startswith("%"):
        return f"{figure(line.rate)}{line.unit}"
    return f"{_amount(line.rate)} {line.unit}".rstrip()


def _amount(rate: float) -> str:
    """Return a price with all its decimals, at least two."""
    whole, _, decimals = f"{rate:.6f}".rstrip("0").partition(".")
    return f"{whole}.{decimals:0<2}"


def _span(line: ListLine) -> str:
    first = day_words(line.starts) if line.starts else ""
    last = day_words(line.ends) if line.ends else ""
    if first and last:
        return f"{first}至{last}"
    return f"自{first}起" if first else f"至{last}止" if last else "执行期按文件规定"


def _validity(sent: Sending) -> str:
    if not sent.valid_from:
        return ""
    first = day_words(sent.valid_from)
    return f"{first}至{day_words(sent.valid_to)}" if sent.valid_to else f"自{first}起"


def _doubts(tariff: Tariff, utility: str, has_rates: bool) -> str:
    """Return what keeps the rates from being carried out as they stand, "" for nothing."""
    if not has_rates:
        reason = clean(tariff.empty_reason) or "价格表中没有适用的标准。"
        return f"没有公布的标准，本件不作为执行依据：{reason}"
    sample = any(rate.illustrative for rate in tariff.rates if rate.utility == utility)
    return clean("".join(status_alerts(tariff, sample, "本价格表")))
