"""The parts of a heading: its name, its unit, its year, and what its brackets say besides."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from zoneeval.units import is_unit, normalise_unit, ratio, same_dimension

_BRACKETS = str.maketrans("[]{}〔〕【】〖〗", "()()()()()")
_GROUP = re.compile(r"\(([^()]*)\)")
_SAID_FIRST = re.compile(r"^(?:(?:计量|金额|货币|数据)?单位[:为是]?|(?:金额|面积|数量):)")
_YEAR = re.compile(r"^(20\d{2})年?度?(?:全年|年?末|年?底|1[-—~至]12月)?(?:累计)?数?$")
_LEADING_YEAR = re.compile(r"^(20\d{2})年度?(?=.)")
_UNIT_LIKE = re.compile(
    r"^[十百千万亿]*(?:元|美元|欧元|亩|分|米|平.*|立.*|公里|公顷|顷|克|公斤|斤|吨.*|.*煤|.*瓦.*|.*焦|度|人|名"
    r"|家|户|个|次|件|斤|升|桶|套|[a-z0-9%‰·.]+)$"
)
_HAS_UNIT = re.compile(
    r"(?<![多单公])元|亩|平方|立方|平米|公里|公顷|(?<![厘虾玉小大])米|吨|公斤|千克|千瓦|兆瓦|㎡"
    r"|(?<![年季月额进程旬])度|[万亿千]人|美金|[%‰$¥￥]|kwh|rmb|usd|cny"
)
_HARMLESS = re.compile(
    r"^(?:现价|现行价格?|当年价格?|按?现价计算|不变价|价税合计"
    r"|不?含(?:税|增值税|免抵(?:调|税额|调库)?|自发电|代扣代缴|出口退税)"
    r"|(?:本年|本期|今年|当年|全年|年度|本年度|年)(?:实际|累计)?(?:数|值)?"
    r"|(?:1[-—~至]12月|1月[-—~至]12月)(?:累计)?(?:数|值)?"
    r"|(?:合计|总计|总额|总数|总量|小计|累计|实际|实绩|实际完成|年末|年底|期末)(?:数|值)?"
    r"|人民币|必填|选填|必填项|选填项|可空|自动计算|如有|整)$"
)
_YES_NO = re.compile(r"^(?:是.{0,4}否.{0,3}|是|否|有.{0,4}无.{0,3}|[01√×].*)$")
_LONGEST_UNIT = 10
_SPLIT = re.compile(r"[、,;|]+")


@dataclass(frozen=True, slots=True)
class Parts:
    """A heading taken apart; ``strange`` is a bracket that looks like an unknown unit.

    ``conflict`` are two units stated that differ; ``qualifiers`` is whatever else is said.
    """

    base: str
    unit: str | None = None
    strange: str | None = None
    conflict: tuple[str, str] | None = None
    year: int | None = None
    qualifiers: tuple[str, ...] = ()


def half_width(text: str) -> str:
    """Return text in half-width forms, with ㎡ and raised digits as they are written."""
    return "".join(c if c in "㎡²³" else unicodedata.normalize("NFKC", c) for c in text)


def bracketed(text: str) -> str:
    """Return text half-width with all kinds of brackets as round ones; spaces stay."""
    return half_width(text).translate(_BRACKETS)


def is_unit_like(text: str) -> bool:
    """Tell whether a text that is no known unit was probably meant as one."""
    return bool(_UNIT_LIKE.match(normalise_unit(text))) or ("/" in text and len(text) <= 12)


def names_unit(text: str) -> bool:
    """Tell whether a unit is mentioned somewhere in a text."""
    return bool(_HAS_UNIT.search(normalise_unit(text)))


def is_harmless(qualifier: str) -> bool:
    """Tell whether a word beside a heading leaves the figure that of the whole year."""
    return bool(_HARMLESS.match(qualifier))


def is_yes_or_no(qualifier: str) -> bool:
    """Tell whether a bracket only says how a flag is filled in."""
    return bool(_YES_NO.match(qualifier))


def same_unit(first: str, second: str) -> bool:
    """Tell whether two units are the same under different names."""
    return same_dimension(first, second) and ratio(first, second) == 1


def stated_unit(token: str) -> str | None:
    """Return the unit that a word is or begins with (元整, RMB元, 元现价), or None."""
    token = re.sub(r"^(?:rmb|cny|人民币|[¥￥])(?=.)", "", token, flags=re.IGNORECASE)
    if is_unit(token):
        return token
    for end in range(min(len(token) - 1, _LONGEST_UNIT), 0, -1):
        if is_unit(token[:end]) and is_harmless(token[end:].lstrip("的")):
            return token[:end]
    return None


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a bracket or unit line; a unit broken by spaces is one word."""
    for piece in _SPLIT.split(text):
        words = piece.split()
        while words:
            for end in range(min(len(words), _LONGEST_UNIT), 0, -1):
                joined = "".join(words[:end])
                if end == 1 or is_unit(joined):
                    yield joined
                    words = words[end:]
                    break


def parts_of(text: str) -> Parts:
    """Take a heading apart."""
    flat = bracketed(text)
    units: list[str] = []
    strange: str | None = None
    year: int | None = None
    qualifiers: list[str] = []
    for content in _GROUP.findall(flat):
        for word in words_of(re.sub(r"(?<=[、,; ])(?=单位:)", ",", content)):
            inner = _SAID_FIRST.sub("", word)
            if not inner:
                continue
            if found := _YEAR.match(inner):
                year = int(found[1])
            elif (unit := stated_unit(inner)) is not None:
                units.append(unit)
            elif is_harmless(inner):
                qualifiers.append(inner)
            elif is_unit_like(inner) or names_unit(inner):
                strange = inner
            else:
                qualifiers.append(inner)
    base = re.sub(r"\s+", " ", _GROUP.sub("", flat)).strip(" *:")
    base, tail = _unit_behind(base)
    if tail:
        units.append(tail)
    base = base.replace(" ", "").strip("*:")
    if found := _LEADING_YEAR.match(base):
        year = int(found[1])
        base = base[found.end() :]
    conflict = next(((units[0], u) for u in units[1:] if not same_unit(u, units[0])), None)
    return Parts(
        base, units[0] if units else None, strange, conflict, year, tuple(qualifiers)
    )  # fmt: skip


def _unit_behind(base: str) -> tuple[str, str | None]:
    """Return a name without the unit behind a comma, colon, bar or space."""
    for mark in (",", ":", "|", " "):
        head, found, tail = base.rpartition(mark)
        if found and head and is_unit(tail) and not tail.isdecimal():
            return head, tail.replace(" ", "")
    return base, None
