"""Figures and stars of zones: entered or imported, editable, every change recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.rating_inputs import NOT_ASSESSED
from zoneeval.model.records import StarRecord, ZoneValue
from zoneeval.model.standing import BELOW_GATE, LEVEL_WORDS, Reason, ZoneStanding, level_name
from zoneeval_db.storage import codec
from zoneeval_db.values import StarReport
from zoneeval_db.zones.entry import source_cell, source_text, write_zone_value
from zoneeval_db.zones.figures import zone_indicators
from zoneeval_db.zones.profiles import zone_events, zone_name

if TYPE_CHECKING:
    from zoneeval.engine.stars.years import Candidate
    from zoneeval.policy.ladder import Ladder
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace

STAR_KINDS = {"target": "目标", "official": "认定结果"}


def zones(ws: Workspace) -> list[str]:
    """Return the zones of the workspace, in the order they came in."""
    return [name for (name,) in ws.conn.execute("SELECT name FROM zone ORDER BY rowid")]


def add_zone(ws: Workspace, op: Operation, name: str) -> None:
    """Write a zone into the list unless it is there."""
    op.write("zone", {"name": name}, {})


def store_zone_records(
    ws: Workspace, op: Operation, values: Iterable[ZoneValue], stars: Iterable[StarRecord]
) -> None:
    """Write imported figures and stars; a newer one replaces that of before."""
    for value in values:
        write_zone_value(ws, op, value)
    for star in stars:
        _write_star(ws, op, star)


def _write_star(ws: Workspace, op: Operation, given: StarRecord) -> None:
    add_zone(ws, op, given.zone)
    op.write(
        "star_record",
        {"zone": given.zone, "year": codec.whole(given.year), "kind": given.kind},
        {
            "level": codec.whole(given.level),
            "document": codec.text(given.document),
            "source": source_text(given.source),
        },
    )


def enter_star(
    ws: Workspace, zone: str, year: int, kind: str, level: int, document: str = ""
) -> None:
    """Enter a zone's star target or official result; level 0 is the gate.

    An official result may be ``BELOW_GATE``.
    """
    if kind not in STAR_KINDS:
        raise InputError(
            f"星级记录的类别只能是 target（目标）或 official（认定结果），不是“{kind}”。"
        )
    if level == BELOW_GATE and kind == "target":
        raise InputError("“未达门槛”只能录为认定结果，不能作为目标。")
    if level != BELOW_GATE and not 0 <= level < len(LEVEL_WORDS):
        raise InputError(
            f"星级应为 0（门槛）到 {len(LEVEL_WORDS) - 1}，不是 {level}；"
            "认定为未达门槛的写“未达门槛”。"
        )
    record = StarRecord(zone_name(zone), year, kind, level, document or None)
    label = f"录入{zone} {year} 年星级{STAR_KINDS[kind]}：{level_name(level)}"
    with ws.operation(label) as op:
        _write_star(ws, op, record)


def star_records(ws: Workspace, year: int) -> list[StarRecord]:
    """Return the star targets and official results of a year."""
    found = ws.conn.execute(
        "SELECT zone, year, kind, level, document, source FROM star_record"
        " WHERE year = ? ORDER BY zone, kind",
        (year,),
    )
    return [
        StarRecord(zone, of_year, kind, level, document, source_cell(source))
        for zone, of_year, kind, level, document, source in found
    ]


def with_published(ws: Workspace, standing: ZoneStanding) -> ZoneStanding:
    """Return a standing with a note where its official result is one that was published."""
    from zoneeval_db.zones.star_history import published_result

    if standing.official is None:
        return standing
    entry = published_result(ws, standing.zone, standing.year)
    if entry is None:
        return standing
    words = f"认定结果“{level_name(entry.level)}”取自公开记载（{entry.source}），本单位没有录入"
    return replace(standing, reasons=(*standing.reasons, Reason("note", "official", words)))


def rate_zones(ws: Workspace, year: int, ladder_ref: str | Path) -> StarReport:
    """Rate every zone of a year on a ladder."""
    from zoneeval.engine import ladder_warnings
    from zoneeval_db.zones.ladders import draft_warning, find_ladder
    from zoneeval_db.zones.ratings import rate_workspace

    ladder = find_ladder(ws, ladder_ref)
    figures = zone_indicators(ws, year)
    levels = {(star.zone, star.kind): star.level for star in star_records(ws, year)}
    for zone, _ in levels:
        figures.setdefault(zone, {})
    listed = {zone: i for i, zone in enumerate(zones(ws))}
    ordered = sorted(figures, key=lambda zone: (listed.get(zone, len(listed)), zone))
    ratings = rate_workspace(ws, ladder, year, figures)
    standings = []
    for zone in ordered:
        own = levels.get((zone, "official"))
        found = ratings.standing(zone, year, target=levels.get((zone, "target")), official=own)
        standings.append(found if own is not None else with_published(ws, found))
    touched = {rule.id: ratings.candidates(rule.id, year) for rule in ladder.years_rules}
    standings = [_with_years(ladder, touched, standing) for standing in standings]
    draft = draft_warning(ws, ladder_ref)
    warnings = [
        *ladder_warnings(ladder, year),
        *([draft] if draft else []),
        *_unused_events(ws, ladder, year),
    ]
    return StarReport(year, ladder, warnings, standings, figures, touched)


def _unused_events(ws: Workspace, ladder: Ladder, year: int) -> list[str]:
    """Warn of recorded events that the ladder does not know by their kind's name."""
    from zoneeval.policy.loader import list_rewards

    known = ladder.event_kinds
    titles = {award.title for scheme in list_rewards() for award in scheme.awards}
    others = [
        event.kind for event in zone_events(ws, year)
        if event.count and event.kind not in (*known, *titles, NOT_ASSESSED)
    ]  # fmt: skip
    if not known or not others:
        return []
    listed = "、".join(f"“{kind}”（{label}）" for kind, label in known.items())
    return [
        f"登记的事项“{'”“'.join(dict.fromkeys(others))}”没有参与判定：本阶梯只看{listed}，"
        "类别的写法要完全一致。如是同一类事项，请删去后按阶梯的写法重新登记。"
    ]


def _with_years(
    ladder: Ladder, touched: Mapping[str, list[Candidate]], standing: ZoneStanding
) -> ZoneStanding:
    """Return a standing with what the rules over several years mean for the zone."""
    from zoneeval.engine.stars.years import candidate_reason

    said = [
        candidate_reason(rule, one)
        for rule in ladder.years_rules
        for one in touched[rule.id]
        if one.zone == standing.zone
    ]
    return replace(standing, reasons=(*standing.reasons, *said)) if said else standing
