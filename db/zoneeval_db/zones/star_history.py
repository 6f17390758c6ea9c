"""Stars held and wanted: what the office entered beside what was published, and rewards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval.model.standing import BELOW_GATE, level_name
from zoneeval.model.star_history import StarEntry, ZoneHistory, zone_history
from zoneeval.model.targets import STAR, Target
from zoneeval_db.zones.profiles import zone_events
from zoneeval_db.zones.records import STAR_KINDS, star_records, zones

if TYPE_CHECKING:
    from zoneeval.model.rewards import ZoneReward
    from zoneeval.policy.reward import RewardScheme
    from zoneeval_db.storage.workspace import Workspace


DECIDING = frozenset("SAB")
"""The confidence a published star must have to count in a rating: a document of the
government, its site, or the press."""


def star_history(ws: Workspace, zone: str) -> ZoneHistory:
    """Return the stars a zone has held: the official results entered, and published ones.

    The zone is found by every name it goes by.
    """
    return histories_of(ws, [zone])[0]


def star_histories(ws: Workspace, *, published: bool = False) -> list[ZoneHistory]:
    """Return the history of every zone of the workspace.

    With ``published`` zones that only the published sources name follow.
    """
    from zoneeval.policy.published import published_stars, zone_names

    names = zones(ws)
    if published:
        canonical = zone_names().canonical
        there = {canonical(name) for name in names}
        others = dict.fromkeys(e.zone for e in published_stars().entries())
        names += [name for name in others if canonical(name) not in there]
    return histories_of(ws, names)


def histories_of(ws: Workspace, names: Sequence[str]) -> list[ZoneHistory]:
    """Return the history of each of the zones named."""
    from zoneeval.policy.published import published_stars, zone_names

    canonical = zone_names().canonical
    known = published_stars()
    entries: dict[str, list[StarEntry]] = {}
    for entry in (*_official(ws), *known.entries()):
        entries.setdefault(canonical(entry.zone), []).append(entry)
    return [
        zone_history(name, entries.get(canonical(name), []), known.first_year) for name in names
    ]


def _official(ws: Workspace) -> list[StarEntry]:
    found = ws.conn.execute(
        "SELECT zone, year, level, document FROM star_record WHERE kind = 'official'"
    )
    return [
        StarEntry(
            zone,
            year,
            None if level == BELOW_GATE else level,
            document or "本单位录入，没有写依据文件",
            own=True,
        )
        for zone, year, level, document in found
    ]


def rated_stars(ws: Workspace) -> dict[tuple[str, int], int | None]:
    """Return by zone and year the official levels that ratings may rest on.

    None is below the gate.  A year on which the sources differ counts only where the
    office entered it.
    """
    recorded = [z for (z,) in ws.conn.execute("SELECT DISTINCT zone FROM star_record ORDER BY 1")]
    out: dict[tuple[str, int], int | None] = {}
    for history in histories_of(ws, list(dict.fromkeys((*zones(ws), *recorded)))):
        sound = [e for e in history.entries if e.own or _decides(e)]
        trusted = zone_history(history.zone, sound, history.first_year)
        entered = {entry.year for entry in sound if entry.own}
        doubtful = set(trusted.conflicts()) - entered
        for year, level in trusted.levels().items():
            if year not in doubtful:
                out[history.zone, year] = level
    return out


def _decides(entry: StarEntry) -> bool:
    return entry.confidence in DECIDING and entry.year is not None and not entry.inferred


def first_star_year() -> int:
    """Return the first year in which stars were given, as early as it may have been."""
    from zoneeval.policy.published import published_stars

    return published_stars().first_year


def published_result(ws: Workspace, zone: str, year: int) -> StarEntry | None:
    """Return the published entry that ratings take for a zone's result of a year."""
    found = [e for e in star_history(ws, zone).entries if e.year == year]
    if any(e.own for e in found):
        return None
    return next((e for e in found if _decides(e)), None)


def star_targets(ws: Workspace, year: int) -> list[Target]:
    """Return the star targets of a year that the office entered, as targets."""
    return [
        Target(
            zone=record.zone,
            year=record.year,
            indicator=STAR,
            label="星级",
            value=float(record.level),
            unit="星",
            kind="star",
            document=record.document or "",
            printed=level_name(record.level),
            own=True,
        )
        for record in star_records(ws, year)
        if record.kind == "target"
    ]


def remove_star(ws: Workspace, zone: str, year: int, kind: str) -> None:
    """Remove a star target or official result; raise InputError if there is none."""
    if kind not in STAR_KINDS:
        raise InputError(
            f"星级记录的类别只能是 target（目标）或 official（认定结果），不是“{kind}”。"
        )
    name = zone.strip()
    words = STAR_KINDS[kind]
    if not any(s.zone == name and s.kind == kind for s in star_records(ws, year)):
        raise InputError(
            f"工作文件中没有{name} {year} 年的星级{words}。公开记载的星级随软件提供，不能删改。"
        )
    with ws.operation(f"删除{name} {year} 年星级{words}") as op:
        op.write("star_record", {"zone": name, "year": year, "kind": kind}, None)


def zone_titles(ws: Workspace, zone: str, year: int) -> list[str]:
    """Return the titles a zone was given for a year: published ones and recorded events.

    An event is a title where its kind is the title's name, as the scheme writes it.
    """
    from zoneeval.policy.loader import list_rewards
    from zoneeval.policy.published import zone_names

    return _titles(ws, year, list_rewards()).get(zone_names().canonical(zone), [])


def _titles(ws: Workspace, year: int, schemes: Sequence[RewardScheme]) -> dict[str, list[str]]:
    from zoneeval.policy.published import published_stars, zone_names

    canonical = zone_names().canonical
    known = {a.title for s in schemes for a in s.awards if a.trigger == "title"}
    given = [(t.zone, t.title) for t in published_stars().titles if t.year == year]
    given += [(e.zone, e.kind) for e in zone_events(ws, year) if e.kind in known and e.count]
    out: dict[str, list[str]] = {}
    for zone, title in dict.fromkeys((canonical(zone), title) for zone, title in given):
        out.setdefault(zone, []).append(title)
    return out


def zone_rewards(ws: Workspace, year: int, zone: str | None = None) -> list[ZoneReward]:
    """Return what every shipped scheme pays the zones for the star of a year.

    Schemes that do not apply to the year are in, with the reason.
    """
    from zoneeval.engine.stars.rewards import zone_reward
    from zoneeval.policy.loader import list_rewards
    from zoneeval.policy.published import zone_names

    schemes = list_rewards()
    titles = _titles(ws, year, schemes)
    histories = star_histories(ws) if zone is None else [star_history(ws, zone)]
    return [
        zone_reward(scheme, history, year, titles.get(zone_names().canonical(history.zone), ()))
        for history in histories
        for scheme in schemes
    ]
