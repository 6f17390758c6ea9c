"""What is wrong with a rule file: key, line, the fault, and what would be right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pydantic import ValidationError

from zoneeval.policy.citations import Rule

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a rule file; ``line`` is 1-based, None where no line can be named."""

    key: str
    line: int | None
    message: str
    suggestion: str = ""

    @property
    def sentence(self) -> str:
        """Return place, fault and remedy in one sentence."""
        place = f"第 {self.line} 行 " if self.line else ""
        remedy = f"；{self.suggestion}" if self.suggestion else ""
        return f"{place}{self.key}：{self.message}{remedy}"

    def as_json(self) -> dict[str, object]:
        """Return the fault in the shape of the command line's contract."""
        return {
            "key": self.key,
            "line": self.line,
            "message": self.message,
            "suggestion": self.suggestion,
        }


_TABLE = re.compile(r"^\s*(\[\[?)\s*([\w.\-\"]+)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w\-]+)\s*=")


def line_index(text: str) -> dict[Path, int]:
    """Return the line on which each key of a TOML text stands, by path.

    Inside arrays written on several lines only the array's own line is known.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    here: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        table = _TABLE.match(line)
        if table:
            here = ()
            parts = table.group(2).replace('"', "").split(".")
            for depth, part in enumerate(parts):
                here = (*here, part)
                last = depth == len(parts) - 1
                if last and table.group(1) == "[[":
                    counts[here] = counts.get(here, -1) + 1
                if here in counts:
                    here = (*here, counts[here])
            for known in [p for p in counts if len(p) > len(here) and p[: len(here)] == here]:
                del counts[known]
            lines.setdefault(here, number)
            continue
        key = _KEY.match(line)
        if key:
            lines.setdefault((*here, key.group(1)), number)
    return lines


def line_of(path: Sequence[str | int], index: dict[Path, int]) -> int | None:
    """Return the line of ``path``, or of the nearest table that holds it."""
    wanted = tuple(path)
    while wanted:
        if wanted in index:
            return index[wanted]
        wanted = wanted[:-1]
    return None


def key_of(path: Sequence[str | int]) -> str:
    """Return a path as it is read aloud: tracks[1].indicators[2].weight."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part + 1}]"
        else:
            out += f".{part}" if out else part
    return out or "（文件）"


_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def path_of(key: str) -> Path:
    """Return the path that :func:`key_of` reads aloud."""
    parts = _PART.findall(key.removeprefix("（文件）"))
    return tuple(name or int(number) - 1 for name, number in parts)


_TOO_SHORT = "至少要有"
_NOT_A_NUMBER = ("float_type", "float_parsing", "finite_number")
_OURS = ("text", "fingerprint")
_UNIONS = ("method", "grading")
"""Keys whose value is of one of several kinds; pydantic puts the kind behind them."""


def validation_faults(error: ValidationError, index: dict[Path, int]) -> list[Fault]:
    """Translate the schema's findings into faults with key and line."""
    faults = []
    every = error.errors()
    words_of = {data_path(i["loc"]): i for i in every if i["type"] == "literal_error"}
    for item in every:
        path = data_path(item["loc"])
        if item["type"] == "literal_error" and item is not words_of[path]:
            continue
        if item["type"] in _NOT_A_NUMBER and path in words_of:
            continue
        message, suggestion = _words(item["type"], item.get("ctx") or {}, item["msg"])
        if item["type"] == "literal_error" and str(item["loc"][-1]).startswith("literal"):
            message, suggestion = _figure_or_word(item.get("ctx") or {})
        if item["type"] == "missing":
            message = f"缺少“{path[-1]}”"
        elif item["type"] == "extra_forbidden":
            message = f"不认识“{path[-1]}”这一项"
            suggestion = _foreign(str(path[-1]))
        line = line_of((*path, 0) if (*path, 0) in index else path, index)
        faults.append(Fault(key_of(path), line, message, suggestion))
    return [f for f in dict.fromkeys(faults) if not _follows(f, faults)]


def _figure_or_word(context: dict[str, object]) -> tuple[str, str]:
    """Return what is said of a place that takes a figure or one of a few words."""
    allowed = _listed(context.get("expected", ""))
    blank = '；没有要求写 ""，没有见到写 "unknown"' if '""' in allowed else ""
    return f"应当是数字（不带引号）或 {allowed}", f"改成其中一种{blank}"


def _foreign(name: str) -> str:
    """Return what to do about a key that has no business where it stands."""
    if name in _keys():
        return "这一项不写在这里，请核对它上面的表头，或删去"
    near = meant_key(name)
    return f"是不是 {near}？请检查拼写，或删去" if near else "请检查拼写，或删去"


def meant_key(name: str) -> str:
    """Return which key of the rule files a name may have meant, "" where it is one or like none."""
    keys = _keys()
    return "" if name in keys else next(iter(get_close_matches(name, sorted(keys), 1, 0.75)), "")


def _keys() -> set[str]:
    """Return every key that the rule files know anywhere."""
    kinds, keys = [Rule], set()
    for kind in kinds:
        kinds += kind.__subclasses__()
        keys |= {field.alias or key for key, field in kind.model_fields.items()}
    return keys - set(_OURS)


def data_path(place: Path) -> Path:
    """Return the keys that stand in the file: no names of kinds, which only pydantic says."""
    kinds = {at + 1 for at, part in enumerate(place) if part in _UNIONS}
    return tuple(
        part
        for at, part in enumerate(place)
        if at not in kinds and not str(part).startswith(("float", "literal"))
    )


def _follows(fault: Fault, faults: Sequence[Fault]) -> bool:
    """Tell whether a list seems too short only because of a fault inside it."""
    return fault.message.startswith(_TOO_SHORT) and any(
        other.key.startswith(f"{fault.key}[") for other in faults
    )


def _listed(names: object) -> str:
    """Return pydantic's list of what is allowed as it is read in Chinese."""
    return str(names).replace(" or ", "、").replace(", ", "、").replace("'", '"')


def _words(kind: str, context: dict[str, object], plain: str) -> tuple[str, str]:
    if kind == "missing":
        return "", "请补上"
    if kind == "extra_forbidden":
        return "", ""
    if kind in ("literal_error", "enum"):
        return "取值不在允许的范围内", f"只能取 {_listed(context.get('expected', ''))}"
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return "kind 没有写或不认识", f"只能取 {_listed(tags)}" if (
            tags := context.get("expected_tags")
        ) else "请写上 kind"
    if kind == "int_from_float":
        return "应当是整数", ""
    if kind in ("float_parsing", "float_type", "int_parsing", "int_type"):
        return "应当是数字", "请写成不带引号的数字"
    if kind == "finite_number":
        return "应当是有限的数字", "不能写 inf 或 nan"
    if kind in ("string_type",):
        return "应当是文字", "请加上引号"
    if kind in ("bool_type", "bool_parsing"):
        return "应当是 true 或 false", ""
    if kind == "greater_than":
        return f"必须大于 {context.get('gt')}", ""
    if kind == "greater_than_equal":
        return f"不能小于 {context.get('ge')}", ""
    if kind == "less_than_equal":
        return f"不能大于 {context.get('le')}", ""
    if kind == "less_than":
        return f"必须小于 {context.get('lt')}", ""
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "应当是几项内容", "请写成 { 项 = 值, … }，或用一层方括号的表头 [某项]"
    if kind == "too_short":
        least = context.get("min_length", 1)
        return f"{_TOO_SHORT}{'一' if least == 1 else f' {least} '}项", "请补上"
    if kind == "string_pattern_mismatch":
        return "编号只能用小写字母、数字和连字符", "例如 zhengzhou-2025"
    if kind in ("tuple_type", "list_type"):
        return "应当是列表", "请写成 [ …, … ]；有几段的用两层方括号的表头 [[某项]]"
    if kind == "value_error":
        return str(context.get("error", plain)), ""
    return f"取值不合要求（{plain}）", ""
