"""Repairs: proposed where safe, made only when chosen, each recorded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.helpers.departments import DIRECTORY_HEADINGS, MakeBook, code, listed
from zoneeval.errors import InputError
from zoneeval.intake import Draft, read_workbooks
from zoneeval.intake.checks import Reference
from zoneeval.intake.repairs import REPAIRABLE, check_code
from zoneeval.model.dataset import Dataset
from zoneeval.model.issue import Issue
from zoneeval.model.repair import REPAIR_KINDS, RepairChoice

TAX = ["统一社会信用代码", "企业名称", "税收实际贡献（万元）", "主营业务收入（万元）"]


def read(*paths: Path, repairs: tuple[RepairChoice, ...] = (), **more: object) -> Draft:
    return read_workbooks(list(paths), year=2024, repairs=repairs, **more)  # type: ignore[arg-type]


def issue_of(draft: Draft, wanted: str) -> Issue:
    return next(issue for issue in draft.issues if issue.code == wanted)


def value(draft: Draft, number: int, key: str) -> object:
    found = draft.years[2024].values.get(code(number), {}).get(key)
    return found.value if found else None


def test_a_number_with_a_note_is_taken_out(book: MakeBook) -> None:
    path = book(
        "税务.xlsx",
        {"税": [TAX, [code(1), "甲", "12.3万元（含税）", 500], [code(2), "乙", "7。", 400]]},
    )
    before = read(path)
    assert before.has_blocking
    assert before.repaired == ()
    one = issue_of(before, "text-in-number")
    assert one.repair is not None
    assert one.as_json()["repair"] == {"kind": "read-number", "message": one.repair.message}
    after = read(path, repairs=(RepairChoice.of(one),))
    assert value(after, 1, "tax_paid") == 12.3
    assert [i.row for i in after.issues if i.code == "text-in-number"] == [3]
    (done,) = after.repaired
    assert (done.kind, done.row, done.column, done.before) == (
        "read-number", 2, "C", "12.3万元（含税）",
    )  # fmt: skip
    every = read(path, repairs=(RepairChoice("text-in-number"),))
    assert not every.has_blocking
    assert (value(every, 1, "tax_paid"), value(every, 2, "tax_paid")) == (12.3, 7.0)
    assert len(every.repaired) == 2


@pytest.mark.parametrize(
    "text", ["约三百", "300（其中免抵50）", "约300", "300或400", "停产", "12-13"]
)
def test_doubtful_text_has_no_repair(book: MakeBook, text: str) -> None:
    draft = read(book("税务.xlsx", {"税": [TAX, [code(1), "甲", text, 500]]}))
    assert issue_of(draft, "text-in-number").repair is None
    chosen = read(
        book("税务.xlsx", {"税": [TAX, [code(1), "甲", text, 500]]}),
        repairs=(RepairChoice("text-in-number"),),
    )
    assert chosen.has_blocking
    assert chosen.repaired == ()


def test_an_error_cell_becomes_missing_not_zero(book: MakeBook) -> None:
    path = book("税务.xlsx", {"税": [TAX, [code(1), "甲", "#DIV/0!", 500]]})
    draft = read(path, repairs=(RepairChoice("error-cell"),))
    assert not draft.has_blocking
    assert value(draft, 1, "tax_paid") is None
    assert value(draft, 1, "revenue") == 500


def test_an_error_in_the_code_has_no_repair(book: MakeBook) -> None:
    path = book("税务.xlsx", {"税": [TAX, ["#N/A", "甲", 3, 500], [code(1), "乙", 3, 400]]})
    assert issue_of(read(path), "error-cell").repair is None


def test_two_rows_are_added_up(book: MakeBook) -> None:
    path = book(
        "税务.xlsx",
        {
            "税": [
                ["统一社会信用代码", "企业名称", "税收实际贡献（元）", "主营业务收入（万元）"],
                [code(1), "甲", 1_230_000, 500],
                [code(1), "甲", 70_000.5, 20],
                [code(1), "甲", 10_000, None],
                [code(2), "乙", 70_000, 20],
            ]
        },
    )
    assert issue_of(read(path), "duplicate-code").repair is not None
    draft = read(path, repairs=(RepairChoice("duplicate-code"),))
    assert not draft.has_blocking
    assert value(draft, 1, "tax_paid") == pytest.approx(131.00005, abs=1e-12)
    assert value(draft, 1, "revenue") == 520
    assert [r.row for r in draft.repaired] == [3, 4]


def test_a_missing_code_is_filled_in_by_a_unique_name(directory: Path, book: MakeBook) -> None:
    rows = [[None, "样例2有限公司", 12, 500], [None, "别处有限公司", 12, 500]]
    path = book("税务.xlsx", {"税": [TAX, *rows]})
    found = [i for i in read(directory, path).issues if i.code == "missing-code"]
    assert [(i.row, i.repair is None) for i in found] == [(2, False), (3, True)]
    draft = read(directory, path, repairs=(RepairChoice.of(found[0]),))
    assert value(draft, 2, "tax_paid") == 12
    assert draft.has_blocking


def test_rows_that_differ_in_words_are_not_added_up(directory: Path, book: MakeBook) -> None:
    other = [*listed(1)[:3], "1311", "规上"]
    path = book("名录.xlsx", {"名录": [DIRECTORY_HEADINGS, listed(1), other]})
    assert issue_of(read(path), "duplicate-code").repair is None


def stored(figures: Mapping[int, float]) -> Reference:
    rows: list[dict[str, float | str | None]] = [
        {"uscc": code(n), "tax_paid": tax} for n, tax in figures.items()
    ]
    return Reference({2023: Dataset.from_rows(rows, 2023)}, zones=("示例市东园产业集聚区",))


def test_a_column_is_converted_as_a_whole(book: MakeBook) -> None:
    rows = [[code(n), f"样例{n}", 1_234_567 + n, None] for n in range(1, 8)]
    rows[6][2] = "130万元"
    path = book("税务.xlsx", {"税": [TAX, *rows]})
    reference = stored(dict.fromkeys(range(1, 8), 120.0))
    before = read(path, reference=reference)
    found = issue_of(before, "unit-suspicion")
    assert (found.column, found.row) == ("C", None)
    after = read(path, reference=reference, repairs=(RepairChoice.of(found),))
    assert value(after, 1, "tax_paid") == 123.4568
    assert value(after, 7, "tax_paid") == 130.0
    assert "unit-suspicion" not in {i.code for i in after.issues}
    assert [(r.kind, r.column) for r in after.repaired] == [("convert-unit", "C")]


def test_the_column_is_converted_before_rows_are_added_up(book: MakeBook) -> None:
    rows = [[code(n), f"样例{n}", 1_000_000, None] for n in range(1, 8)]
    path = book("税务.xlsx", {"税": [TAX, *rows, [code(1), "样例1", 500_000, None]]})
    draft = read(
        path,
        reference=stored(dict.fromkeys(range(1, 8), 100.0)),
        repairs=(RepairChoice("duplicate-code"), RepairChoice("unit-suspicion")),
    )
    assert value(draft, 1, "tax_paid") == 150.0


def test_a_zone_takes_the_known_name(book: MakeBook) -> None:
    rows = [[*listed(n)[:2], "示例市东园产业聚集区", *listed(n)[3:]] for n in (1, 2)]
    path = book("名录.xlsx", {"名录": [DIRECTORY_HEADINGS, *rows]})
    reference = stored({})
    assert issue_of(read(path, reference=reference), "unknown-zone").repair is not None
    draft = read(path, reference=reference, repairs=(RepairChoice("unknown-zone"),))
    assert {value(draft, n, "zone") for n in (1, 2)} == {"示例市东园产业集聚区"}
    assert "unknown-zone" not in {i.code for i in draft.issues}


def test_files_of_one_name_are_left_alone(tmp_path: Path, book: MakeBook) -> None:
    path = book("税务.xlsx", {"税": [TAX, [code(1), "甲", "7。", 500]]})
    (tmp_path / "二").mkdir()
    second = path.rename(tmp_path / "二" / "税务.xlsx")
    first = book("税务.xlsx", {"税": [TAX, [code(2), "乙", "8。", 500]]})
    draft = read(first, second, repairs=(RepairChoice("text-in-number"),))
    assert draft.has_blocking
    assert draft.repaired == ()


def test_the_file_itself_is_not_touched(book: MakeBook) -> None:
    path = book("税务.xlsx", {"税": [TAX, [code(1), "甲", "7。", 500]]})
    before = path.read_bytes()
    assert read(path, repairs=(RepairChoice("text-in-number"),)).repaired
    assert path.read_bytes() == before


def test_only_findings_with_a_repair_can_be_chosen() -> None:
    assert {check_code(known).code for known in REPAIRABLE} == set(REPAIRABLE)
    assert len(REPAIRABLE) == len(REPAIR_KINDS)
    with pytest.raises(InputError, match="missing-code"):
        check_code("bad-credit-code")
