"""What everything in the window is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """Zone, year, policy and run that the pages show; None where nothing is chosen."""

    zone: str | None = None
    year: int | None = None
    policy: str | None = None
    run_id: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a picker: its value, its name, and a note in grey."""

    value: str | int
    label: str
    note: str = ""
