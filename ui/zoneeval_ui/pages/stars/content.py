"""Where the zones stand, read in the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval_ui.pages.ladder_choice import known_ladder

if TYPE_CHECKING:
    from zoneeval.policy.citations import Status
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import StarReport


@dataclass(frozen=True, slots=True)
class LadderEntry:
    """A ladder as the picker offers it; ``version`` is None for a shipped one."""

    id: str
    title: str
    status: Status
    note: str
    version: int | None = None
    is_draft: bool = False

    @property
    def is_certain(self) -> bool:
        """Tell whether every threshold rests on a document."""
        return self.status == "verified" and not self.is_draft

    @property
    def words(self) -> str:
        """Return how certain it is."""
        if self.version is None:
            return self.status.label
        state = "草稿，未确认" if self.is_draft else "已确认"
        return f"自有第 {self.version} 版，{state}"


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
    from zoneeval_db import operations

    ladder_id = known_ladder(workspace, ladder_id)
    own = {held.id: held for held in operations.own_ladders(workspace)}
    confirmed = operations.confirmed_ladders(workspace)
    ladders = []
    for ladder in operations.ladders(workspace):
        held = own.get(ladder.id)
        newest = held.newest if held is not None else None
        ladders.append(
            LadderEntry(
                ladder.id,
                ladder.title,
                ladder.status,
                ladder.note,
                newest.version if newest else None,
                newest is not None and newest.ref not in confirmed,
            )
        )
    report = operations.rate_zones(workspace, year, ladder_id) if year is not None else None
    return StarsContent(
        year, zone, tuple(ladders), ladder_id, tuple(operations.zones(workspace)), report
    )
