"""Whole imports of small awkward workbooks: what arrives, and what is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.departments import DIRECTORY_HEADINGS, MakeBook, Rows, code, listed
from zoneeval.intake import Draft, read_workbooks
from zoneeval.model.issue import Issue, Severity

TAX = ["统一社会信用代码", "企业名称", "实缴税金（万元）"]


def run(*paths: Path, **options: Any) -> Draft:
    return read_workbooks(paths, **{"year": 2024, **options})


def found(draft: Draft, issue_code: str) -> Issue:
    (issue,) = [i for i in draft.issues if i.code == issue_code]
    return issue


def value(draft: Draft, number: int, key: str, year: int = 2024) -> object:
    return draft.years[year].values[code(number)][key].value


def with_directory(book: MakeBook, directory: Path, rows: Rows, **options: Any) -> Draft:
    return run(directory, book("表.xlsx", {"表": rows}), **options)


def test_directory_alone(directory: Path) -> None:
    draft = run(directory)
    assert (draft.accepted, draft.rejected, draft.has_blocking) == (3, 0, False)
    stored = draft.years[2024].values[code(2)]["scale"]
    assert stored.value == "规上"
    assert stored.source is not None
    assert (stored.source.row, stored.source.column, stored.source.sheet) == (3, "E", "名录")
    (file,) = draft.files
    assert file.as_json()["path"] == str(directory)
    (sheet,) = file.sheets
    assert (sheet.department, sheet.header_rows, sheet.rows_read) == ("企业名录", (1,), 3)


def test_titles_units_totals_footnotes_and_repeated_headers(
    book: MakeBook, directory: Path
) -> None:
    draft = with_directory(book, directory, [
        ["示例市2024年税收"],
        ["单位：元"],
        [*TAX[:2], "实缴税金"],
        [code(1), "样例1有限公司", 1234567],
        [None, "东园小计", 1234567],
        [*TAX[:2], "实缴税金"],
        [],
        [code(2), "样例2有限公司", "2,000,000"],
        ["合  计", None, 3234567],
        ["注：含代扣代缴。"],
        ["填表人：某某"],
    ])  # fmt: skip
    assert not draft.has_blocking
    assert value(draft, 1, "tax_paid") == 123.4567
    assert value(draft, 2, "tax_paid") == 200.0
    assert draft.accepted == 5
    assert found(draft, "tax-scope").column == "C"


BAD_ROWS: list[tuple[list[Any], str, str]] = [
    ([code(1), "样例1有限公司", "一百万"], "text-in-number", "C"),
    ([code(1), "样例1有限公司", "#DIV/0!"], "error-cell", "C"),
    ([code(1)[:-1] + "*", "样例1有限公司", 1], "bad-credit-code", "A"),
    ([9.1419900123456e17, "样例1有限公司", 1], "digits-lost", "A"),
    ([None, "样例1有限公司", 1], "missing-code", "A"),
]


@pytest.mark.parametrize(("row", "issue_code", "column"), BAD_ROWS, ids=lambda v: str(v)[:16])
def test_a_bad_cell_blocks_with_its_place(
    book: MakeBook, directory: Path, row: list[Any], issue_code: str, column: str
) -> None:
    draft = with_directory(book, directory, [TAX, [code(2), "样例2有限公司", 5], row])
    issue = found(draft, issue_code)
    assert issue.severity is Severity.BLOCKING
    assert (issue.file, issue.sheet, issue.row, issue.column) == ("表.xlsx", "表", 3, column)
    assert issue.suggestion
    assert draft.has_blocking
    assert (draft.accepted, draft.rejected) == (4, 1)


@pytest.mark.parametrize(("row", "issue_code", "column"), BAD_ROWS, ids=lambda v: str(v)[:16])
def test_setting_aside_keeps_the_enterprise_out_by_name(
    book: MakeBook, directory: Path, row: list[Any], issue_code: str, column: str
) -> None:
    rows = [TAX, [code(2), "样例2有限公司", 5], row]
    draft = with_directory(book, directory, rows, set_aside=True)
    assert found(draft, issue_code).severity is Severity.BLOCKING
    assert not draft.has_blocking
    assert draft.set_aside == ("样例1有限公司",)
    assert set(draft.years[2024].values) == {code(2), code(3)}
    assert (draft.accepted, draft.rejected) == (3, 2)


def test_all_findings_in_one_pass_even_beside_a_broken_file(
    book: MakeBook, directory: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"nothing")
    rows = [TAX, [code(1), "a", "x"], [code(2), "b", "y"], [code(3)[:-1] + "*", "c", 1]]
    draft = run(broken, directory, book("税.xlsx", {"税": rows}), tmp_path / "没有.xlsx")
    blocking = [i.code for i in draft.issues if i.severity is Severity.BLOCKING]
    assert sorted(blocking) == [
        "bad-credit-code", "text-in-number", "text-in-number", "unreadable-file", "unreadable-file",
    ]  # fmt: skip
    assert [len(f.sheets) for f in draft.files] == [0, 1, 1, 0]
    again = run(broken, directory, set_aside=True)
    assert again.has_blocking


def test_duplicates(book: MakeBook, directory: Path) -> None:
    same = [code(1), "样例1有限公司", 5]
    draft = with_directory(book, directory, [TAX, same, same])
    assert found(draft, "repeated-row").severity is Severity.NOTE
    assert not draft.has_blocking
    draft = with_directory(book, directory, [TAX, same, [*same[:2], 6]])
    issue = found(draft, "duplicate-code")
    assert (issue.severity, issue.row, issue.uscc) == (Severity.BLOCKING, 3, code(1))
    assert "第 2 行" in issue.message
    assert "税收实际贡献" in issue.message


def test_missing_required_values_and_columns(book: MakeBook) -> None:
    row = listed(1)
    row[3] = None
    draft = run(book("a.xlsx", {"名录": [DIRECTORY_HEADINGS, row]}))
    issue = found(draft, "missing-value")
    assert (issue.row, issue.column) == (2, "D")
    assert "行业代码" in issue.message
    table = [DIRECTORY_HEADINGS[:4], listed(1)[:4]]
    draft = run(book("b.xlsx", {"名录": table}))
    assert "规模" in found(draft, "missing-column").message
    no_zone = [[h for i, h in enumerate(r) if i != 2] for r in (DIRECTORY_HEADINGS, listed(1))]
    path = book("c.xlsx", {"名录": no_zone})
    assert "园区" in found(run(path), "missing-column").message
    draft = run(path, zone="西园")
    assert not draft.has_blocking
    assert value(draft, 1, "zone") == "西园"
    draft = run(book("d.xlsx", {"税": [TAX[1:], ["样例", 3]]}))
    assert "统一社会信用代码" in found(draft, "missing-column").message


def test_a_rows_own_zone_and_year_win(book: MakeBook) -> None:
    rows = [[*DIRECTORY_HEADINGS, "年度"], [*listed(1), 2023], [*listed(2), None]]
    draft = run(book("a.xlsx", {"名录": rows}), zone="西园")
    assert value(draft, 1, "zone", 2023) == "东园"
    assert value(draft, 2, "zone", 2024) == "东园"
    draft = run(book("b.xlsx", {"名录": rows}), year=None)
    issue = found(draft, "no-year")
    assert (issue.row, issue.severity) == (3, Severity.BLOCKING)
    assert found(run(book("c.xlsx", {"税": [TAX, [code(1), "a", 1]]}), year=None), "no-year")


def test_parcels_meters_and_events_are_kept_and_summed(book: MakeBook, directory: Path) -> None:
    draft = run(directory, book("多.xlsx", {
        "宗地": [
            ["统一社会信用代码", "权证号", "坐落", "登记面积（㎡）", "租出面积（㎡）"],
            [code(1), "甲1", "东", 2000, None],
            [code(1), "甲2", "西", 4000, 1000],
        ],
        "用电": [
            ["户号", "户名", "统一社会信用代码", "用电量（kWh）"],
            ["0012", "甲厂", code(1), 101000],
            ["0013", "甲厂二", code(1), 202000],
        ],
        "事件": [
            ["统一社会信用代码", "企业名称", "事件类型", "日期", "说明", "文号"],
            [code(1), "样例1有限公司", "行政处罚", "2024-03-01", "样例", "罚〔2024〕1号"],
            [code(1), "样例1有限公司", "行政处罚", "2024-04-01", "样例", None],
            [code(2), "样例2有限公司", "生产安全事故", "2023-12-01", None, None],
            [code(3), "样例3有限公司", "表彰", None, None, None],
        ],
    }))  # fmt: skip
    assert not draft.has_blocking
    year = draft.years[2024]
    assert [(p.certificate, p.registered, p.leased_out) for p in year.parcels] == [
        ("甲1", 3.0, None), ("甲2", 6.0, 1.5),
    ]  # fmt: skip
    assert value(draft, 1, "land_registered") == 9.0
    assert value(draft, 1, "land_leased_out") == 1.5
    assert [(m.utility, m.account, m.account_name, m.use) for m in year.meters] == [
        ("供电", "0012", "甲厂", 10.1), ("供电", "0013", "甲厂二", 20.2),
    ]  # fmt: skip
    assert value(draft, 1, "electricity_use") == 30.3
    assert [(e.kind, e.occurred_on) for e in year.events] == [
        ("行政处罚", "2024-03-01"), ("行政处罚", "2024-04-01"),
    ]  # fmt: skip
    assert value(draft, 1, "penalties") == 2.0
    assert "accidents" not in year.values[code(2)]
    assert "penalties" not in year.values[code(2)]
    assert found(draft, "event-other-year").row == 4
    assert found(draft, "unknown-event").severity is Severity.WARNING


def test_sources_that_differ_warn_and_the_first_stays(book: MakeBook, directory: Path) -> None:
    first = book("税一.xlsx", {"税": [TAX, [code(1), "样例1有限公司", 5]]})
    second = book("税二.xlsx", {"税": [TAX, [code(1), "样例1有限公司", 6]]})
    draft = run(directory, first, second)
    issue = found(draft, "conflicting-sources")
    assert issue.severity is Severity.WARNING
    assert "税一.xlsx" in issue.message
    assert "税二.xlsx" in issue.message
    assert value(draft, 1, "tax_paid") == 5.0


def test_the_same_land_table_twice_is_not_counted_twice(book: MakeBook, directory: Path) -> None:
    rows = {"宗地": [["统一社会信用代码", "登记面积（亩）"], [code(1), 3], [code(1), 4]]}
    draft = run(directory, book("一.xlsx", rows), book("二.xlsx", rows))
    assert value(draft, 1, "land_registered") == 7.0
    assert len(draft.years[2024].parcels) == 2


LAND = ["统一社会信用代码", "登记面积（亩）", "租入面积（亩）", "租出面积（亩）"]


@pytest.mark.parametrize(
    ("areas", "codes"),
    [
        ([0, None, None], ["land-not-positive"]),
        ([5, 1, 6], ["land-not-positive"]),
        ([5, None, 6], ["land-not-positive"]),
        ([-5, 10, None], ["negative"]),
        ([None, 4, None], []),
        ([None, None, None], []),
    ],
)
def test_land(book: MakeBook, directory: Path, areas: list[Any], codes: list[str]) -> None:
    draft = with_directory(book, directory, [LAND, [code(1), *areas], [code(2), 9, 0, 0]])
    assert sorted(i.code for i in draft.issues) == codes
    for issue in draft.issues:
        assert (issue.file, issue.row) == ("表.xlsx", 2)


def test_doubtful_figures_warn(book: MakeBook, directory: Path) -> None:
    rows = [
        [*TAX, "主营业务收入", "工业增加值", "研发费用", "利润总额"],
        [code(1), "样例1有限公司", 11, 10, 12, 13, -5],
        [code(2), "样例2有限公司", -1, 10, 9, 8, None],
    ]
    draft = with_directory(book, directory, rows)
    warnings = {(i.code, i.uscc) for i in draft.issues if i.severity is Severity.WARNING}
    assert warnings == {
        ("tax-above-revenue", code(1)), ("value-added-above-revenue", code(1)),
        ("rd-above-revenue", code(1)), ("negative-tax", code(2)),
    }  # fmt: skip
    assert not draft.has_blocking


@pytest.mark.parametrize(
    ("heading", "issue_code"),
    [("用地面积（平方丈）", "unknown-unit"), ("用地面积（万元）", "wrong-unit")],
)
def test_units_that_cannot_be(
    book: MakeBook, directory: Path, heading: str, issue_code: str
) -> None:
    draft = with_directory(book, directory, [["信用代码", "单位名称", heading], [code(1), "a", 3]])
    issue = found(draft, issue_code)
    assert (issue.severity, issue.column, issue.row) == (Severity.BLOCKING, "C", None)
    assert with_directory(
        book, directory, [["信用代码", "单位名称", heading], [code(1), "a", 3]], set_aside=True
    ).has_blocking


def test_new_enterprises_are_noted_once_and_known_ones_not(book: MakeBook) -> None:
    sheets: Mapping[str, Rows] = {
        "税": [TAX, [code(1), "甲", 1], [code(2), "乙", 1]],
        "利": [["信用代码", "利润"], [code(1), 1]],
    }
    draft = run(book("a.xlsx", sheets), known={code(2): "乙"})
    issue = found(draft, "new-enterprise")
    assert (issue.severity, issue.uscc) == (Severity.NOTE, code(1))


def test_inner_digit_is_only_a_note(book: MakeBook) -> None:
    from stdnum.cn import uscc

    right = code(1)
    head = right[:16] + ("1" if right[16] != "1" else "2")
    odd = head + uscc.calc_check_digit(head)
    draft = run(book("a.xlsx", {"税": [TAX, [odd, "甲", 1]]}))
    assert found(draft, "inner-code-digit").severity is Severity.NOTE
    assert not draft.has_blocking


def test_two_tax_columns_and_other_years(book: MakeBook, directory: Path) -> None:
    rows = [
        ["信用代码", "税收实际贡献", "实缴税金", "2023年利润总额", "2024年利润总额"],
        [code(1), 5, 6, 7, 8],
    ]
    draft = with_directory(book, directory, rows)
    assert value(draft, 1, "tax_paid") == 5.0
    assert value(draft, 1, "profit") == 8.0
    assert found(draft, "duplicate-column").column == "C"
    assert found(draft, "other-year-column").column == "D"


def test_mapping_names_columns_and_ignores_others(book: MakeBook) -> None:
    rows = [["代码号", "单位名称", "本年税", "利润"], [code(1), "甲", 3, 4]]
    mapping = {"代码号": "uscc", "本年税": "tax_paid", "利润": ""}
    draft = run(book("a.xlsx", {"税": rows}), mapping=mapping)
    assert value(draft, 1, "tax_paid") == 3.0
    assert "profit" not in draft.years[2024].values[code(1)]


def test_a_mapping_to_nothing_blocks(directory: Path) -> None:
    issue = found(run(directory, mapping={"利润": "proft"}), "bad-mapping")
    assert issue.severity is Severity.BLOCKING
    assert "proft" in issue.message


def test_setting_aside_takes_all_records_of_the_enterprise(book: MakeBook, directory: Path) -> None:
    draft = run(directory, book("多.xlsx", {
        "宗地": [LAND, [code(1), 5, None, 5], [code(2), 3, None, None]],
        "用电": [["户号", "信用代码", "用电量"], ["01", code(1), 3], ["02", code(2), 4]],
        "事件": [["信用代码", "事件类型"], [code(1), "行政处罚"]],
    }), set_aside=True)  # fmt: skip
    year = draft.years[2024]
    assert draft.set_aside == ("样例1有限公司",)
    assert [p.uscc for p in year.parcels] == [code(2)]
    assert [m.uscc for m in year.meters] == [code(2)]
    assert year.events == ()
    assert code(1) not in year.values
    assert not draft.has_blocking
    assert (draft.accepted, draft.rejected) == (4, 4)


def test_a_table_without_rows_is_noted(book: MakeBook, directory: Path) -> None:
    assert found(with_directory(book, directory, [TAX]), "no-rows").severity is Severity.NOTE


def test_unrecognised_sheets_note_and_unrecognised_workbooks_block(
    book: MakeBook, directory: Path
) -> None:
    other: Rows = [["日程", "地点"], ["开会", "三楼"]]
    tax: Rows = [TAX, [code(1), "样例1有限公司", 1]]
    draft = run(directory, book("a.xlsx", {"税": tax, "日程": other}))
    assert found(draft, "sheet-not-recognised").sheet == "日程"
    assert not draft.has_blocking
    draft = run(directory, book("b.xlsx", {"日程": other}))
    assert found(draft, "nothing-recognised").severity is Severity.BLOCKING
    assert draft.has_blocking


def test_a_hidden_sheet_is_noted_and_not_read(book: MakeBook, directory: Path) -> None:
    old = [TAX, [code(1), "样例1有限公司", 9]]
    path = book("a.xlsx", {"税": [TAX, [code(1), "样例1有限公司", 1]], "旧": old})
    made = load_workbook(path)
    made["旧"].sheet_state = "hidden"
    made.save(path)
    draft = run(directory, path)
    assert found(draft, "hidden-sheet").sheet == "旧"
    assert value(draft, 1, "tax_paid") == 1.0


def test_progress_is_told_and_can_stop(directory: Path) -> None:
    from zoneeval.progress import Cancelled

    told: list[tuple[float, str]] = []
    run(directory, directory, progress=lambda done, total, text: told.append((done / total, text)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[-1] <= 1
    assert told[0][1] == f"正在读取 {directory.name}"
    assert any(text.startswith("正在核对") for _, text in told)

    def stop(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run(directory, progress=stop)
