"""The rules of two policies again, one enterprise at a time, as a person would work them out.

Slow and obvious on purpose, and written from the documents' wording, not from the engine.
Averages and scores are plain float arithmetic in the order of credit codes; rounding and
quotas are decimals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

Cell = float | str | None
Row = Mapping[str, Cell]

ZHENGZHOU = (
    ("tax_per_mu", "tax_paid", "land_area", 20),
    ("revenue_per_mu", "revenue", "land_area", 20),
    ("profit_per_mu", "profit", "land_area", 20),
    ("output_value_per_tce", "output_value", "energy_use", 20),
    ("rd_intensity", "rd_expense", "revenue", 10),
    ("labor_productivity", "value_added", "average_headcount", 10),
)
ZHENGZHOU_BONUS = (("listed", 3), ("high_tech", 2), ("provincial_rd_platform", 2))
HUAIAN_SHARES = (("A", "0.20"), ("B", "0.60"), ("C", "0.95"), ("D", "1"))


@dataclass
class Verdict:
    """What becomes of one enterprise."""

    participation: str = "evaluated"
    scores: dict[str, float] = field(default_factory=dict)
    composite: float | None = None
    rank: int | None = None
    grade: str | None = None
    half: str | None = None


def nearest(count: int, share: str) -> int:
    """Return a share of a number of enterprises, half up."""
    return int((Decimal(count) * Decimal(share)).quantize(Decimal(1), ROUND_HALF_UP))


def four_places(value: float) -> float:
    """Return a score rounded half-up to four places."""
    return float(Decimal(repr(value)).quantize(Decimal("0.0001"), ROUND_HALF_UP))


def number(row: Row, name: str) -> float | None:
    """Return a number cell, or None where it is empty."""
    cell = row.get(name)
    return None if cell is None else float(cell)


def quotient(row: Row, top: str, bottom: str) -> float | None:
    """Return one figure divided by another; nothing where it cannot be divided."""
    over, under = number(row, top), number(row, bottom)
    if over is None or under is None or under == 0:
        return None
    return over / under


def average(rows: Sequence[Row], top: str, bottom: str) -> float | None:
    """Return the total of one figure divided by the total of the other."""
    over = under = 0.0
    some = False
    for row in rows:
        if quotient(row, top, bottom) is not None:
            over += number(row, top) or 0.0
            under += number(row, bottom) or 0.0
            some = True
    return over / under if some and under != 0 else None


def full_years(row: Row, name: str, year: int) -> int | None:
    """Return whole years from a date to the end of the assessment year."""
    date = row.get(name)
    return year - int(str(date)[:4]) if date else None


def zhengzhou(rows: Sequence[Row], year: int) -> list[Verdict]:
    """Classify by zone: gate at half the ranking, then 15 % A by tax, 10 % C by energy."""
    verdicts = [Verdict() for _ in rows]
    zones: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        state = _zhengzhou_state(row, year)
        if state == "evaluated" and not (row.get("zone") and _any(row, ZHENGZHOU)):
            state = "undecided"
        verdicts[at].participation = state
        if state == "evaluated":
            zones.setdefault(str(row["zone"]), []).append(at)
    for members in zones.values():
        members.sort(key=lambda at: str(rows[at]["uscc"]))
        _zhengzhou_zone(rows, verdicts, members)
    return verdicts


def _any(row: Row, indicators: Sequence[tuple[str, str, str, int]]) -> bool:
    """Tell whether anything at all is known of an enterprise."""
    return any(quotient(row, top, bottom) is not None for _, top, bottom, _ in indicators)


def _zhengzhou_state(row: Row, year: int) -> str:
    code = row.get("industry_code")
    if not code:
        return "undecided"
    if not 13 <= int(str(code)[:2]) <= 43:
        return "out_of_scope"
    if not row.get("scale"):
        return "undecided"
    if row["scale"] != "规上":
        return "out_of_scope"
    for date in ("production_started_on", "above_scale_since"):
        age = full_years(row, date, year)
        if age is None:
            return "undecided"
        if age < 2:
            return "transitional"
    return "evaluated"


def _zhengzhou_zone(rows: Sequence[Row], verdicts: list[Verdict], members: list[int]) -> None:
    mine = [rows[at] for at in members]
    for at in members:
        total = 0.0
        for key, top, bottom, weight in ZHENGZHOU:
            benchmark = average(mine, top, bottom)
            value = quotient(rows[at], top, bottom)
            points = 0.0
            if value is not None and benchmark is not None and benchmark > 0:
                points = max(value / benchmark, 0.0) * weight
            verdicts[at].scores[key] = points
            total += points
        for flag, points in ZHENGZHOU_BONUS:
            total += points if rows[at].get(flag) == 1 else 0
        verdicts[at].composite = four_places(total)
    members.sort(
        key=lambda at: (
            -(verdicts[at].composite or 0.0),
            *(-verdicts[at].scores[key] for key, *_ in ZHENGZHOU),
            str(rows[at]["uscc"]),
        )
    )
    _shared_ranks(verdicts, members)
    count = len(members)
    upper, lower = members[: count // 2], members[count - count // 2 :]
    for place, at in enumerate(members):
        verdicts[at].grade = "B"
        verdicts[at].half = "middle"
        if place < count // 2:
            verdicts[at].half = "upper"
        if place >= count - count // 2:
            verdicts[at].half = "lower"
    place_of = {at: place for place, at in enumerate(members)}
    by_tax = [(quotient(rows[at], "tax_paid", "land_area"), at) for at in upper]
    known = sorted((-value, place_of[at], at) for value, at in by_tax if value is not None)
    for _, _, at in known[: nearest(count, "0.15")]:
        verdicts[at].grade = "A"
    by_energy = [(quotient(rows[at], "output_value", "energy_use"), at) for at in lower]
    poor = sorted((value, -place_of[at], at) for value, at in by_energy if value is not None)
    for _, _, at in poor[: nearest(count, "0.10")]:
        verdicts[at].grade = "C"


def _shared_ranks(verdicts: list[Verdict], best_first: list[int]) -> None:
    for at in best_first:
        mine = verdicts[at].composite or 0.0
        better = sum(1 for other in best_first if (verdicts[other].composite or 0.0) > mine)
        verdicts[at].rank = better + 1


def huaian(rows: Sequence[Row], previous: Sequence[Row], year: int) -> list[Verdict]:
    """Classify everybody together: 45/35/20 against twice last year's average, T aside."""
    verdicts = [_huaian_state(row, year) for row in rows]
    before = sorted(
        (row for row in previous if _huaian_state(row, year - 1).participation == "evaluated"),
        key=lambda row: str(row["uscc"]),
    )
    members = [at for at, verdict in enumerate(verdicts) if verdict.participation == "evaluated"]
    now = [rows[at] for at in members]

    def supplied(bottom: str) -> bool:
        return all(
            any(quotient(row, "tax_paid", bottom) is not None for row in year_rows)
            for year_rows in (now, before)
        )

    by_power = supplied("electricity_use") and not supplied("energy_use")
    green = "electricity_use" if by_power else "energy_use"
    indicators = (
        ("tax_per_mu", "tax_paid", "land_area", 45),
        ("revenue_per_mu", "revenue", "land_area", 35),
        ("green_tax", "tax_paid", green, 20),
    )
    for at in members:
        if not _any(rows[at], indicators):
            verdicts[at] = Verdict("undecided")
    members = [at for at in members if verdicts[at].participation == "evaluated"]
    for at in members:
        total = 0.0
        for key, top, bottom, weight in indicators:
            last_year = average(before, top, bottom)
            value = quotient(rows[at], top, bottom)
            points = 0.0
            if value is not None and last_year is not None and last_year > 0:
                points = value / (last_year * 2) * weight
            verdicts[at].scores[key] = points
            total += points
        verdicts[at].composite = total
    members.sort(
        key=lambda at: (
            -(verdicts[at].composite or 0.0),
            *(-verdicts[at].scores[key] for key, *_ in indicators),
            str(rows[at]["uscc"]),
        )
    )
    _shared_ranks(verdicts, members)
    start = 0
    for letter, share in HUAIAN_SHARES:
        end = nearest(len(members), share)
        for at in members[start:end]:
            verdicts[at].grade = letter
        start = end
    return verdicts


def _huaian_state(row: Row, year: int) -> Verdict:
    land, scale = number(row, "land_area"), row.get("scale")
    if scale != "规上" and (land is None or land < 3):
        known = land is not None and scale is not None
        return Verdict("out_of_scope" if known else "undecided")
    code = row.get("industry_code")
    if not code:
        return Verdict("undecided")
    if 44 <= int(str(code)[:2]) <= 46:
        return Verdict("exempt", grade="T")
    age = full_years(row, "production_started_on", year)
    if age is None:
        return Verdict("undecided")
    return Verdict("transitional", grade="T") if age < 2 else Verdict()
