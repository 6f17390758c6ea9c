"""Annual self-assessments of zones: made, written, and the expected star kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval_db.storage import codec
from zoneeval_db.zones.records import rate_zones
from zoneeval_db.zones.star_history import star_history
from zoneeval_db.zones.targets import target_progress

if TYPE_CHECKING:
    from zoneeval.giving.self_assessment import KeptStanding, SelfAssessment
    from zoneeval_db.storage.workspace import Workspace


def expected_standings(
    ws: Workspace, zone: str | None = None, year: int | None = None
) -> list[KeptStanding]:
    """Return the self-assessments kept, of a zone and year or of all."""
    from zoneeval.giving.self_assessment import KeptStanding

    found = ws.conn.execute(
        "SELECT zone, year, rule, at_least, at_most, score, place, document, note"
        " FROM zone_standing ORDER BY year, zone, rule"
    )
    kept = [
        KeptStanding(zone_, of, rule, low, high, score, place, document or "", note or "")
        for zone_, of, rule, low, high, score, place, document, note in found
    ]
    return [
        one
        for one in kept
        if (zone is None or one.zone == zone) and (year is None or one.year == year)
    ]


def self_assessment(ws: Workspace, zone: str, year: int, ladder_ref: str | Path) -> SelfAssessment:
    """Return a zone's self-assessment of a year on a ladder.

    Raises InputError where nothing is known of the zone in that year.
    """
    from zoneeval.giving.self_assessment import SelfAssessment

    report = rate_zones(ws, year, ladder_ref)
    standing = next((one for one in report.standings if one.zone == zone), None)
    if standing is None:
        raise InputError(
            f"{zone}没有 {year} 年的指标，不能自评。请核对园区名称，"
            "或先录入、导入该年度的园区指标和企业数据。"
        )
    kept = [k for k in expected_standings(ws, zone, year) if k.rule == report.ladder.id]
    return SelfAssessment(
        zone,
        year,
        report.ladder,
        tuple(report.warnings),
        standing,
        dict(report.figures.get(zone, {})),
        tuple(target_progress(ws, year, zone)),
        star_history(ws, zone),
        kept[0] if kept else None,
    )


def keep_standing(ws: Workspace, made: SelfAssessment, note: str = "") -> None:
    """Record the star a self-assessment came to, beside the year's official result."""
    standing = made.standing
    with ws.operation(f"记录{made.zone} {made.year} 年自评：{standing.verdict}") as op:
        op.write(
            "zone_standing",
            {"zone": made.zone, "year": codec.whole(made.year), "rule": made.ladder.id},
            {
                "at_least": standing.at_least,
                "at_most": standing.at_most,
                "score": standing.score,
                "place": standing.rank,
                "document": codec.text(made.ladder.title),
                "note": codec.text(note.strip()) or None,
            },
        )


def export_self_assessment(
    ws: Workspace,
    out: Path,
    zone: str,
    year: int,
    ladder_ref: str | Path,
    *,
    keep: bool = True,
    issuer: str = "",
) -> list[Path]:
    """Write a zone's self-assessment as a Word document, then keep the expected star.

    Nothing is kept where the document cannot be written.
    """
    from zoneeval.giving.self_assessment_word import write_self_assessment

    made = self_assessment(ws, zone, year, ladder_ref)
    write_self_assessment(out, made, issuer)
    if keep:
        keep_standing(ws, made)
    return [out]
