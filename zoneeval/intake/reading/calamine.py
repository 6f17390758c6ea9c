"""The quick reader's library, whose own failures on odd bytes become ValueError, silently."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.intake.reading.package import PasswordNeeded

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_PATIENCE = 0.1
"""Seconds between two looks at whether the user wants to stop."""


@contextlib.contextmanager
def open_calamine(path: Path) -> Iterator[CalamineWorkbook]:
    """Open a workbook by its content; raises ValueError where the library fails at it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with _without_messages(), path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
            yield book
            book.close()  # not after a failure: it may still be at work in the background
    except PasswordError as error:
        raise PasswordNeeded from error
    except CalamineError as error:
        raise ValueError(str(error)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise ValueError(str(error)) from None
        raise


def cells_of(book: CalamineWorkbook, sheet: str, waiting: Callable[[], None]) -> list[list[Any]]:
    """Return the cells of a sheet; ``waiting`` is called meanwhile and may raise."""
    made: list[Any] = []

    def work() -> None:
        try:
            made.append(book.get_sheet_by_name(sheet))
        except BaseException as error:
            made.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        thread.join(_PATIENCE)
        waiting()
    if isinstance(made[0], BaseException):
        raise made[0]
    cells: list[list[Any]] = made[0].to_python(skip_empty_area=False)
    return cells


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
