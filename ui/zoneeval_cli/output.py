"""What the command prints: one JSON document, or Chinese text; always UTF-8."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import math
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from zoneeval.progress import Progress, silent

MISSING = "—"
MOST_ROWS = 50
"""How many rows of a table are shown as text; JSON has all of them."""

_GONE = (errno.EPIPE, errno.EINVAL)


class ReaderGone(Exception):
    """Whoever read the output has stopped reading: nothing is left to be done."""


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what cannot be written becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """Write lines to standard output."""
    _write(sys.stdout, f"{text}\n")


def complain(text: str) -> None:
    """Write lines to standard error."""
    _write(sys.stderr, f"{text}\n")


def print_json(document: object) -> None:
    """Write the one JSON document of a command to standard output."""
    say(json.dumps(plain(document), ensure_ascii=False, indent=2, allow_nan=False))


def blanks_are_null(value: object) -> object:
    """Return a document with its empty texts as what they are, something missing."""
    known = plain(value)
    if isinstance(known, dict):
        return {key: blanks_are_null(item) for key, item in known.items()}
    if isinstance(known, list):
        return [blanks_are_null(item) for item in known]
    return None if known == "" else known


def plain(value: object) -> object:
    """Return a value as JSON has it: missing is null, dates are ISO, numbers are plain."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if hasattr(value, "item"):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)


def number(value: float | None, decimals: int = 2) -> str:
    """Return a figure as people read it, without trailing zeros; missing is —."""
    if value is None or math.isnan(value):
        return MISSING
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def say_table(headings: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> None:
    """Write a table with aligned columns; ``right`` has an ``r`` per right-aligned column."""
    lines = [list(headings), *([cell.replace("\n", " ") for cell in row] for row in rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(headings))]
    for line in lines:
        cells = []
        for i, cell in enumerate(line):
            pad = " " * (widths[i] - width(cell))
            cells.append(pad + cell if right[i : i + 1] == "r" else cell + pad)
        say("  ".join(cells).rstrip())


def stderr_progress(quiet: bool = False) -> Progress:
    """Return what shows progress on a terminal, in one line; elsewhere nothing."""
    stream = sys.stderr
    if quiet or stream is None or not stream.isatty():
        return silent

    def show(done: int, total: int, text: str) -> None:
        words = "" if done >= total else f"{text}（{done + 1}/{total}）"
        _write(stream, f"\r\x1b[K{words}")

    return show


def flush() -> None:
    """Hand over what is still in the buffers."""
    for stream in (sys.stdout, sys.stderr):
        _write(stream, "")


def abandon_output() -> None:
    """Keep the interpreter's end from complaining about a reader that has gone."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # started without a console
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        if error.errno in _GONE:
            raise ReaderGone from error
        raise
