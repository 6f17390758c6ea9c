"""Rows under a code that was given up are read as the one that took its place."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.departments import MakeBook, code
from zoneeval.intake import Draft, read_workbooks
from zoneeval.model.merging import Succession, by_old, successor

TAX = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）"]
STEP = Succession(code(7), code(1), "merger", "2024-05-31")


def read(*paths: Path, year: int = 2024, step: Succession = STEP) -> Draft:
    return read_workbooks(paths, year=year, successions=[step])


def test_the_chain_holds_from_its_year_on() -> None:
    steps = by_old([STEP, Succession(code(1), code(2), "new_code")])
    assert successor(code(7), 2024, steps) == code(2)
    assert successor(code(7), 2023, steps) == code(7)
    circle = by_old([Succession("a", "b", "rename"), Succession("b", "a", "rename")])
    assert successor("a", 2024, circle) == "b"


def test_an_old_code_alone_becomes_the_new_one(book: MakeBook, directory: Path) -> None:
    path = book("税.xlsx", {"税": [TAX, [code(7), "旧样例有限公司", 5]]})
    draft = read(directory, path)
    year = draft.years[2024]
    assert year.values[code(1)]["tax_paid"].value == 5.0
    assert year.values[code(1)]["name"].value == "样例1有限公司"
    assert code(7) not in year.values
    assert (code(7), "tax_paid") in year.superseded
    assert [i.row for i in draft.issues if i.code == "code-succeeded"] == [2]
    earlier = read(path, year=2023)
    assert set(earlier.years[2023].values) == {code(7)}


def test_amounts_under_both_codes_are_added(book: MakeBook, directory: Path) -> None:
    rows = [TAX, [code(7), "旧样例有限公司", 5.1], [code(1), "样例1有限公司", 6.2]]
    draft = read(directory, book("税.xlsx", {"税": rows}))
    assert not draft.has_blocking
    assert draft.years[2024].values[code(1)]["tax_paid"].value == 11.3
    twice = [*rows, [code(1), "样例1有限公司", 7]]
    draft = read(directory, book("二.xlsx", {"税": twice}))
    assert draft.has_blocking
