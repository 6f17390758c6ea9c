"""Put a file in its place whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name beside ``path`` to write to; what was written there then takes its place.

    Where anything fails, ``path`` stays as it was and the error goes on to the caller;
    that the leftover cannot be removed never hides it.

    Raises:
        OSError: the file cannot be written, or there is no such folder.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
