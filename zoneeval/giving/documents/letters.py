"""企业告知书 and 异议答复: letters to one enterprise."""

from __future__ import annotations

from typing import Any

from zoneeval.giving.documents.heading import (
    NO_DASH,
    SEAL,
    YES,
    Basis,
    Letterhead,
    day_words,
    general,
    paragraphs,
    period,
)
from zoneeval.giving.documents.template import clean
from zoneeval.giving.notice import HEADINGS, Notice, figure
from zoneeval.model.adjudication import OBJECTION_WORDS, Objection
from zoneeval.model.fields import FIELDS, label_of, unit_of

_COLUMNS = ("指标", "数值", "基准值", "权重", "得分", "依据", "来源")


def notice_content(
    head: Letterhead, basis: Basis, made: Notice, grade: str | None
) -> dict[str, Any]:
    """Return what the notice to one enterprise says; ``grade`` is its final class."""
    assert len(_COLUMNS) == len(HEADINGS)
    return {
        **general(head, basis, made.name),
        **period(basis),
        "示意提示": clean(made.warning),
        "标题": made.title,
        "企业名称": clean(made.name),
        "信用代码": clean(made.uscc),
        "开头": clean(made.opening),
        "类别": f"{grade} 类" if grade else "未分类",
        "结论": clean(made.sentence),
        "人工调整说明": clean(made.adjusted),
        "基本情况": _pairs(made.facts),
        "指标表": [
            {name: clean(words) for name, words in zip(_COLUMNS, row, strict=True)}
            for row in made.rows
        ],
        "结果": _pairs(made.result),
        "说明": [clean(text) for text in made.notes],
        "异议办法": [clean(text) for text in made.objection],
        "落款": [
            clean(head.sender.issuer or SEAL),
            day_words(head.on),
        ],
    }


def _pairs(entries: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"项目": clean(label), "内容": clean(words)} for label, words in entries]


def reply_content(
    head: Letterhead,
    basis: Basis,
    objection: Objection,
    name: str,
    before: str | None,
    after: str | None,
) -> dict[str, Any]:
    """Return the answer to a decided objection; the classes are the final ones."""
    known = objection.subject in FIELDS
    values = (objection.stated_value, objection.claimed_value)
    corrected = objection.new_run_id is not None
    one, other = _grade(before), _grade(after)
    if corrected:
        same = f"按更正后的数据重新评价，贵单位仍为{other}。"
        moved = f"按更正后的数据重新评价，贵单位由{one}变为{other}。"
        said = same if before == after else moved
    else:
        said = f"贵单位的评价类别为{other}。"
    return {
        **general(head, basis, name),
        "异议编号": str(objection.id),
        "企业名称": clean(name),
        "信用代码": clean(objection.uscc),
        "提出人": clean(objection.claimant or NO_DASH),
        "收到日期": day_words(objection.received_on),
        "异议事项": clean(label_of(objection.subject) if known else objection.subject),
        "异议内容": clean(objection.content),
        "原数值": _value(objection, objection.stated_value),
        "主张数值": _value(objection, objection.claimed_value),
        "有数值": YES if any(v is not None for v in values) else "",
        "证明材料": clean(objection.evidence or ""),
        "处理结果": OBJECTION_WORDS[objection.decision],
        "决定日期": day_words(objection.decided_on),
        "决定人": clean(objection.decided_by or NO_DASH),
        "决定文件": clean(objection.document or ""),
        "更正": YES if corrected else "",
        "原类别": one,
        "现类别": other,
        "类别说明": said,
        "答复内容": paragraphs(objection.answer),
    }


def _grade(letter: str | None) -> str:
    return f"{letter} 类" if letter else "未分类"


def _value(objection: Objection, value: float | None) -> str:
    if value is None:
        return NO_DASH
    share = objection.subject in FIELDS and FIELDS[objection.subject].kind == "share"
    unit = unit_of(objection.subject) if objection.subject in FIELDS and not share else ""
    return f"{figure(value, share)} {unit}".rstrip()
