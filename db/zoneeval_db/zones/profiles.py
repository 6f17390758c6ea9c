"""What the office records of a zone itself: its kind, peers, leading industries, events."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.rating_inputs import NOT_ASSESSED, ZoneEvents
from zoneeval.model.zone_records import ZoneEvent, ZoneProfile, industry_codes
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

_AWAY_WORDS = dict.fromkeys(("未参加考核", "未参加当年考核"), NOT_ASSESSED)
"""How an office writes that a zone was not assessed."""


def zone_profiles(ws: Workspace) -> dict[str, ZoneProfile]:
    """Return what is recorded of the zones, by zone."""
    found = ws.conn.execute(
        "SELECT zone, kind, peer_group, leading_industries, document, note FROM zone_profile"
        " ORDER BY zone"
    )
    return {
        zone: ZoneProfile(zone, kind, peers, industry_codes(leading or ""), document, note)
        for zone, kind, peers, leading, document, note in found
    }


def set_zone_profile(
    ws: Workspace,
    zone: str,
    *,
    kind: str | None = None,
    peer_group: str | None = None,
    leading_industries: str | None = None,
    document: str | None = None,
    note: str | None = None,
) -> None:
    """Record a zone's kind, peer group and leading industries (36、3516).

    What is None stays as it is, an empty text is taken out.  Raises InputError for a
    name that is empty or an industry that is no code.
    """
    name = zone_name(zone)
    if leading_industries is not None:
        leading_industries = "、".join(industry_codes(leading_industries))
    given = {
        "kind": kind,
        "peer_group": peer_group,
        "leading_industries": leading_industries,
        "document": document,
        "note": note,
    }
    new = {key: codec.text(value.strip()) or None
           for key, value in given.items() if value is not None}  # fmt: skip
    if not new:
        raise InputError("没有写明要记录的内容。请写明园区类别、同组名称或主导产业。")
    with ws.operation(f"记录{name}的园区资料") as op:
        op.write("zone", {"name": name}, {})
        op.write("zone_profile", {"zone": name}, new)


def zone_events(ws: Workspace, year: int | None = None) -> list[ZoneEvent]:
    """Return the events of a year, or of all years, in the order of their dates."""
    found = ws.conn.execute(
        "SELECT id, zone, occurred_on, kind, count, document, note FROM zone_event"
        " ORDER BY occurred_on, id"
    )
    events = [ZoneEvent(*row) for row in found]
    return [event for event in events if year is None or event.year == year]


def zone_event_counts(ws: Workspace) -> ZoneEvents:
    """Return how many events of each kind every zone had in each year."""
    counts: dict[tuple[str, int, str], float] = {}
    for event in zone_events(ws):
        place = event.zone, event.year, event.kind
        counts[place] = counts.get(place, 0.0) + event.count
    return ZoneEvents(counts)


def add_zone_event(
    ws: Workspace,
    zone: str,
    occurred_on: str,
    kind: str,
    count: float = 1.0,
    document: str = "",
    note: str = "",
) -> int:
    """Record an event of a zone and return its number.

    Raises InputError for a date that is none, an empty kind or a count below zero.
    """
    name = zone_name(zone)
    try:
        day = date.fromisoformat(occurred_on.strip()).isoformat()
    except ValueError:
        raise InputError(f"日期“{occurred_on}”不成立。请写成 2024-05-31 的样式。") from None
    words = kind.strip()
    if not words:
        raise InputError("没有写明事项类别。请填写类别，如“较大安全事故”。")
    if not math.isfinite(count) or count < 0:
        raise InputError(f"事项的次数应为 0 或正数，不是“{count:g}”。")
    kind = _AWAY_WORDS.get(kind.strip(), kind.strip())
    with ws.operation(f"记录{name} {day} {words}") as op:
        number = op.next_id("zone_event")
        op.write("zone", {"name": name}, {})
        op.write(
            "zone_event",
            {"id": number},
            {
                "zone": name,
                "occurred_on": day,
                "kind": kind,
                "count": float(count),
                "document": codec.text(document) or None,
                "note": codec.text(note) or None,
            },
        )
    return number


def remove_zone_event(ws: Workspace, number: int) -> None:
    """Take an event out again; it can be undone."""
    event = next((event for event in zone_events(ws) if event.id == number), None)
    if event is None:
        raise InputError(f"没有编号为 {number} 的园区事项。请先列出事项，核对编号。")
    with ws.operation(f"删除{event.zone} {event.occurred_on} {event.kind}") as op:
        op.write("zone_event", {"id": number}, None)


def zone_name(zone: str) -> str:
    """Return a zone's name without blanks around it; raise InputError where it is empty."""
    name = zone.strip()
    if not name:
        raise InputError("园区名称是空的，没有录入。请填写园区名称。")
    return name
