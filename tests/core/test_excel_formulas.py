"""Formulas of policies as a spreadsheet writes them."""

from __future__ import annotations

import re

import pytest

from zoneeval.expressions import parse
from zoneeval.expressions.excel import NotRenderableError, Renderer

SHARED = {"IF", "AND", "OR", "NOT", "ISNUMBER", "EXACT", "VALUE", "LEFT", "MID", "LEN",
          "MIN", "MAX"}  # fmt: skip
CELLS = {
    "tax_paid": "A1",
    "land_area": "B1",
    "scale": "C1",
    "industry_code": "D1",
    "production_started_on": "E1",
    "score:tax_per_mu": "F1",
    "composite_score": "G1",
    "revenue": "H1",
}


def _renderer() -> Renderer:
    return Renderer(CELLS.__getitem__, "Y1")


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        ("tax_paid", 'IF(ISNUMBER(A1),A1,"—")'),
        ("3", "3"),
        ("0.00001 * 2", "(1E-05*2)"),
        (
            "tax_paid / land_area",
            'IF(IF(AND(ISNUMBER(A1),ISNUMBER(B1)),B1<>0,FALSE),(A1/B1),"—")',
        ),
        ("coalesce(tax_paid, 0)", "IF(ISNUMBER(A1),A1,0)"),
        ("coalesce(tax_paid, revenue)",
         'IF(IF(ISNUMBER(A1),TRUE,ISNUMBER(H1)),IF(ISNUMBER(A1),A1,H1),"—")'),
        ("min(tax_paid, 5)", 'IF(ISNUMBER(A1),MIN(A1,5),"—")'),
        ("score(tax_per_mu) - composite_score",
         'IF(AND(ISNUMBER(F1),ISNUMBER(G1)),(F1-G1),"—")'),
        ("years_since(production_started_on)",
         'IF(ISNUMBER(VALUE(LEFT(E1,4))),(Y1-VALUE(LEFT(E1,4))),"—")'),
        ("days_since(production_started_on)",
         "IF(AND(ISNUMBER(VALUE(MID(E1,1,4))),ISNUMBER(VALUE(MID(E1,6,2))),"
         "ISNUMBER(VALUE(MID(E1,9,2)))),(DATE(Y1,12,31)-"
         'DATE(VALUE(MID(E1,1,4)),VALUE(MID(E1,6,2)),VALUE(MID(E1,9,2)))),"—")'),
    ],
)  # fmt: skip
def test_numbers(formula: str, cell: str) -> None:
    assert _renderer().cell(parse(formula)) == cell


@pytest.mark.parametrize(
    ("formula", "cell"),
    [
        ('scale == "规上"', 'IF(C1<>"—",EXACT(C1,"规上"),FALSE)'),
        ("tax_paid >= 3", "IF(ISNUMBER(A1),A1>=3,FALSE)"),
        ("not tax_paid >= 3", "IF(ISNUMBER(A1),NOT(A1>=3),FALSE)"),
        ("tax_paid > 3 or land_area < 1",
         "OR(IF(ISNUMBER(A1),A1>3,FALSE),IF(ISNUMBER(B1),B1<1,FALSE))"),
        ("0 < tax_paid < 9",
         "AND(IF(ISNUMBER(A1),0<A1,FALSE),IF(ISNUMBER(A1),A1<9,FALSE))"),
    ],
)  # fmt: skip
def test_conditions(formula: str, cell: str) -> None:
    assert _renderer().condition(parse(formula)) == cell


def test_only_shared_functions_are_used() -> None:
    text = _renderer().condition(
        parse('in_codes(industry_code, "13-43", "4412") and max(tax_paid, 1) / land_area > 2')
    )
    assert set(re.findall(r"([A-Z]+)\(", text)) <= SHARED
    assert text.count("(") == text.count(")")


def test_what_does_not_fit_into_a_cell_is_refused() -> None:
    nested = "tax_paid"
    for _ in range(70):
        nested = f"coalesce({nested}, land_area)"
    with pytest.raises(NotRenderableError):
        _renderer().cell(parse(nested))


def test_text_is_not_computed_with() -> None:
    with pytest.raises(NotRenderableError):
        _renderer().cell(parse("scale + 1"))
