"""Where the zones stand, read in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval_ui.pages.ladder_choice import known_ladder

if TYPE_CHECKING:
    from zoneeval.policy.citations import Status
    from zoneeval_db.values import StarReport
    from zoneeval_db.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LadderEntry:
    """A shipped ladder as the picker offers it."""

    id: str
    title: str
    status: Status
    note: str

    @property
    def is_certain(self) -> bool:
        """Tell whether every threshold rests on a document."""
        return self.status == "verified"


@dataclass(frozen=True, eq=False)
class StarsContent:
    """Every zone of a year on one ladder; ``report`` None where no year is chosen."""

    year: int | None
    zone: str | None
    ladders: tuple[LadderEntry, ...]
    ladder_id: str
    zones: tuple[str, ...]
    report: StarReport | None = None

    @property
    def ladder(self) -> LadderEntry:
        """Return the entry of the ladder that is shown."""
        return next(entry for entry in self.ladders if entry.id == self.ladder_id)

    @property
    def unknown_cells(self) -> int:
        """Return how many thresholds of the ladder are unknown."""
        if self.report is None:
            return 0
        criteria = self.report.ladder.criteria
        return sum(cell == "unknown" for item in criteria for cell in item.thresholds)


def read_stars(
    workspace: Workspace, year: int | None, zone: str | None, ladder_id: str
) -> StarsContent:
    """Rate every zone of a year on the chosen ladder."""
    from zoneeval.policy.loader import list_ladders
    from zoneeval_db import operations

    ladder_id = known_ladder(ladder_id)
    ladders = tuple(
        LadderEntry(ladder.id, ladder.title, ladder.status, ladder.note)
        for ladder in list_ladders()
    )
    report = operations.rate_zones(workspace, year, ladder_id) if year is not None else None
    return StarsContent(year, zone, ladders, ladder_id, tuple(operations.zones(workspace)), report)
