"""Copies of the workspace beside it, thinned with age."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

_STAMP = "%Y-%m-%d %H%M%S"
_BEFORE_UPGRADE = "升级前"
NEWEST, DAYS, WEEKS, MONTHS = 3, 7, 4, 12
"""How many copies stay: the newest, and one for each of the last days, weeks, months."""


def folder_of(workspace: Path) -> Path:
    """Return the folder that holds the copies of a workspace."""
    return workspace.with_name(f"{workspace.stem}.备份")


def back_up(
    conn: sqlite3.Connection, workspace: Path, *, upgrade: bool = False, at: datetime | None = None
) -> Path:
    """Copy the workspace as it stands and thin the older copies; return the copy.

    Raises OSError or sqlite3.Error when the copy cannot be written.
    """
    folder = folder_of(workspace)
    folder.mkdir(exist_ok=True)
    stamp = (at or datetime.now()).strftime(_STAMP)
    suffix = f" {_BEFORE_UPGRADE}" if upgrade else ""
    target = folder / f"{workspace.stem} {stamp}{suffix}{workspace.suffix}"
    unfinished = target.with_name(target.name + ".part")
    try:
        copy = sqlite3.connect(unfinished)
        try:
            conn.backup(copy)
        finally:
            copy.close()
        os.replace(unfinished, target)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    for old in superfluous(_copies(workspace)):
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def last_backup(workspace: Path) -> datetime | None:
    """Return when the newest copy was made, or None."""
    return max((stamp for stamp, _ in _copies(workspace)), default=None)


def _copies(workspace: Path) -> list[tuple[datetime, Path]]:
    found = []
    folder = folder_of(workspace)
    for path in folder.glob(f"*{workspace.suffix}") if folder.is_dir() else ():
        words = path.stem.removeprefix(workspace.stem).strip()
        with contextlib.suppress(ValueError):  # not ours, or kept for good (升级前)
            found.append((datetime.strptime(words, _STAMP), path))
    return found


def superfluous(copies: Iterable[tuple[datetime, Path]]) -> list[Path]:
    """Return the copies that are neither new nor the last of a kept day, week or month."""
    ordered = sorted(copies, reverse=True)
    kept = {path for _, path in ordered[:NEWEST]}
    for limit, period in ((DAYS, "%Y-%j"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last: dict[str, Path] = {}
        for stamp, path in ordered:
            last.setdefault(stamp.strftime(period), path)
        kept.update(list(last.values())[:limit])
    return [path for _, path in ordered if path not in kept]
