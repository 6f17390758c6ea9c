"""What is given out: sheets to confirm, letters, land areas, templates; and cancelling."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.helpers.workbooks import Opened
from zoneeval.errors import InputError, UserError
from zoneeval.giving import LetterHead
from zoneeval.model.fields import FIELDS
from zoneeval.model.records import SourcedValue
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace


def words_of(path: Path, sheet: str) -> list[list[object]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [[cell for cell in row if cell is not None] for row in rows]


def test_every_enterprise_has_a_sheet_with_its_values_and_sources(ws: Workspace, tmp_path: Path):
    out = tmp_path / "确认单.xlsx"
    assert operations.export_confirm(ws, out, 2024) == [out]
    names = openpyxl.load_workbook(out, read_only=True).sheetnames
    data = operations.enterprise_data(ws, 2024)
    assert names == [one.name for one in data]
    lines = words_of(out, names[0])
    assert lines[0] == ["2024年度企业数据确认单"]
    assert ["17", "税收实际贡献", "万元", "104", "统计局.xlsx〔统计数据〕J4"] in lines
    assert ["15", "用地面积", "亩", "10", "登记＋租入－租出＋其他"] in lines
    assert ["27", "用水量", "万立方米", "—"] in lines
    assert ["1", "20240000", "供电", "3.5 万千瓦时", "样例企业00"] in lines
    assert ["1", "accident", "2024-05-31", "—", "样例事故"] in lines
    text = "\n".join(str(cell) for line in lines for cell in line)
    assert "企业（盖章）" in text
    shown = {str(line[1]) for line in lines if len(line) > 3}
    assert {FIELDS[key].label for key in data[0].values} - {"企业名称"} <= shown


def test_rarely_asked_values_stand_on_the_sheet_of_those_who_have_them(
    empty: Workspace, tmp_path: Path, city
) -> None:
    draft = city.year_draft(2024, 2)
    rare: dict[str, float | str] = {
        "high_tech_until": "2026-10-31",
        "tenant_count": 3.0,
        "tax_vat": 55.0,
    }
    for key, value in rare.items():
        draft.values[city.code(1)][key] = SourcedValue(value, city.cell(5, "Z"))
    store_draft(empty, city.draft_of({2024: draft}), [])
    operations.export_confirm(empty, tmp_path / "确认单.xlsx", 2024)
    none, some = (words_of(tmp_path / "确认单.xlsx", f"样例企业0{i}") for i in (0, 1))
    shown = {line[1]: line[3] for line in some if len(line) > 3}
    assert shown["高新技术企业证书有效期至"] == "2026-10-31"
    assert (shown["承租企业数"], shown["增值税净入库"]) == ("3", "55")
    labels = {line[1] for line in none if len(line) > 1}
    assert "上市企业" in labels
    assert not labels & {FIELDS[key].label for key in rare}
    assert ["六、税种、排污权和其他评级"] in some
    assert ["六、税种、排污权和其他评级"] not in none


def test_slips_can_be_one_sheet_or_many_files(ws: Workspace, tmp_path: Path, city) -> None:
    one = tmp_path / "连续.xlsx"
    operations.export_confirm(ws, one, 2024, "东园", "one")
    book = openpyxl.load_workbook(one)
    assert book.sheetnames == ["一企一单"]
    assert len(book["一企一单"].row_breaks.brk) == 11
    files = operations.export_confirm(ws, tmp_path / "单", 2024, None, "files", [city.code(2)])
    assert [path.name for path in files] == [f"样例企业02（{city.code(2)}）2024年数据确认单.xlsx"]
    assert openpyxl.load_workbook(files[0]).sheetnames == ["样例企业02"]


def test_a_cancelled_export_leaves_nothing(ws: Workspace, tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str) -> None:
        if "样例企业05" in text:
            raise Cancelled

    with pytest.raises(Cancelled):
        operations.export_confirm(ws, tmp_path / "确认单.xlsx", 2024, progress=stop)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_letter_asks_only_about_its_departments_values(ws: Workspace, tmp_path: Path) -> None:
    head = LetterHead(2024, issuer="示例市领导小组办公室", reply_by="2025年3月31日")
    (path,) = operations.export_letters(ws, tmp_path / "函", head, ["税务"])
    assert path.name == "2024年度数据核实函（税务）.docx"
    document = Document(str(path))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        *("序号", "企业名称", "统一社会信用代码", "税收实际贡献\n（万元）", "核实意见"),
    ]
    data = operations.enterprise_data(ws, 2024)
    assert len(table.rows) == len(data) + 1
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        data[0].name,
        data[0].uscc,
        "104",
        "",
    ]
    text = "\n".join(p.text for p in document.paragraphs)
    assert "税务部门：" in text
    assert "请于2025年3月31日前" in text
    assert "示例市领导小组办公室" in text
    assert "主营业务收入" not in text


def test_letters_go_to_every_department_that_sent_something(ws: Workspace, tmp_path: Path) -> None:
    files = operations.export_letters(ws, tmp_path / "函", LetterHead(2024))
    told = [path.name.partition("（")[2].removesuffix("）.docx") for path in files]
    assert told == ["企业名录", "税务", "统计", "自然资源", "供电", "安全与处罚事件"]
    meters = Document(str(files[4])).tables[0]
    assert [cell.text for cell in meters.rows[1].cells][3:6] == ["20240000", "样例企业00", "3.5"]
    parcels = Document(str(files[3])).tables[0]
    assert [cell.text for cell in parcels.rows[1].cells][3:8] == ["证0", "—", "10", "—", "—"]


def test_fonts_that_are_lacking_have_a_substitute(ws: Workspace, tmp_path: Path) -> None:
    (path,) = operations.export_letters(ws, tmp_path, LetterHead(2024), ["统计"])
    with zipfile.ZipFile(path) as parts:
        fonts = parts.read("word/fontTable.xml").decode()
        body = parts.read("word/document.xml").decode()
    for name in ("方正小标宋简体", "仿宋_GB2312", "黑体"):
        assert f'w:name="{name}"><w:altName' in fonts
        assert f'w:eastAsia="{name}"' in body


@pytest.mark.parametrize(
    ("department", "sentence"),
    [
        ("供水", "没有收到“供水”的数据"),
        ("海关", "没有“海关”的空白模板"),
        ("园区指标", "没有核实函"),
    ],
)
def test_a_letter_about_nothing_is_refused(
    ws: Workspace, tmp_path: Path, department: str, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        operations.export_letters(ws, tmp_path, LetterHead(2024), [department])


def test_land_areas_for_publication(ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "用地.xlsx"
    operations.export_land(ws, out, 2024, "西园")
    rows = Opened(out).table("用地面积公示表")
    assert len(rows) == 12
    assert rows[1]["企业名称"] == "样例企业02"
    assert (rows[1]["登记用地（亩）"], rows[1]["计分用地（亩）"]) == (12, 12)
    assert rows[1]["租入用地（亩）"] == "—"
    assert rows[1]["宗地数"] == 1


def test_missing_years_zones_and_enterprises_are_named(ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    for year, zone, sentence in ((2001, None, "没有 2001 年"), (2024, "南园", "园区“南园”")):
        with pytest.raises(InputError, match=sentence):
            operations.export_land(ws, out, year, zone)
        with pytest.raises(InputError, match=sentence):
            operations.export_participants(ws, out, year, "zhengzhou-2018", zone)
    with pytest.raises(InputError, match="信用代码为“X”"):
        operations.export_confirm(ws, out, 2024, only=["X"])
    with pytest.raises(UserError, match="xlsx"):
        operations.export_confirm(ws, tmp_path / "a.docx", 2024)
    assert not out.exists()


def test_participants_say_what_the_policy_says(ws: Workspace, tmp_path: Path, city) -> None:
    operations.set_participation(ws, 2024, city.code(0), "out", "停产整治")
    out = tmp_path / "名单.xlsx"
    operations.export_participants(ws, out, 2024, city.policy)
    sheet = openpyxl.load_workbook(out)["参评名单"]
    headings = [cell.value for cell in sheet[4]]
    rows = [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(5, values_only=True)]
    assert len(rows) == 24
    first, second = rows[:2]
    assert (first["按办法"], first["目前结果"], first["人工决定"]) == ("参评", "不参评", "不参评")
    assert (second["按办法"], second["目前结果"], second["人工决定"]) == ("参评", "参评", None)
    assert "共 24 户，参评 23 户，其中人工决定 1 条" in str(sheet.cell(2, 1).value)
