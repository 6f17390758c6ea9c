"""What the office decided about columns: for one import, or remembered for a layout.

A file of decisions is either flat (heading = field) or what the program exports
(``layouts``, each with its signature); JSON or TOML.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zoneeval.errors import InputError
from zoneeval.intake.recognise import is_known, takes_unit
from zoneeval.model.fields import FIELDS
from zoneeval.units import UnitError, is_unit, ratio

IGNORED = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What one column becomes ("" leaves it out), and its unit where the heading is wrong."""

    field: str
    unit: str | None = None


@dataclass(frozen=True)
class Layout:
    """The decisions for one layout, by the slot of each heading."""

    signature: str
    department: str
    columns: Mapping[str, Choice]


@dataclass(frozen=True)
class Decisions:
    """Everything decided beforehand: by heading for any table, by signature for a layout."""

    headings: Mapping[str, Choice] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)


def choice_of(value: Choice | str) -> Choice:
    """Return a decision that may be given as the field alone."""
    return value if isinstance(value, Choice) else Choice(value)


def read_decisions(path: Path) -> Decisions:
    """Return the decisions of a file.

    Raises :class:`InputError` when it cannot be read or names a field or unit that
    does not exist.
    """
    raw = _load(path)
    if isinstance(raw.get("layouts"), list):
        return Decisions({}, {made.signature: made for made in _layouts(raw["layouts"], path)})
    return Decisions({heading: _choice(heading, value, path) for heading, value in raw.items()}, {})


def layouts_text(layouts: Iterable[Layout], suffix: str) -> str:
    """Return layouts as the text of a file to be exchanged (``.toml``, otherwise JSON)."""
    entries = [
        {
            "signature": layout.signature,
            "department": layout.department,
            "columns": [
                {"heading": slot, "field": choice.field}
                | ({"unit": choice.unit} if choice.unit is not None else {})
                for slot, choice in layout.columns.items()
            ],
        }
        for layout in layouts
    ]
    if suffix.lower() == ".toml":
        import tomlkit

        return tomlkit.dumps({"layouts": entries})
    return json.dumps({"layouts": entries}, ensure_ascii=False, indent=2) + "\n"


def columns_json(columns: Mapping[str, Choice]) -> str:
    """Return the columns of a layout as they are stored."""
    return json.dumps(
        {slot: [choice.field, choice.unit] for slot, choice in columns.items()}, ensure_ascii=False
    )


def columns_of(text: str) -> dict[str, Choice]:
    """Return stored columns; fields that this version does not have are left out."""
    stored: dict[str, list[Any]] = json.loads(text)
    return {
        slot: Choice(key, unit) for slot, (key, unit) in stored.items() if not key or is_known(key)
    }


def _layouts(entries: list[Any], path: Path) -> Iterable[Layout]:
    for entry in entries:
        try:
            signature, department = str(entry["signature"]), str(entry["department"])
            columns = {
                str(c["heading"]): _choice(str(c["heading"]), c, path) for c in entry["columns"]
            }
        except (KeyError, TypeError):
            raise InputError(
                f"列对应关系“{path}”中的一个版式缺少 signature、department 或 columns。"
                "请用本程序导出的文件。"
            ) from None
        yield Layout(signature, department, columns)


def _choice(heading: str, value: object, path: Path) -> Choice:
    unit: object = None
    if isinstance(value, dict):
        unit, value = value.get("unit"), value.get("field")
    if not isinstance(value, str) or not isinstance(unit, str | None):
        raise InputError(
            f"列对应关系“{path}”中“{heading}”的取值不是文字。请写字段名，不要的列写空引号；"
            '需要指明单位的写成 { field = "energy_use", unit = "吨标准煤" }。'
        )
    by_label = {known.label: known.key for known in FIELDS.values()}
    key = by_label.get(value.strip(), value.strip())
    if key and not is_known(key):
        raise InputError(
            f"列对应关系“{path}”中“{heading}”对应的“{value}”不是已有的字段。"
            "字段名见：zoneeval score --fields"
        )
    if unit is not None:
        _check_unit(heading, key, unit, path)
    return Choice(key, unit)


def _check_unit(heading: str, key: str, unit: str, path: Path) -> None:
    fault = None
    if not takes_unit(key) or (unit and not is_unit(unit)):
        fault = f"单位“{unit}”不认识，或该字段没有单位"
    elif key in FIELDS:
        try:
            ratio(unit, FIELDS[key].unit)
        except UnitError as error:
            fault = str(error).rstrip("。")
    if fault:
        raise InputError(f"列对应关系“{path}”中“{heading}”：{fault}。请更正后重试。")


def _load(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"找不到列对应关系文件“{path}”。请核对位置和文件名。") from None
    except UnicodeDecodeError:
        raise InputError(f"列对应关系文件“{path}”不是 UTF-8 文本，请另存为 UTF-8。") from None
    except OSError as error:
        raise InputError(f"列对应关系文件“{path}”不能读取，请检查它是否为文件。") from error
    try:
        found = json.loads(text) if path.suffix.lower() == ".json" else tomllib.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputError(
            f'列对应关系文件“{path}”的写法不对。每列写一行，如："纳税额" = "tax_paid"'
            "（.toml），或写成一个 JSON 对象（.json）。"
        )
    return found
