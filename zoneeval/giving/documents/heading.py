"""What every document says of itself: number, sender, date, and the run it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from zoneeval.giving.documents.template import clean
from zoneeval.policy.schema import Policy

BLANK = "　" * 6
BLANK_DATE = "　　　　年　　月　　日"
SEAL = "（发文机关盖章）"
YES = "是"
NO_DASH = "—"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends documents, and where objections go; "" is to be filled in by hand."""

    issuer: str = ""
    receiver: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""


SENDER_WORDS = {
    "issuer": "发文机关",
    "receiver": "受理单位",
    "contact": "联系人",
    "phone": "联系电话",
    "address": "联系地址",
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What is written for one document: number, date (ISO), to whom; "" is left blank."""

    sender: Sender = Sender()
    number: str = ""
    on: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The run that a document rests on; ``status`` is in words, dates are ISO or None."""

    run_id: int
    year: int
    zones: tuple[str, ...]
    status: str
    policy: Policy
    publicity: tuple[str | None, str | None, int | None, str | None] = (None, None, None, None)
    is_recognised: bool = False

    @property
    def policy_words(self) -> str:
        """Return title and number of the policy."""
        return rule_words(self.policy.title, self.policy.number)

    @property
    def warning(self) -> str:
        """Return what is to be said where the policy has illustrative figures."""
        if not self.policy.has_illustrative:
            return ""
        return "本件所依据的评价办法含示意数值（未见公布，为试算所设），仅供试算和核对。"


def general(head: Letterhead, basis: Basis, to: str = "") -> dict[str, Any]:
    """Return the fields that every kind of document has; ``to`` where none was written."""
    sender = head.sender
    zones = "、".join(basis.zones) if len(basis.zones) <= 6 else f"{len(basis.zones)} 个园区"
    fields: dict[str, Any] = {
        "文号": head.number,
        "主送": head.to or to,
        "发文机关": sender.issuer or SEAL,
        "成文日期": day_words(head.on),
        "评价年度": str(basis.year),
        "评价范围": zones or "全部企业",
        "办法": basis.policy_words,
        "评价编号": str(basis.run_id),
        "状态": basis.status,
        "示意提示": basis.warning,
        "草稿提示": ""
        if basis.is_recognised
        else f"第 {basis.run_id} 次评价现处于{basis.status}阶段，尚未认定，本件为草稿。",
        "受理单位": sender.receiver or sender.issuer or f"{BLANK}（受理单位）",
        "联系人": sender.contact or BLANK,
        "联系电话": sender.phone or BLANK,
        "联系地址": sender.address or BLANK,
    }
    return {name: clean(words) for name, words in fields.items()}


def period(basis: Basis) -> dict[str, str]:
    """Return the fields of the publicity period, blank where it has not begun."""
    first, last, days, document = basis.publicity
    return {
        "公示开始": day_words(first),
        "公示截止": day_words(last),
        "公示天数": "　　" if days is None else str(days),
        "公示文件": clean(document or ""),
    }


def day_words(day: str | None) -> str:
    """Return an ISO date as 2025年6月9日, a blank to fill in where there is none."""
    if not day:
        return BLANK_DATE
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return clean(day)
    return f"{found.year}年{found.month}月{found.day}日"


def rule_words(title: str, number: str = "") -> str:
    """Return a document in book marks, with its number."""
    named = title if title.startswith("《") else f"《{title}》"
    return f"{named}（{number}）" if number else named


def paragraphs(text: str | None) -> list[str]:
    """Return the paragraphs of a text that somebody typed."""
    return [clean(line.strip()) for line in (text or "").splitlines() if line.strip()]
