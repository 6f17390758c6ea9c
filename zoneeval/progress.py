"""Progress reports of long work, and the way to stop it."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """Raised by a :class:`Progress` when the user has asked to stop."""


class Progress(Protocol):
    """Called by long work; may raise :class:`Cancelled`.

    ``done`` and ``total`` count the same thing; ``text`` is one short Chinese
    sentence naming what is being done now.
    """

    def __call__(self, done: int, total: int, text: str) -> None: ...


def silent(done: int, total: int, text: str) -> None:
    """Ignore progress: for callers who do not watch."""


SPAN = 1000
"""Steps that a :func:`span` counts in."""


def span(progress: Progress, low: float, high: float) -> Progress:
    """Return a progress whose full range is ``low`` to ``high`` (0 to 1) of this one."""

    def report(done: int, total: int, text: str) -> None:
        share = min(max(done / total, 0.0), 1.0) if total > 0 else 1.0
        progress(int(SPAN * (low + (high - low) * share)), SPAN, text)

    return report
