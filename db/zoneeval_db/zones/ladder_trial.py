"""What another wording of a ladder would do to the zones of a year; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zoneeval_db.zones.figures import zone_indicators
from zoneeval_db.zones.records import zones

if TYPE_CHECKING:
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class LadderEffect:
    """The verdict on a zone before and after; ``before`` is None without a former ladder."""

    zone: str
    before: str | None
    after: str

    @property
    def changed(self) -> bool:
        """Tell whether the verdict is another one."""
        return self.before != self.after


def ladder_effect(ws: Workspace, before: str, after: str, year: int) -> list[LadderEffect]:
    """Return every zone's verdict by two texts; raise PolicyError where ``after`` has faults."""
    from zoneeval.errors import PolicyError
    from zoneeval.policy.loader import parse_ladder

    new = _verdicts(ws, parse_ladder(after), year)
    try:
        old = _verdicts(ws, parse_ladder(before), year)
    except PolicyError:
        old = {}
    return [LadderEffect(zone, old.get(zone), verdict) for zone, verdict in new.items()]


def _verdicts(ws: Workspace, ladder: Ladder, year: int) -> dict[str, str]:
    from zoneeval_db.zones.ratings import rate_workspace

    figures = zone_indicators(ws, year)
    ratings = rate_workspace(ws, ladder, year, figures)
    return {zone: ratings.standing(zone, year).verdict for zone in zones(ws) if zone in figures}
