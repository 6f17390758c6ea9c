"""How pages write figures and times: missing is —, a share is per cent, time is local."""

from __future__ import annotations

import math
from datetime import datetime

MISSING = "—"


def figure(value: float | None, *, share: bool = False, decimals: int = 2) -> str:
    """Return a figure with at most ``decimals`` decimals: 1,234.5, 3.5%, −2, or —."""
    if value is None or math.isnan(value):
        return MISSING
    scaled = value * 100 if share else value
    text = f"{scaled:,.{decimals}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in ("-0", "0") and scaled:
        text = f"{scaled:.2g}"
    return text.replace("-", "−") + ("%" if share else "")


def local_time(stamp: str) -> str:
    """Return a stored time (ISO, UTC) on the clock of this machine: 11月18日 16:20."""
    moment = _local(stamp)
    if moment is None:
        return stamp
    year = "" if moment.year == datetime.now().year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日 {moment:%H:%M}"


def full_time(stamp: str) -> str:
    """Return a stored time (ISO, UTC) on the clock of this machine: 2024-11-18 16:20."""
    moment = _local(stamp)
    return stamp if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _local(stamp: str) -> datetime | None:
    try:
        return datetime.fromisoformat(stamp).astimezone()
    except ValueError:
        return None
