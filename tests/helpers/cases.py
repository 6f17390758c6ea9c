"""Worked cases as data: inputs with their source, and what must come out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from zoneeval.engine import evaluate, rate_zone, zone_figures
from zoneeval.model.dataset import Dataset
from zoneeval.model.records import ZoneValue
from zoneeval.policy.loader import load_ladder, load_policy, load_tariff

CASES = Path(__file__).resolve().parents[1] / "policies"
ZONE = "园区"


def case_files() -> list[Path]:
    """Return every worked case, in the order of pack and name."""
    return sorted(p for p in CASES.glob("*/*.toml") if p.parent.name != "broken")


def check_case(path: Path) -> None:
    """Fail unless the pack named by the case's folder gives what the case expects."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    assert case["title"], "a case says what it shows"
    assert case["source"], "a case says where its figures come from"
    check = {"policy": _policy, "ladder": _ladder, "tariff": _tariff}[case["kind"]]
    check(path.parent.name, case)


def _rows(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    return [
        {key: None if cell == "" else cell for key, cell in zip(columns, row, strict=True)}
        for row in rows
    ]


def _policy(pack: str, case: Mapping[str, Any]) -> None:
    year, columns = case["year"], case["columns"]
    previous = None
    if "previous_rows" in case:
        previous = Dataset.from_rows(_rows(columns, case["previous_rows"]), year - 1)
    data = Dataset.from_rows(_rows(columns, case["rows"]), year)
    result = evaluate(load_policy(pack), data, previous)
    assert set(case["expected"]) == set(data.text("uscc")), "every enterprise is expected"
    for uscc, expected in case["expected"].items():
        row = result.row_of(uscc)
        assert row is not None
        found = result.enterprise_json(row)
        for key, value in expected.items():
            _same(f"{uscc} {key}", found[key], value, case["tolerance"])


def _same(what: str, found: Any, expected: Any, tolerance: float) -> None:
    if isinstance(expected, dict):
        for key, value in expected.items():
            _same(f"{what} {key}", found[key], value, tolerance)
    elif isinstance(expected, str):
        assert (what, found) == (what, expected)
    else:
        assert (what, found) == (what, pytest.approx(expected, abs=tolerance, rel=0))


def _ladder(pack: str, case: Mapping[str, Any]) -> None:
    year = case["year"]
    values = [ZoneValue(ZONE, year, key, float(v)) for key, v in case["values"].items()]
    standing = rate_zone(load_ladder(pack), ZONE, year, zone_figures(None, values)[ZONE])
    found = {"at_least": standing.at_least, "at_most": standing.at_most}
    assert found == {k: None if v == "below" else v for k, v in case["expected"].items()}


def _tariff(pack: str, case: Mapping[str, Any]) -> None:
    tariff = load_tariff(pack)
    assert tariff.utilities
    for utility in tariff.utilities:
        for grade in case.get("grades", ()):
            for years in case["consecutive"]:
                assert tariff.rate(utility, grade, years) is None
    for history in case.get("histories", ()):
        found, held, years = [], None, 0
        for grade in history["grades"]:
            held, years = grade, years + 1 if grade == held else 1
            rate = tariff.rate(history["utility"], grade, years)
            found.append(rate.amount if rate else "")
        assert found == history["expected"]
