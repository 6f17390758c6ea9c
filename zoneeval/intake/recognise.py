"""A heading → the field it means, its unit, and how sure that is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from zoneeval.energy import shipped_factors
from zoneeval.intake.brackets import Parts, bracketed, is_harmless, is_yes_or_no, parts_of
from zoneeval.model.fields import FIELDS
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.units import is_unit, same_dimension

ROLES: dict[str, tuple[str, ...]] = {
    "year": ("年度", "年份", "评价年度", "数据年度", "统计年度", "年"),
    "certificate": (
        "权证号", "不动产权证号", "土地证号", "土地使用证号", "不动产权证书号", "宗地编号",
        "宗地号", "不动产单元号", "土地权证号", "证号",
    ),
    "location": ("坐落", "土地坐落", "宗地坐落", "宗地位置", "位置", "地块位置"),
    "account": ("户号", "用户编号", "客户编号", "用电户号", "用水户号", "用气户号", "用户号"),
    "account_name": ("户名", "用户名称", "客户名称", "用电户名"),
    "event_kind": ("事件类型", "事项类型", "类型", "事件类别"),
    "event_date": ("日期", "发生日期", "发生时间", "处罚日期", "时间", "事件日期", "决定日期"),
    "description": ("说明", "事由", "内容", "事件说明", "事件描述", "情况说明", "主要情况"),
    "document": ("文号", "处罚文号", "决定书文号", "依据", "依据文件", "依据文号", "文件依据"),
    "organisation_code": (
        "组织机构代码", "原组织机构代码", "机构代码", "企业组织机构代码", "法人代码",
    ),
    "indicator": ("指标", "指标名称"),
    "figure": (
        "数值", "指标值", "数据", "数额", "本期", "本期数", "本期实际", "本期累计",
        "本年累计", "期末数",
    ),
    "unit": ("单位", "计量单位"),
    "scope": ("口径", "统计口径", "数据口径"),
    "period": ("期间", "时期", "统计期间"),
    "decision": ("人工决定", "参评决定", "人工参评决定"),
    "decision_reason": ("理由", "决定理由", "人工决定理由"),
    "target_star": ("目标星级", "星级目标", "计划目标星级"),
    "official_star": ("上年度认定星级", "上年认定星级", "上年度星级"),
}  # fmt: skip
"""Columns that are not fields of an enterprise, by the part they play in a table."""

SURE = 0.95
"""From this confidence on a suggestion is taken, if it is the only one for its field."""
ALIAS = 0.99
QUALIFIED = 0.95
DOUBTFUL = 0.9
SIMILAR_FROM = 0.7
SIMILAR_MOST = 0.94
"""However close the letters are, a heading that is only similar is asked about."""

_ZONE_HEADINGS = ("园区名称", "集聚区名称", "开发区名称", "产业集聚区名称")
_OTHER_MEANING = re.compile(
    r"上年|去年|同期|上期|增速|增长|增幅|同比|环比|计划|目标|预计|预期|占比|排名|得分|基准|名次"
)
_TURNING = "率均比累非未免减退补欠户增"
"""Characters that make another measure of a name when one has them and the other not."""
_YEAR = re.compile(r"^(20\d{2})年?度?$")
_LEADING_YEAR = re.compile(r"^(20\d{2})年度?(?=.)(?!.{0,3}[季月]|.?半年)")
_PART_OF = re.compile(
    r"平均|母公司|合并|集团|总部|分公司|子公司|全[国省市县区]|行业(?!代码|分类|信息|类别)|半年"
    r"|季|月|其中|预算|应缴|应纳|申报|闲置|审计|加计|调减|调增|欠缴|查补"
)
"""Words over a heading that make its figure that of others, or of part of the year."""


@dataclass(frozen=True, slots=True)
class Match:
    """What a heading means: ``key`` is a field or a role; ``suggestion`` only a guess.

    ``doubt`` is what the heading says besides a known name; ``conflict`` two units in it.
    """

    key: str | None
    unit: str | None = None
    confidence: float = 0.0
    year: int | None = None
    suggestion: str | None = None
    strange_unit: str | None = None
    conflict: tuple[str, str] | None = None
    doubt: str | None = None


def plain(text: str) -> str:
    """Return a heading half-width, without white space and marks for required columns."""
    flat = re.sub(r"\s+", "", bracketed(text))
    return flat.strip("*:：")


def folded(text: str) -> str:
    """Return a name as it is looked up."""
    return plain(text).casefold()


@cache
def _fields_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for field in FIELDS.values():
        for name in (field.label, field.key, *field.aliases):
            names.setdefault(folded(name), field.key)
    for name in _ZONE_HEADINGS:
        names.setdefault(folded(name), "zone")
    for role, aliases in ROLES.items():
        for name in aliases:
            names.setdefault(folded(name), role)
    for kind in shipped_factors().kinds.values():
        if kind.aliases:
            for name in (kind.label, kind.key, *kind.aliases):
                names.setdefault(folded(name), kind.key)
    return names


def is_energy(key: str | None) -> bool:
    """Tell whether a column's key is a kind of energy to be converted."""
    return key is not None and key in shipped_factors().kinds


def is_known(key: str) -> bool:
    """Tell whether a column can be given this key: a field, a role or a kind of energy."""
    return key in FIELDS or key in ROLES or is_energy(key)


def takes_unit(key: str) -> bool:
    """Tell whether the values of a column with this key have a unit."""
    return is_energy(key) or (key in FIELDS and FIELDS[key].kind in ("number", "share"))


def meaning(key: str) -> str:
    """Return the Chinese name of what a column means."""
    if key in FIELDS:
        return FIELDS[key].label
    if key in ROLES:
        return ROLES[key][0]
    kind = shipped_factors().kinds.get(key)
    return kind.label if kind else key


def _own_names(key: str) -> tuple[str, ...]:
    return (folded(key), folded(meaning(key)))


@cache
def _indicators_by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for indicator in ZONE_INDICATORS.values():
        for name in (indicator.label, indicator.key, *indicator.aliases):
            names.setdefault(folded(name), indicator.key)
    return names


_NEUTRAL = re.compile(r"^(?:本年|今年|本期|当年|全年|年度|本年度)(?:实际|累计|数)?|"
                      r"(?:本年|本期|当年|全年|本年度)(?:实际|累计|数)?$")  # fmt: skip
"""Words that say no more than that the figure is of the year asked for."""


def _split(text: str) -> Parts:
    """Take a heading apart; a unit written right behind a known name is its unit."""
    parts = parts_of(text)
    names = _fields_by_name()
    base = parts.base.casefold()
    if parts.unit is not None or base in names:
        return parts
    for end in range(len(base) - 1, 1, -1):
        key = names.get(base[:end])
        tail = base[end:].lstrip("/-_")
        if key is not None and takes_unit(key) and is_unit(tail) and _measures(key, tail):
            return replace(parts, base=parts.base[:end], unit=tail)
    return parts


def _measures(key: str, unit: str) -> bool:
    if is_energy(key):
        return any(same_dimension(unit, f.per) for f in shipped_factors().kinds[key].factors)
    if key in ("energy_use", "water_use") and same_dimension(unit, "吨"):
        return True
    return same_dimension(unit, FIELDS[key].unit)


def _doubt(key: str, qualifiers: tuple[str, ...]) -> str | None:
    """Return the first word beside a name that may make it another figure, or None."""
    flag = key in FIELDS and FIELDS[key].kind == "flag"
    if not flag and not takes_unit(key):
        return None
    for word in qualifiers:
        if not is_harmless(word) and not (flag and is_yes_or_no(word)):
            return word
    return None


@cache
def exact(text: str) -> Match | None:
    """Return what a heading means by the registry's names; None where it is no known name.

    A match without key is a heading that names another measure (上年, 增速 …).
    """
    heading = plain(text)
    names = _fields_by_name()
    if not heading or len(heading) > 60:
        return Match(None)
    if key := names.get(heading.casefold()):
        return Match(key, None, 1.0 if heading.casefold() in _own_names(key) else ALIAS)
    parts = _split(text)
    base, unit, qualifiers = parts.base, parts.unit, parts.qualifiers
    if _OTHER_MEANING.search("".join(qualifiers)):
        return Match(None, unit)
    key = names.get(base.casefold())
    neutral = False
    if key is None and (plainer := _NEUTRAL.sub("", base)) != base and plainer:
        key = names.get(plainer.casefold())
        neutral = key is not None
    if key is not None:
        if (word := _doubt(key, qualifiers)) is not None:
            return Match(None, unit, DOUBTFUL, parts.year, key, doubt=word)
        confidence = 1.0 if base.casefold() in _own_names(key) else ALIAS
        if qualifiers or neutral:
            confidence = QUALIFIED
        if not takes_unit(key):
            return Match(key, None, confidence, parts.year)
        strange = parts.strange if unit is None else None
        return Match(key, unit, confidence, parts.year, None, strange, parts.conflict)
    if len(base) < 2 or _OTHER_MEANING.search(base):
        return Match(None, unit)
    return None


@cache
def recognise(text: str) -> Match:
    """Return what the heading means, or what it is near to as a suggestion."""
    found = exact(text)
    if found is not None:
        return found
    parts = _split(text)
    return _similar(parts.base.casefold(), parts.unit, parts.year)


def names_other_measure(text: str) -> bool:
    """Tell whether a heading above others makes them last year's, a target's, a rank's."""
    return bool(_OTHER_MEANING.search(plain(text)))


def part_named(text: str) -> str | None:
    """Return what over a heading makes it the figure of others or of part of the year."""
    heading = re.sub(r"1[-—~至]12月", "", plain(text))
    return heading if _PART_OF.search(heading) else None


def year_named(text: str) -> int | None:
    """Return the year that a heading begins with or consists of."""
    heading = plain(text)
    found = _YEAR.match(heading) or _LEADING_YEAR.match(heading)
    return int(found[1]) if found else None


def _similar(base: str, unit: str | None, year: int | None) -> Match:
    """Return the nearest name as a suggestion; a unit of another kind rules it out."""
    from rapidfuzz import fuzz, process

    names = _fields_by_name()
    best: tuple[float, str] | None = None
    for name, score, _ in process.extract(
        base, names.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR_FROM * 100, limit=8
    ):
        if _fits(base, name, names[name], unit) and (best is None or score / 100 > best[0]):
            best = score / 100, names[name]
    for name, key in names.items():
        if len(name) < 3 or name not in base or not _fits(base, name, key, unit):
            continue
        score = 0.75 + 0.15 * len(name) / len(base)
        if best is None or score > best[0]:
            best = score, key
    if best is None:
        return Match(None, unit, year=year)
    sure = round(min(best[0], SIMILAR_MOST), 3)
    return Match(None, unit, sure, year, suggestion=best[1])


def _fits(base: str, name: str, key: str, unit: str | None) -> bool:
    if any((mark in base) != (mark in name) for mark in _TURNING):
        return False
    if unit is None:
        return True
    if key in FIELDS:
        field = FIELDS[key]
        return field.kind in ("number", "share") and same_dimension(unit, field.unit)
    return is_energy(key) and any(
        same_dimension(unit, factor.per) for factor in shipped_factors().kinds[key].factors
    )


def recognise_indicator(text: str) -> tuple[str | None, str | None]:
    """Return the zone indicator that a name means and the unit in its brackets, if any."""
    heading = plain(text)
    names = _indicators_by_name()
    if key := names.get(heading.casefold()):
        return key, None
    if heading.startswith("其中"):
        part, unit = recognise_indicator(heading.removeprefix("其中").lstrip(":：、"))
        surveyed = part is not None and ZONE_INDICATORS[part].document.startswith("JJQ201")
        return (part, unit) if surveyed else (None, unit)
    parts = parts_of(text)
    if any(not is_harmless(word) for word in parts.qualifiers) or parts.conflict:
        return None, parts.unit
    return names.get(parts.base.casefold()), parts.unit or parts.strange
