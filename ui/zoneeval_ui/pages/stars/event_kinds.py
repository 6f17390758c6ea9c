"""What kinds of events are called: a ladder may know them by a short mark."""

from __future__ import annotations

from zoneeval.model.rating_inputs import NOT_ASSESSED

_NOT_ASSESSED_WORDS = "未参加当年考核"


def event_words(kind: str, label: str = "") -> str:
    """Return a kind as it is shown; ``label`` is what the ladder's rule is called."""
    if kind == NOT_ASSESSED:
        return _NOT_ASSESSED_WORDS
    return label if kind.isascii() and label else kind
