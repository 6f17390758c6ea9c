"""The rules of two policies again, one enterprise at a time, as a person would work them out.

Slow and obvious on purpose, and written from the documents' wording, not from the engine.
A figure is the decimal number that its shortest spelling names, and all arithmetic is in
exact fractions: what is equal on paper is equal here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from math import floor

Cell = float | str | None
Row = Mapping[str, Cell]
Points = dict[int, dict[str, Fraction]]

ZHENGZHOU = (
    ("tax_per_mu", "tax_paid", "land_area", 20),
    ("revenue_per_mu", "revenue", "land_area", 20),
    ("profit_per_mu", "profit", "land_area", 20),
    ("output_value_per_tce", "output_value", "energy_use", 20),
    ("rd_intensity", "rd_expense", "revenue", 10),
    ("labor_productivity", "value_added", "average_headcount", 10),
)
ZHENGZHOU_BONUS = (("listed", 3), ("high_tech", 2), ("provincial_rd_platform", 2))
POLLUTANTS = ("emission_cod", "emission_nh3n", "emission_so2", "emission_nox")
HUAIAN_SHARES = (("A", "0.20"), ("B", "0.60"), ("C", "0.95"), ("D", "1"))


@dataclass
class Verdict:
    """What becomes of one enterprise."""

    participation: str = "evaluated"
    scores: dict[str, float] = field(default_factory=dict)
    composite: float | None = None
    rank: int | None = None
    position: int | None = None
    grade: str | None = None
    half: str | None = None


def nearest(count: int, share: str) -> int:
    """Return a share of a number of enterprises, half up."""
    return int((Decimal(count) * Decimal(share)).quantize(Decimal(1), ROUND_HALF_UP))


def four_places(score: Fraction) -> Fraction:
    """Return a score, which is not negative, rounded half-up to four places."""
    return Fraction(floor(score * 10_000 + Fraction(1, 2)), 10_000)


@cache
def exact(figure: float) -> Fraction:
    """Return the decimal number that the shortest spelling of a float names."""
    return Fraction(repr(figure))


def number(row: Row, name: str) -> Fraction | None:
    """Return a figure; the emissions are those of the four pollutants together."""
    if name == "emission_total" and name not in row:
        four = [number(row, pollutant) for pollutant in POLLUTANTS]
        known = [amount for amount in four if amount is not None]
        return sum(known, Fraction(0)) if len(known) == len(four) else None
    cell = row.get(name)
    return None if cell is None else exact(float(cell))


def quotient(row: Row, top: str, bottom: str) -> Fraction | None:
    """Return one figure divided by another; nothing where it cannot be divided."""
    over, under = number(row, top), number(row, bottom)
    return None if over is None or not under else over / under


def average(rows: Sequence[Row], top: str, bottom: str) -> Fraction | None:
    """Return the total of one figure divided by the total of the other."""
    both = [row for row in rows if quotient(row, top, bottom) is not None]
    over = sum((number(row, top) or 0 for row in both), Fraction(0))
    under = sum((number(row, bottom) or 0 for row in both), Fraction(0))
    return over / under if under != 0 else None


def place(
    rows: Sequence[Row],
    verdicts: list[Verdict],
    members: list[int],
    points: Points,
    total: Mapping[int, Fraction],
) -> None:
    """Put members into the order of their totals; equals by their points, then by code."""
    members.sort(
        key=lambda at: (
            -total[at],
            *(-worth for worth in points[at].values()),
            str(rows[at]["uscc"]),
        )
    )
    rank, last = 0, None
    for position, at in enumerate(members, 1):
        if total[at] != last:
            rank, last = position, total[at]
        mine = verdicts[at]
        mine.scores = {key: float(worth) for key, worth in points[at].items()}
        mine.composite = float(total[at])
        mine.rank = rank
        mine.position = position


def two_steps(
    verdicts: list[Verdict],
    members: Sequence[int],
    best_by: Callable[[int], Fraction | None],
    worst_by: Callable[[int], Fraction | None],
) -> None:
    """Give A to 15 % from the better half and C to 10 % from the worse, B to the others.

    ``members`` come best first.  Who has no figure to be picked by is not picked.
    """
    count = len(members)
    upper, lower = members[: count // 2], members[count - count // 2 :]
    for at in members:
        half = "upper" if at in upper else "lower" if at in lower else "middle"
        verdicts[at].half, verdicts[at].grade = half, "B"
    places = {at: position for position, at in enumerate(members)}
    best = sorted((-value, places[at], at) for at in upper if (value := best_by(at)) is not None)
    for _, _, at in best[: nearest(count, "0.15")]:
        verdicts[at].grade = "A"
    worst = sorted((value, -places[at], at) for at in lower if (value := worst_by(at)) is not None)
    for _, _, at in worst[: nearest(count, "0.10")]:
        verdicts[at].grade = "C"


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
    points: Points = {at: {} for at in members}
    for key, top, bottom, weight in ZHENGZHOU:
        benchmark = average(mine, top, bottom)
        for at in members:
            value = quotient(rows[at], top, bottom)
            worth = Fraction(0)
            if value is not None and benchmark is not None and benchmark > 0:
                worth = max(value / benchmark, Fraction(0)) * weight
            points[at][key] = worth
    total = {}
    for at in members:
        bonus = sum(extra for flag, extra in ZHENGZHOU_BONUS if rows[at].get(flag) == 1)
        total[at] = four_places(sum(points[at].values(), Fraction(bonus)))
    place(rows, verdicts, members, points, total)
    two_steps(
        verdicts,
        members,
        lambda at: quotient(rows[at], "tax_paid", "land_area"),
        lambda at: quotient(rows[at], "output_value", "energy_use"),
    )


def huaian(rows: Sequence[Row], previous: Sequence[Row], year: int) -> list[Verdict]:
    """Classify everybody together: 45/35/20 against twice last year's average, T aside."""
    verdicts = [_huaian_state(row, year) for row in rows]
    before = [row for row in previous if _huaian_state(row, year - 1).participation == "evaluated"]
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
    points: Points = {at: {} for at in members}
    for key, top, bottom, weight in indicators:
        last_year = average(before, top, bottom)
        for at in members:
            value = quotient(rows[at], top, bottom)
            worth = Fraction(0)
            if value is not None and last_year is not None and last_year > 0:
                worth = value / (last_year * 2) * weight
            points[at][key] = worth
    total = {at: sum(points[at].values(), Fraction(0)) for at in members}
    place(rows, verdicts, members, points, total)
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
