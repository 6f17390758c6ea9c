"""One cell → one typed value: numbers, dates, codes, flags, choices, star levels."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zoneeval.identifiers import normalise_code
from zoneeval.intake.reader import ERROR_TEXTS
from zoneeval.model.fields import Field
from zoneeval.model.standing import BELOW_GATE
from zoneeval.units import UnitError, is_unit, magnified, ratio, scale

MISSING = frozenset(
    {"", "-", "--", "—", "——", "–", "―", "/", "\\", "无", "未提供", "暂无", "不详", "无数据",
     "未报送", "未填", "未填报", "未统计", "不适用", "缺失", "暂缺", "无此项", "空白",
     "- -", "N/A", "n/a", "NA", "null", "NULL", "None", "…", "……"}
)  # fmt: skip
_NUMBER = re.compile(
    r"^([+-]?)\s*((?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d*)?|\.\d+)"
    r"(e[+-]?\d{1,3})?\s*(.*)$",
    re.I | re.S,
)
_MARKS = ("<super>", "<sub>", "<circle>")
_RAISED_UNIT = re.compile("(?<=[mMｍ])[²³]")
_YES = frozenset({"是", "有", "√", "✓", "✔", "Y", "YES", "TRUE", "1", "1.0", "对"})
_NO = frozenset({"否", "无", "×", "✗", "✘", "N", "NO", "FALSE", "0", "0.0", "没有"})
_LOST = re.compile(r"^\d(?:\.\d+)?E\+?1\d$", re.I)
_DAY = re.compile(
    r"^((?:19|20)\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?)?月?(?:[\sT]*\d{1,2}:\d{2}(?::\d{2})?)?$"
)
_GAPS = re.compile(r"\s*([-./年月])\s*|\s+(?=日)")
_YEAR_AND_DIGIT = re.compile(r"(?:199\d|20[0-3]\d)[1-9]")
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_BETWEEN = re.compile(r"(?<=[一-鿿（）()]) (?=[一-鿿（）()])")
_SERIAL_START = date(1899, 12, 30)
_SCALE_WORDS = (
    ("规上", "规上"),
    ("规模以上", "规上"),
    ("限上", "规上"),
    ("规下", "规下"),
    ("规模以下", "规下"),
)
_STATE_WORDS = {
    "正常生产": "正常", "在产": "正常", "生产": "正常", "正常经营": "正常", "正常运营": "正常",
    "停业": "停产", "已停产": "停产", "关停": "停产", "全部停产": "停产", "部分停产": "半停产",
}  # fmt: skip

Parser = Callable[[Any, bool], float | str | None]
"""Takes a cell and whether it is shown as a percentage; None is missing."""


class BadCell(Exception):
    """A cell that cannot be read; ``severity`` is blocking unless ``mild``."""

    def __init__(self, code: str, message: str, suggestion: str, mild: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.suggestion = suggestion
        self.mild = mild


def clean(value: str) -> str:
    """Return text half-width and without white space at the ends."""
    if value.isascii():
        return value.strip()
    return unicodedata.normalize("NFKC", value).translate(_INVISIBLE).strip()


def check_error(value: object) -> None:
    """Raise :class:`BadCell` when the cell holds Excel's error value."""
    if isinstance(value, str) and "#" in value and value.strip() in ERROR_TEXTS:
        if value == "#未计算":
            raise BadCell(
                "formula-not-calculated",
                "单元格是公式，但文件中没有保存计算结果",
                "请用 Excel 或 WPS 打开文件，重新计算并保存后再导入。",
            )
        raise BadCell(
            "error-cell",
            f"单元格是错误值 {value.strip()}",
            "请更正该单元格的公式或改填数值；没有数据的留空。",
        )


def number_from_text(text: str) -> tuple[Decimal, str]:
    """Return the number and what stands behind it (%, 万, a unit); raises ValueError."""
    if has_marks(text):
        raise ValueError(text)
    flat = clean(text).replace("−", "-").lstrip("¥￥ ")
    if flat.startswith("(") and flat.endswith(")"):
        flat = "-" + flat[1:-1].strip()
    found = _NUMBER.match(flat)
    if not found:
        raise ValueError(text)
    sign, digits, exponent, rest = found.groups()
    rest = re.sub(r"\s+", "", rest)
    if rest.startswith((",", ".")) or rest[:1].isdigit():
        raise ValueError(text)
    plain = digits.replace(",", "").replace(" ", "")
    return Decimal(f"{sign}{plain}{exponent or ''}"), rest


def has_marks(text: str) -> bool:
    """Tell whether text holds raised, circled or foreign digits, such as marks of footnotes."""
    return not text.isascii() and any(
        not char.isascii() and _is_mark(char) for char in _RAISED_UNIT.sub("", text)
    )


def _is_mark(char: str) -> bool:
    if "０" <= char <= "９":
        return False
    if unicodedata.category(char) in ("No", "Nd", "Nl"):
        return True
    return unicodedata.decomposition(char).startswith(_MARKS)


def _not_a_number(value: object) -> BadCell:
    return BadCell(
        "text-in-number",
        f"应填数字，现为“{value}”",
        "请改填阿拉伯数字；没有数据的留空，不要填文字说明。",
    )


def number_parser(target: str, unit: str | None, share: bool = False) -> Parser:
    """Return a parser of numbers from ``unit`` (None: the target's own) into ``target``."""
    own = target if unit is None else unit
    by = ratio(own, target)
    exact = by == 1

    def parse(value: Any, percent: bool) -> float | None:
        if type(value) is float or type(value) is int:
            if not math.isfinite(value):
                raise _not_a_number(value)
            if exact or (percent and share):
                return float(value)
            return scale(value, by)
        if value is None:
            return None
        if not isinstance(value, str):
            raise _not_a_number(value)
        text = clean(value)
        if text in MISSING:
            return None
        check_error(text)
        try:
            amount, behind = number_from_text(value)
            number = scale(amount, _factor(behind, own, target) if behind else by)
        except (ValueError, ArithmeticError, UnitError):
            raise _not_a_number(value) from None
        if not math.isfinite(number):
            raise _not_a_number(value)
        return number

    return parse


def _factor(behind: str, own: str, target: str) -> Fraction:
    if behind in ("千", "百", "万", "十万", "百万", "千万", "亿"):
        return ratio(magnified(behind, own), target)
    if not is_unit(behind):
        raise ValueError(behind)
    return ratio(behind, target)


def parse_code(value: Any, percent: bool = False) -> str | None:
    """Return a code as text; a number of 15 digits or more has lost its last ones."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise _lost(value)
        if abs(value) >= 1e14:
            raise _lost(value)
        return str(int(value)) if float(value).is_integer() else str(value)
    if isinstance(value, str):
        check_error(value)
        text = clean(value)
        if text in MISSING:
            return None
        if _LOST.match(text):
            raise _lost(text)
        return text
    raise BadCell("wrong-kind", f"应填编号，现为“{value}”", "请将该列设为文本格式后重新填写。")


def _lost(value: object) -> BadCell:
    shown = f"{value:.0f}" if isinstance(value, float) and math.isfinite(value) else str(value)
    return BadCell(
        "digits-lost",
        f"代码被存成了数字（{shown}），末尾数字已丢失",
        "请将该列设为文本格式，按证照重新填写完整代码；丢失的数字无法恢复。",
    )


def parse_credit_code(value: Any, percent: bool = False) -> str | None:
    """Return a normalised credit code (unchecked), or None where it is missing."""
    text = parse_code(value)
    return normalise_code(text) or None if text else None


def parse_text(value: Any, percent: bool = False) -> str | None:
    """Return text as written, half-width brackets kept, or None."""
    if value is None:
        return None
    if isinstance(value, str):
        check_error(value)
        if not value.isprintable():
            value = value.translate(_INVISIBLE)
        text = " ".join(value.split())
        return None if text in MISSING else text
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return str(value)


def parse_zone(value: Any, percent: bool = False) -> str | None:
    """Return a zone's name without the white space between Chinese characters."""
    text = parse_text(value)
    return _BETWEEN.sub("", text) if text else None


def parse_date(value: Any, percent: bool = False) -> str | None:
    """Return an ISO date; a month or a year alone means its first day."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        check_error(value)
        text = clean(value)
        if text in MISSING:
            return None
        text = _GAPS.sub(lambda found: found[1] or "", text)
        if re.fullmatch(r"\d{5}(?:\.0)?", text):
            return parse_date(float(text))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if _YEAR_AND_DIGIT.fullmatch(f"{value:g}"):
            raise BadCell(
                "ambiguous-date",
                f"“{value:g}”分不清是年份加月份，还是日期的序号",
                "请按 2019-05-01 的样式填写日期。",
            )
        if 10_000 <= value < 80_000:
            return (_SERIAL_START + timedelta(days=int(value))).isoformat()
        text = str(int(value)) if float(value).is_integer() else repr(value)
        if re.fullmatch(r"(?:19|20)\d{2}\.1", text):
            raise BadCell(
                "ambiguous-date",
                f"“{text}”存成了数字，分不清是 1 月还是 10 月",
                "请按 2019-10 的样式以文本填写日期。",
            )
    else:
        text = "" if isinstance(value, time) else str(value)
    found = _DAY.match(text)
    try:
        if found:
            year, month, day = found.groups()
            return date(int(year), int(month), int(day or 1)).isoformat()
        if re.fullmatch(r"(?:19|20)\d{6}", text):
            return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
        if re.fullmatch(r"(?:19|20)\d{4}", text):
            return date(int(text[:4]), int(text[4:]), 1).isoformat()
        if re.fullmatch(r"(?:19|20)\d{2}年?", text):
            return f"{text[:4]}-01-01"
    except ValueError:
        pass
    raise BadCell("bad-date", f"应填日期，现为“{value}”", "请按 2019-05-01 的样式填写日期。")


def parse_flag(value: Any, percent: bool = False) -> float | None:
    """Return 1.0 or 0.0 for 是/否 and the like."""
    if value is None:
        return None
    if isinstance(value, str):
        check_error(value)
    text = clean(str(value)).upper()
    if text in _YES:
        return 1.0
    if text in _NO:
        return 0.0
    if text in MISSING:
        return None
    raise BadCell("bad-flag", f"应填“是”或“否”，现为“{value}”", "请改填“是”或“否”。")


def choice_parser(field: Field) -> Parser:
    """Return a parser of a choice; an unknown scale blocks, other unknown words warn."""

    def parse(value: Any, percent: bool) -> str | None:
        text = parse_text(value)
        if text is None:
            return None
        text = clean(text).removesuffix("企业").removesuffix("工业")
        if text in field.choices:
            return text
        if field.key == "scale":
            for word, meant in _SCALE_WORDS:
                if text.startswith(word):
                    return meant
        elif text in _STATE_WORDS:
            return _STATE_WORDS[text]
        allowed = "、".join(field.choices)
        raise BadCell(
            "unknown-choice",
            f"“{field.label}”只能是{allowed}，现为“{value}”",
            f"请改填{allowed}之一。",
            mild=field.key != "scale",
        )

    return parse


def parser_for(field: Field, unit: str | None) -> Parser:
    """Return the parser of a field's column; raises :class:`UnitError` for a wrong unit."""
    if field.key == "uscc":
        return parse_credit_code
    if field.key == "zone":
        return parse_zone
    if field.kind in ("number", "share"):
        return number_parser(field.unit, unit, field.kind == "share")
    if field.kind == "choice":
        return choice_parser(field)
    return {"code": parse_code, "date": parse_date, "flag": parse_flag}.get(field.kind, parse_text)


def parse_year(value: Any) -> int | None:
    """Return a year from 2024, 2024年 or 2024年度; raises :class:`BadCell`."""
    if value is None or (isinstance(value, str) and clean(value) in MISSING):
        return None
    if isinstance(value, datetime | date):
        return value.year
    found = re.fullmatch(r"((?:19|20)\d{2})(?:\.0)?年?度?", clean(str(value)))
    if not found:
        raise BadCell("bad-year", f"应填年度，现为“{value}”", "请按 2024 的样式填写年度。")
    return int(found[1])


def parse_star(value: Any) -> int | None:
    """Return a star level (0 is the gate, -1 below it) or None; raises :class:`BadCell`."""
    text = clean(str(value)) if value is not None else ""
    text = re.sub(r"\.0$|级$|产业集聚区$", "", text.replace(" ", ""))
    if text in MISSING or text in ("未认定", "未评定", "未定", "未定级"):
        return None
    if text in ("未达门槛", "未达到门槛", "低于门槛", "门槛以下"):
        return BELOW_GATE
    if text in ("门槛", "达到门槛", "0"):
        return 0
    if re.fullmatch(r"[★☆⭐]+", text):
        return text.count("★") + text.count("⭐")
    found = re.fullmatch(r"([一二两三四五六七八九1-9])星?级?", text)
    if not found:
        raise BadCell(
            "bad-star", f"应填星级，现为“{value}”", "请按“二星”的样式填写，未认定的留空。"
        )
    word = "二" if found[1] == "两" else found[1]
    return int(word) if word.isdigit() else "零一二三四五六七八九".index(word)
