"""Anyang's and Huangyan's rules again, in the way of :mod:`tests.helpers.oracle`.

Nothing is rounded: neither document says to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tests.helpers.oracle import (
    Points,
    Row,
    Verdict,
    average,
    number,
    place,
    quotient,
    two_steps,
)

Ratio = tuple[str, str, int]

ANYANG_ABOVE: dict[str, Ratio] = {
    "tax_per_mu": ("tax_paid", "land_area", 25),
    "rd_intensity": ("rd_expense", "revenue", 25),
    "output_value_per_tce": ("output_value", "energy_use", 25),
    "tax_per_emission": ("tax_paid", "emission_total", 25),
}
ANYANG_BELOW: dict[str, Ratio] = {"tax_per_mu": ("tax_paid", "land_area", 100)}

HUANGYAN_ABOVE: dict[str, tuple[str, str, str, int]] = {
    "tax_per_mu": ("tax_paid", "land_area", "24.097", 30),
    "value_added_per_mu": ("value_added", "land_area", "136.16", 20),
    "value_added_per_tce": ("value_added", "energy_use", "2.694", 20),
    "value_added_per_emission": ("value_added", "emission_total", "4929.81", 10),
    "labor_productivity": ("value_added", "average_headcount", "18.14", 10),
    "rd_intensity": ("rd_expense", "revenue", "0.0302", 10),
}
HUANGYAN_BELOW: dict[str, tuple[str, str, str, int]] = {
    "tax_per_mu": ("tax_paid", "land_area", "11.5932", 50),
    "tax_per_electricity": ("tax_paid", "electricity_use", "0.2352", 50),
}


def anyang(rows: Sequence[Row]) -> list[Verdict]:
    """Classify those above scale by zone, those below scale across the city."""
    verdicts = [Verdict(_anyang_state(row)) for row in rows]
    zones: dict[str, list[int]] = {}
    below: list[int] = []
    for at, row in enumerate(rows):
        if verdicts[at].participation != "evaluated":
            continue
        if row["scale"] == "规上":
            zones.setdefault(str(row["zone"]), []).append(at)
        else:
            below.append(at)

    for members in zones.values():
        points = _against_average(rows, members, ANYANG_ABOVE)
        place(rows, verdicts, members, points, totals(points))
        two_steps(
            verdicts,
            members,
            _sum_of(points, "tax_per_mu", "rd_intensity"),
            _sum_of(points, "output_value_per_tce", "tax_per_emission"),
        )
    points = _against_average(rows, below, ANYANG_BELOW)
    place(rows, verdicts, below, points, totals(points))

    def paid(at: int) -> Fraction | None:
        return number(rows[at], "tax_paid")

    two_steps(verdicts, below, paid, paid)
    return verdicts


def _anyang_state(row: Row) -> str:
    code, land = row.get("industry_code"), number(row, "land_area")
    if not code:
        return "undecided"
    if not 13 <= int(str(code)[:2]) <= 43:
        return "out_of_scope"
    if row.get("scale") is None:
        return "undecided"
    if row["scale"] == "规上":
        known = [quotient(row, top, bottom) for top, bottom, _ in ANYANG_ABOVE.values()]
        some = any(value is not None for value in known)
        return "evaluated" if row.get("zone") and some else "undecided"
    if land is None:
        return "undecided"
    if land < 5:
        return "out_of_scope"
    return "undecided" if number(row, "tax_paid") is None else "evaluated"


def _sum_of(points: Points, *keys: str) -> Callable[[int], Fraction]:
    return lambda at: sum((points[at][key] for key in keys), Fraction(0))


def totals(points: Points) -> dict[int, Fraction]:
    """Return each enterprise's sum of points."""
    return {at: sum(mine.values(), Fraction(0)) for at, mine in points.items()}


def _against_average(
    rows: Sequence[Row], members: Sequence[int], indicators: dict[str, Ratio]
) -> Points:
    """Return points of value ÷ (total ÷ total) × weight, nothing for less than nothing."""
    points: Points = {at: {} for at in members}
    for key, (top, bottom, weight) in indicators.items():
        benchmark = average([rows[at] for at in members], top, bottom)
        for at in members:
            value = quotient(rows[at], top, bottom)
            worth = Fraction(0)
            if value is not None and benchmark is not None and benchmark > 0:
                worth = max(value / benchmark, Fraction(0)) * weight
            points[at][key] = worth
    return points


def huangyan(rows: Sequence[Row]) -> list[Verdict]:
    """Score and rank those above and those below scale; no classes are published."""
    verdicts = [Verdict("undecided") for _ in rows]
    for scale, indicators in (("规上", HUANGYAN_ABOVE), ("规下", HUANGYAN_BELOW)):
        members: list[int] = []
        points: Points = {}
        lacking: list[int] = []
        for at, row in enumerate(rows):
            if row.get("scale") != scale:
                continue
            values = {
                key: quotient(row, top, bottom) for key, (top, bottom, *_) in indicators.items()
            }
            if all(value is None for value in values.values()):
                continue
            members.append(at)
            verdicts[at].participation = "evaluated"
            points[at] = {
                key: (values[key] or 0) / Fraction(benchmark) * weight
                for key, (_, _, benchmark, weight) in indicators.items()
            }
            if scale == "规上" and values["value_added_per_emission"] is None:
                lacking.append(at)
        given = [points[at].get("value_added_per_emission") for at in members if at not in lacking]
        known = [worth for worth in given if worth is not None]
        for at in lacking:
            average = sum(known, Fraction(0)) / len(known) if known else Fraction(0)
            points[at]["value_added_per_emission"] = average
        place(rows, verdicts, members, points, totals(points))
    return verdicts
