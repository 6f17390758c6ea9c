"""Work that makes many small objects and no cycles, without the search for cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep Python from searching for cycles meanwhile; also usable as a decorator.

    What is alive at the end is left out of later searches, so that the first of them does
    not stop the program for a moment.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
