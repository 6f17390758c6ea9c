"""One progress bar over several pieces of work."""

from __future__ import annotations

from zoneeval.progress import Progress

TOTAL = 100


def part(progress: Progress, low: int, high: int) -> Progress:
    """Return a progress whose full range is from ``low`` to ``high`` per cent of this one."""

    def report(done: int, total: int, text: str) -> None:
        share = min(max(done / total, 0.0), 1.0) if total > 0 else 1.0
        progress(low + int((high - low) * share), TOTAL, text)

    return report
