"""A collector of findings for one sheet, so that each names its place once."""

from __future__ import annotations

from zoneeval.model.issue import Issue, Severity

_LONGEST = 80


def shown(value: object) -> str | None:
    """Return a cell as text for a finding, shortened where it is long."""
    if value is None:
        return None
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
    text = f"{value:.0f}" if whole else str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Findings:
    """Findings of one sheet of one file; ``blocked_rows`` are the rows kept out."""

    def __init__(self, file: str, sheet: str | None = None) -> None:
        self.file = file
        self.sheet = sheet
        self.items: list[Issue] = []
        self.blocked_rows: set[int] = set()

    def add(
        self,
        severity: Severity,
        code: str,
        message: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        suggestion: str | None = None,
        uscc: str | None = None,
    ) -> None:
        """Collect one finding."""
        if severity is Severity.BLOCKING and row is not None:
            self.blocked_rows.add(row)
        self.items.append(
            Issue(
                severity,
                code,
                message,
                self.file,
                self.sheet,
                row,
                column,
                shown(value),
                suggestion,
                uscc,
            )
        )

    def block(self, code: str, message: str, **place: object) -> None:
        """Collect a finding that keeps data out."""
        self.add(Severity.BLOCKING, code, message, **place)  # type: ignore[arg-type]

    def warn(self, code: str, message: str, **place: object) -> None:
        """Collect a finding that the user should look at."""
        self.add(Severity.WARNING, code, message, **place)  # type: ignore[arg-type]

    def note(self, code: str, message: str, **place: object) -> None:
        """Collect a finding that only informs."""
        self.add(Severity.NOTE, code, message, **place)  # type: ignore[arg-type]
