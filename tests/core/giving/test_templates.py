"""Every blank template, filled in, is imported without any mapping."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.helpers.departments import code
from zoneeval.errors import InputError, UserError
from zoneeval.giving import TEMPLATES, Template, find_template, write_template, write_templates
from zoneeval.giving.form import GUIDE
from zoneeval.giving.item import Item
from zoneeval.intake import Draft, read_workbooks
from zoneeval.model.fields import FIELDS
from zoneeval.model.issue import Severity

NAMES = [template.department for template in TEMPLATES]
SPECIAL: dict[str, Any] = {
    "name": "样例1有限公司",
    "zone": "东园",
    "industry_code": "3484",
    "account": "0012345678",
    "phone": "00-1234567",
    "certificate": "示例不动产权第0001号",
    "indicator": "规上工业增加值",
    "unit": "万元",
    "decision": "不参评",
}


def value_of(item: Item, number: int) -> Any:
    """Return a valid entry for a column."""
    if item.key == "uscc":
        return code(1)
    if item.key in SPECIAL:
        return SPECIAL[item.key]
    if item.choices:
        return item.choices[0]
    if item.kind == "date":
        return date(2024, 3, number)
    if item.kind == "year":
        return 2024
    if item.kind in ("number", "integer"):
        return 10 + number
    return f"示例{number}"


def filled(path: Path, template: Template) -> dict[str, Any]:
    """Fill one row of a blank template in place, and return what was filled in."""
    write_template(template.department, path)
    book = openpyxl.load_workbook(path)
    sheet = book[template.department]
    assert isinstance(sheet, Worksheet)
    top = int(str(sheet.print_title_rows).replace("$", "").split(":")[0])
    values = {item.key: value_of(item, at) for at, item in enumerate(template.items, 1)}
    for at, item in enumerate(template.items, 1):
        assert sheet.cell(top, at).value == item.heading
        sheet.cell(top + 1, at).value = values[item.key]
    book.save(path)
    return values


def read(path: Path) -> Draft:
    return read_workbooks([path], year=2024, zone=None)


def stored(field: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if FIELDS[field].kind == "flag":
        return 1.0 if value == "是" else 0.0
    return value


@pytest.mark.parametrize("department", NAMES)
def test_a_filled_template_is_imported_without_a_mapping(department: str, tmp_path: Path) -> None:
    template = find_template(department)
    path = tmp_path / "任意名称.xlsx"
    given = filled(path, template)
    draft = read(path)
    blocking = [i for i in draft.issues if i.severity is Severity.BLOCKING]
    assert blocking == []
    assert draft.accepted == 1
    (report,) = draft.files
    assert [sheet.name for sheet in report.sheets] == [department]
    columns = {c.heading: c.field for c in report.sheets[0].columns}
    assert columns == {item.heading: item.key for item in template.items}
    assert not [i for i in draft.issues if i.sheet == GUIDE]
    if not template.fields or department in ("园区指标", "星级目标", "园区季度指标"):
        return
    values = draft.years[2024].values[code(1)]
    for key in template.fields:
        assert values[key].value == stored(key, given[key]), key


def test_records_of_templates_arrive_whole(tmp_path: Path) -> None:
    books = {}
    for name in ("自然资源", "供电", "供水", "燃气", "安全与处罚事件"):
        books[name] = tmp_path / f"{name}.xlsx"
        filled(books[name], find_template(name))
    draft = read_workbooks(list(books.values()), year=2024)
    made = draft.years[2024]
    assert [(p.certificate, p.registered) for p in made.parcels] == [("示例不动产权第0001号", 15.0)]
    assert sorted((m.utility, m.account) for m in made.meters) == [
        ("供水", "0012345678"),
        ("供电", "0012345678"),
        ("燃气", "0012345678"),
    ]
    assert [(e.kind, e.occurred_on) for e in made.events] == [("安全事故", "2024-03-04")]


def test_zone_templates_arrive(tmp_path: Path) -> None:
    for name in ("园区指标", "星级目标"):
        filled(tmp_path / f"{name}.xlsx", find_template(name))
    figures = read(tmp_path / "园区指标.xlsx").zone_values
    assert [(f.zone, f.indicator, f.value) for f in figures] == [
        ("东园", "above_scale_value_added", 15.0)
    ]
    quarterly = find_template("园区季度指标")
    filled(tmp_path / "季度.xlsx", quarterly)
    wide = read(tmp_path / "季度.xlsx").zone_values
    assert [v.indicator for v in wide] == [i.key for i in quarterly.items if i.kind == "number"]
    assert wide[-1].value == 10 + len(quarterly.items) - 1
    stars = read(tmp_path / "星级目标.xlsx").stars
    assert [(s.year, s.kind, s.level) for s in stars] == [
        (2024, "target", 1),
        (2023, "official", 0),
    ]


@pytest.mark.parametrize("department", NAMES)
def test_a_blank_template_holds_no_data(department: str, tmp_path: Path) -> None:
    write_template(department, tmp_path / "空白.xlsx")
    draft = read(tmp_path / "空白.xlsx")
    assert draft.accepted == 0
    assert draft.years == {}
    assert {i.code for i in draft.issues} <= {"no-rows", "nothing-to-store", "tax-scope"}


def test_cells_are_ready_to_be_typed_into(tmp_path: Path) -> None:
    write_template("供电", tmp_path / "供电.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "供电.xlsx")["供电"]
    assert isinstance(sheet, Worksheet)
    assert sheet.freeze_panes == "C4"
    assert [sheet.cell(4, at).number_format for at in (1, 3)] == ["@", "@"]
    assert "（万千瓦时）" in str(sheet.cell(3, 5).value)
    assert "必填" in str(sheet.cell(3, 1).comment)
    kinds = {str(check.sqref): check.type for check in sheet.data_validations.dataValidation}
    assert kinds == {"A4:A5000": "textLength", "E4:E5000": "decimal"}


@pytest.mark.parametrize(
    ("department", "key", "words"),
    [
        ("企业名录", "scale", "规上,规下"),
        ("企业名录", "operating_status", "正常,停产,半停产"),
        ("资质", "high_tech", "是,否"),
        ("安全与处罚事件", "event_kind", "安全事故,行政处罚"),
        ("参评名单", "decision", "参评,不参评,按办法"),
    ],
)
def test_choices_come_as_a_list(department: str, key: str, words: str, tmp_path: Path) -> None:
    template = find_template(department)
    write_template(department, tmp_path / "表.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")[department]
    assert isinstance(sheet, Worksheet)
    column = [item.key for item in template.items].index(key) + 1
    cell = sheet.cell(10, column).coordinate
    lists = [c for c in sheet.data_validations.dataValidation if cell in c.cells]
    assert [check.formula1 for check in lists] == [f'"{words}"']


def test_all_templates_go_into_a_folder(tmp_path: Path) -> None:
    files = write_templates(tmp_path / "模板")
    assert len(files) == len(TEMPLATES) == 14
    assert all(path.is_file() for path in files)


def test_an_unknown_department_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有“海关”的空白模板。可选：企业名录、"):
        write_template("海关", tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="xlsx"):
        write_template("税务", tmp_path / "a.txt")
