"""What the segment 数据 shows, read in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zoneeval.model.period import Period
from zoneeval.model.rating_inputs import NOT_ASSESSED
from zoneeval_ui.pages.stars.event_kinds import event_words

if TYPE_CHECKING:
    from zoneeval.model.records import ZoneValue
    from zoneeval.model.zone_indicators import ZoneFigures
    from zoneeval.model.zone_records import ZoneChoice, ZoneEvent, ZoneProfile
    from zoneeval.policy.ladder_rules import Gate, PointsRule, Veto
    from zoneeval_db.storage.workspace import Workspace


@dataclass(frozen=True, eq=False)
class DataContent:
    """One zone's figures of a period, its events of all years, and every zone's profile.

    ``periods`` are those of the year with figures.  ``kinds`` are the events that the
    ladders ask for or that were recorded before with what they are called, ``peers`` the
    groups of zones.
    """

    zone: str | None
    period: Period
    zones: tuple[str, ...]
    figures: ZoneFigures = field(default_factory=dict)
    entered: Mapping[str, ZoneValue] = field(default_factory=dict)
    choices: Mapping[str, ZoneChoice] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    events: tuple[ZoneEvent, ...] = ()
    profiles: Mapping[str, ZoneProfile] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    peers: tuple[str, ...] = ()


def read_data(ws: Workspace, zone: str | None, year: int, period: Period) -> DataContent:
    """Read what is known of a zone."""
    from zoneeval_db import operations

    zones = tuple(operations.zones(ws))
    profiles = operations.zone_profiles(ws)
    kinds, peers = _of_ladders(ws)
    events = operations.zone_events(ws)
    for event in events:
        kinds.setdefault(event.kind, event_words(event.kind))
    peers = tuple(
        dict.fromkeys([*peers, *(p.peer_group for p in profiles.values() if p.peer_group)])
    )
    if zone is None:
        return DataContent(None, period, zones, profiles=profiles, kinds=kinds, peers=peers)
    entered = operations.official_zone_values(ws, period)
    held = [of for of in operations.zone_periods(ws) if of.year == year]
    return DataContent(
        zone,
        period,
        zones,
        figures=operations.zone_indicators(ws, period).get(zone, {}),
        entered={value.indicator: value for value in entered if value.zone == zone},
        choices={
            choice.indicator: choice
            for choice in operations.zone_choices(ws, period)
            if choice.zone == zone
        },
        periods=tuple(held),
        events=tuple(event for event in events if event.zone == zone),
        profiles=profiles,
        kinds=kinds,
        peers=peers,
    )


def _of_ladders(ws: Workspace) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the kinds of events and the peer groups that the ladders know."""
    from zoneeval_db import operations

    kinds = {NOT_ASSESSED: event_words(NOT_ASSESSED)}
    peers: dict[str, None] = {}
    for ladder in operations.ladders(ws):
        made = ladder.composite
        rules: list[Gate | Veto | PointsRule] = [*ladder.gates, *ladder.vetoes]
        rules += [*made.bonuses, *made.deductions] if made is not None else []
        for rule in rules:
            if rule.event:
                kinds.setdefault(rule.event, event_words(rule.event, rule.label))
        peers |= dict.fromkeys(peer.id for peer in ladder.peers)
    return kinds, tuple(peers)
