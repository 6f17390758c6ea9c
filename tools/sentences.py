"""What the set-up tools say to the person in front of them."""

from __future__ import annotations

import sys


class SetupError(Exception):
    """The set-up cannot go on; the text is the whole sentence for the user."""


def say(text: str, error: bool = False) -> None:
    """Print one line, whatever the terminal's encoding can show."""
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()
