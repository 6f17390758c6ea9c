"""The formula language: what it allows, and how it treats what is missing."""

from __future__ import annotations

import numpy as np
import pytest

from zoneeval.errors import ExpressionError
from zoneeval.expressions import evaluate_number, evaluate_truth, parse, quotient_parts
from zoneeval.model.dataset import Dataset

NAN = float("nan")
TABLE = Dataset.from_rows(
    [
        {"tax_paid": 6.0, "land_area": 3.0, "scale": "规上", "industry_code": "1310"},
        {"tax_paid": 6.0, "land_area": 0.0, "scale": "规下", "industry_code": "4400"},
        {"tax_paid": None, "land_area": 2.0, "scale": None, "industry_code": None},
    ],
    2024,
)


def number(text: str, table: Dataset = TABLE) -> list[float]:
    return evaluate_number(parse(text), table).tolist()


def truth(text: str, table: Dataset = TABLE) -> list[float]:
    return evaluate_truth(parse(text), table).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tax_paid / land_area", [2, NAN, NAN]),
        ("tax_paid ÷ land_area × 2", [4, NAN, NAN]),
        ("tax_paid + land_area - 1", [8, 5, NAN]),
        ("-tax_paid", [-6, -6, NAN]),
        ("min(tax_paid, land_area)", [3, 0, NAN]),
        ("max(tax_paid, land_area, 7)", [7, 7, NAN]),
        ("coalesce(tax_paid, land_area)", [6, 6, 2]),
        ("coalesce(tax_paid, 0)", [6, 6, 0]),
        ("revenue", [NAN, NAN, NAN]),
        ("（tax_paid + 4）/ 2", [5, 5, NAN]),
    ],
)
def test_numbers(text: str, expected: list[float]) -> None:
    np.testing.assert_array_equal(number(text), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tax_paid > 5", [1, 1, NAN]),
        ("land_area >= 2", [1, 0, 1]),
        ("1 < land_area <= 3", [1, 0, 1]),
        ('scale == "规上"', [1, 0, NAN]),
        ('scale != "规上"', [0, 1, NAN]),
        ('scale == "规上" or land_area >= 2', [1, 0, 1]),
        ('scale == "规上" and land_area < 1', [0, 0, 0]),
        ('scale == "规上" and land_area > 1', [1, 0, NAN]),
        ('not scale == "规上"', [0, 1, NAN]),
        ('in_codes(industry_code, "13-43")', [1, 0, NAN]),
        ('in_codes(industry_code, "4400", "0610")', [0, 1, NAN]),
        ('not in_codes(industry_code, "44-46")', [1, 0, NAN]),
        ("tax_paid", [1, 1, NAN]),
        ("land_area ≥ 2", [1, 0, 1]),
    ],
)
def test_truth_is_kleene(text: str, expected: list[float]) -> None:
    np.testing.assert_array_equal(truth(text), expected)


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2022-12-31", 2), ("2023-01-01", 1), ("2024-06-01", 0), ("2025-01-01", -1), (None, NAN)],
)
def test_full_years_to_the_end_of_the_year(date: str | None, expected: float) -> None:
    table = Dataset.from_rows([{"registered_on": date}], 2024)
    np.testing.assert_array_equal(number("years_since(registered_on)", table), [expected])


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2024-12-31", 0), ("2025-01-01", -1), ("2023-12-31", 366), ("2024-13-01", NAN), (None, NAN)],
)
def test_days_to_the_end_of_the_year(date: str | None, expected: float) -> None:
    table = Dataset.from_rows([{"high_tech_until": date}], 2024)
    np.testing.assert_array_equal(number("days_since(high_tech_until)", table), [expected])


def test_days_are_of_dates_only() -> None:
    with pytest.raises(ExpressionError, match="“tax_paid”不是日期"):
        number("days_since(tax_paid)")
    with pytest.raises(ExpressionError, match="days_since 的参数是一个日期字段"):
        number("days_since(1 + 2)")


def test_years_without_a_year_are_missing() -> None:
    table = Dataset.from_rows([{"registered_on": "2020-01-01"}])
    np.testing.assert_array_equal(number("years_since(registered_on)", table), [NAN])
    np.testing.assert_array_equal(number("days_since(registered_on)", table), [NAN])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tax_paid / land_area >= 0.2", [1, 1, 0]),
        ("tax_paid / land_area == 0.2", [1, 1, 0]),
        ("tax_paid / land_area < 0.2", [0, 0, 1]),
        ("tax_paid / land_area <= 0.2", [1, 1, 1]),
        ("tax_paid / land_area > 0.2", [0, 0, 0]),
        ("tax_paid / land_area != 0.2", [0, 0, 1]),
        ("tax_paid > 0", [1, 1, 1]),
    ],
)
def test_a_line_reached_on_paper_is_reached(text: str, expected: list[float]) -> None:
    """1.2 ÷ 6 is a last bit less than 0.2 in floats."""
    rows = [(1.2, 6.0), (1.0, 5.0), (1e-15, 5.0)]
    table = Dataset.from_rows([{"tax_paid": a, "land_area": b} for a, b in rows], 2024)
    assert truth(text, table) == expected


def test_too_large_a_result_is_missing_and_never_infinite() -> None:
    table = Dataset.from_rows([{"tax_paid": 1e300, "land_area": 1e-300}])
    np.testing.assert_array_equal(number("tax_paid / land_area", table), [NAN])
    np.testing.assert_array_equal(number("tax_paid * tax_paid", table), [NAN])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tax_paid +",
        "(tax_paid",
        "tax_paid ** 2",
        "tax_paid % 2",
        "__import__('os')",
        "tax_paid.real",
        "tax_paid[0]",
        "lambda: 1",
        "[1, 2]",
        "True",
        "None",
        "1e999",
        "9" * 400,
        "1j",
        "b'abc'",
        "f'{tax_paid}'",
        "min()",
        "min(tax_paid, key=1)",
        "round(tax_paid)",
        "years_since(2024)",
        "in_codes(industry_code)",
        "in_codes(industry_code, 13)",
        "tax_paid if scale else 1",
        "x := 1",
        "-" * 500 + "1",
        "(" * 300 + "1" + ")" * 300,
        "1+" * 1100 + "1",
    ],
)
def test_everything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ExpressionError, match=r"公式“.*”写法有误：.+。"):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        '"规上"',
        'tax_paid + "a"',
        "scale + 1",
        "scale > 3",
        "scale == 3",
        'scale >= "规上"',
        "years_since(land_area)",
        'in_codes(land_area, "13")',
    ],
)
def test_text_and_numbers_do_not_mix(text: str) -> None:
    with pytest.raises(ExpressionError, match="写法有误"):
        evaluate_truth(parse(text), TABLE)


def test_fields_are_listed_in_order_and_once() -> None:
    assert parse("max(revenue, tax_paid) / revenue + years_since(registered_on)").fields == (
        "revenue",
        "tax_paid",
        "registered_on",
    )


def test_quotient_parts() -> None:
    parts = quotient_parts(parse("(tax_paid + profit) / land_area"))
    assert parts is not None
    assert [part.fields for part in parts] == [("tax_paid", "profit"), ("land_area",)]
    assert quotient_parts(parse("tax_paid")) is None
