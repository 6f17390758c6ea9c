"""The quick reader's library, whose own failures on odd bytes become ValueError, silently."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.intake.reading.package import PasswordNeeded

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


@contextlib.contextmanager
def open_calamine(path: Path) -> Iterator[CalamineWorkbook]:
    """Open a workbook by its content; raises ValueError where the library fails at it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with (
            _without_messages(),
            path.open("rb") as stream,
            CalamineWorkbook.from_filelike(stream) as book,
        ):
            yield book
    except PasswordError as error:
        raise PasswordNeeded from error
    except CalamineError as error:
        raise ValueError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError(str(error)) from None
        raise


@contextlib.contextmanager
def _without_messages() -> Iterator[None]:
    """Keep the library's report of its own failure, which it writes itself, off the screen."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console has nothing to keep clean
        yield
        return
    try:
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
