"""Workbooks as they were read, kept while an import is worked on and checked again."""

from __future__ import annotations

from pathlib import Path

from zoneeval.intake.reader import RawBook, read_book
from zoneeval.progress import Progress, silent


class Shelf:
    """Give a workbook again without reading it, as long as its file has not changed."""

    def __init__(self) -> None:
        self._books: dict[Path, tuple[tuple[int, int], RawBook]] = {}

    def take(self, path: Path, progress: Progress = silent) -> RawBook:
        """Return a workbook; raise InputError where it cannot be read."""
        mark = _mark(path)
        kept = self._books.get(path)
        if kept is not None and mark is not None and kept[0] == mark:
            return kept[1]
        self._books.pop(path, None)
        book = read_book(path, progress)
        if mark is not None:
            self._books[path] = mark, book
        return book

    def clear(self) -> None:
        """Forget all workbooks."""
        self._books.clear()


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
