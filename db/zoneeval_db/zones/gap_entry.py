"""What is typed in about gaps: the line above which firms count, and figures to be tried."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.gap import LeverSettings, scale_settings
from zoneeval.model.zone_indicators import ZONE_INDICATORS
from zoneeval.units import UnitError, convert
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.engine.zones.whatif import Change
    from zoneeval_db.storage.workspace import Workspace

_PREFIX = "gap."


def gap_settings(ws: Workspace, year: int) -> LeverSettings:
    """Return from where on an enterprise is above scale and near it: stored, else as usual."""
    found = ws.conn.execute(
        "SELECT key, value FROM setting WHERE key LIKE ?", (_PREFIX + "%",)
    ).fetchall()
    held = {key.removeprefix(_PREFIX): codec.from_json(words) for key, words in found}
    return with_settings(scale_settings(year), held.get("scale_line"), held.get("near_share"))


def with_settings(
    settings: LeverSettings, line: float | None = None, near: float | None = None
) -> LeverSettings:
    """Return settings with another line or nearness; raise InputError where it makes no sense."""
    if line is not None:
        if not isfinite(line) or not 1 <= line <= 1e7:
            raise InputError(
                f"规模线应为 1 到 1000 万之间的万元数，不是“{line:g}”。请填写如 2000。"
            )
        if line != settings.scale_line:
            settings = replace(settings, scale_line=line, source="本单位设定")
    if near is not None:
        if not isfinite(near) or not 0 < near <= 1:
            raise InputError(
                f"“接近规模线”应为 0 到 100% 之间的比例，不是“{near:g}”。请填写如 80%。"
            )
        settings = replace(settings, near_share=near)
    return settings


def set_gap_settings(
    ws: Workspace, year: int, *, line: float | None = None, near: float | None = None
) -> LeverSettings:
    """Store the line or the nearness in one step that can be undone, and return both."""
    with_settings(scale_settings(year), line, near)
    given = {"scale_line": line, "near_share": near}
    new = {key: value for key, value in given.items() if value is not None}
    if not new:
        raise InputError("没有写要设置什么。请写明规模线（万元）或接近的比例。")
    with ws.operation("设置星级差距的规模线") as op:
        for key, value in new.items():
            op.write("setting", {"key": _PREFIX + key}, {"value": codec.to_json(value)})
    return gap_settings(ws, year)


def change_of(words: str) -> Change:
    """Return the change of KEY=VALUE: 120, 1.2亿元, +10%, -300, 3.5%, +0.5点.

    A signed per cent changes by that share, a signed 点 (percentage point) or figure adds;
    without a sign the figure is set.  Raises InputError with a sentence.
    """
    from zoneeval.engine.zones.whatif import Change
    from zoneeval_db.zones.reports import indicator_key

    name, equals, text = words.partition("=")
    if not equals or not name.strip() or not text.strip():
        raise InputError(f"“{words}”要写成 指标=数值，如 tax_revenue=+10% 或 税收收入=1.2亿元。")
    key = indicator_key(name)
    number, unit = _split(text.strip(), words)
    signed = text.strip()[0] in "+-＋－"
    known = ZONE_INDICATORS[key]
    if unit == "%" and signed:
        return Change(key, number / 100, "grow")
    if unit in ("点", "个百分点", "百分点"):
        unit = "%"
    try:
        value = convert(number, unit, known.unit) if unit else number
    except UnitError:
        raise InputError(
            f"“{words}”的单位“{unit}”不能换算成“{known.label}”的单位“{known.unit or '比例'}”。"
        ) from None
    return Change(key, value, "add" if signed else "set")


def _split(text: str, words: str) -> tuple[float, str]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    found = re.fullmatch(r"([+-]?\d+(?:\.\d+)?)\s*(.*)", plain)
    if found is None:
        raise InputError(f"“{words}”中的“{text}”不是数值。请写如 120、1.2亿元、+10% 或 -300。")
    return float(found[1]), found[2].strip()
