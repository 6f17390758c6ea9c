"""The file that says what a workbook's headings mean: heading = field."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from zoneeval.errors import InputError
from zoneeval.model.fields import FIELDS


def read_mapping(path: Path) -> dict[str, str]:
    """Return heading → field identifier ("" leaves the column out).

    The file is one flat table, TOML or JSON; a field is named by its identifier or by
    its Chinese label.

    Raises:
        InputError: the file cannot be read or names a field that does not exist.
    """
    from zoneeval.intake.recognise import ROLES

    by_label = {field.label: field.key for field in FIELDS.values()}
    mapping: dict[str, str] = {}
    for heading, wanted in _read(path).items():
        if not isinstance(wanted, str):
            raise InputError(
                f"列对应关系“{path}”中“{heading}”的取值不是文字。请写字段名，不要的列写空引号。"
            )
        key = by_label.get(wanted.strip(), wanted.strip())
        if key and key not in FIELDS and key not in ROLES:
            raise InputError(
                f"列对应关系“{path}”中“{heading}”对应的“{wanted}”不是已有的字段。"
                "字段名见：zoneeval score --fields"
            )
        mapping[heading] = key
    return mapping


def _read(path: Path) -> dict[str, object]:
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
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise InputError(
            f'列对应关系文件“{path}”的写法不对。每列写一行，如："纳税额" = "tax_paid"'
            "（.toml），或写成一个 JSON 对象（.json）。"
        )
    return found
