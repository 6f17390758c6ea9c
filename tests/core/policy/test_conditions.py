"""Formulas as rows of a form, and back."""

from __future__ import annotations

import ast

import pytest

from zoneeval.expressions import parse
from zoneeval.policy.conditions import Clause, Rows, rows_of, subject_of, subjects, sum_of, terms_of

FORMULAS = (
    'in_codes(industry_code, "13-43")',
    'not in_codes(industry_code, "44-46", "4412")',
    'scale == "规上" or land_area >= 5',
    'coalesce(years_since(production_started_on), -1) >= 0 or operating_status == "停产"',
    "years_since(registered_on) >= 4 and listed == 1 and penalties != 0",
    "tax_per_mu < 4 or composite_score < 60",
    "score(tax_per_mu) <= 12.5",
    "rd_intensity > -0.03",
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_rows_say_the_same_as_the_formula(formula: str) -> None:
    rows = rows_of(formula)
    assert rows is not None
    assert rows.formula == formula
    assert ast.dump(parse(rows.formula).tree) == ast.dump(parse(formula).tree)


@pytest.mark.parametrize(
    "formula",
    [
        "listed == 1 and (land_area > 5 or penalties > 1)",
        "not (listed == 1)",
        "5 <= land_area",
        "land_area / revenue > 1",
        "tax_paid > revenue",
        "1 < land_area < 5",
        "max(tax_paid, revenue) > 3",
        "land_area >",
    ],
)
def test_what_is_more_than_rows_has_none(formula: str) -> None:
    assert rows_of(formula) is None


def test_sums() -> None:
    assert terms_of("score(tax_per_mu) + score(rd_intensity) + revenue") == (
        "score(tax_per_mu)",
        "score(rd_intensity)",
        "revenue",
    )
    assert terms_of("revenue * 2") is None
    assert terms_of("revenue +") is None
    assert sum_of(("revenue", "score(x)")) == "revenue + score(x)"


def test_rows_are_joined_by_one_word() -> None:
    one = Clause("land_area", ">=", 5.0)
    other = Clause("scale", "==", "规上")
    assert Rows((one, other)).formula == 'land_area >= 5 and scale == "规上"'
    assert Rows((one, other), one_is_enough=True).formula == 'land_area >= 5 or scale == "规上"'


def test_what_can_be_compared() -> None:
    known = {subject.formula: subject for subject in subjects({"tax_per_mu": "亩均税收"})}
    assert known["composite_score"].label == "综合得分"
    assert known["score(tax_per_mu)"].label == "亩均税收得分"
    assert known["listed"].signs == {"==": "是", "!=": "不是"}
    assert known["industry_code"].kind == "codes"
    assert known["scale"].choices == ("规上", "规下")
    assert "years_since(registered_on)" in known
    assert "uscc" not in known
    assert "composite_score" not in {subject.formula for subject in subjects()}


def test_what_is_not_offered_is_told_in_words() -> None:
    found = subject_of("coalesce(penalties, 0)", subjects())
    assert found.kind == "number"
    assert "缺则取 0" in found.label
