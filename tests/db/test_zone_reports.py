"""Bulletin, ledger and self-assessment from a workspace: files read back, what is kept."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.helpers.workbooks import Opened
from zoneeval.errors import InputError, UserError
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

VA = "above_scale_value_added"
LADDER = "illustrative-six-stars"


def text_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.fixture
def quarters(empty: Workspace) -> Workspace:
    for period, values in {
        "2018Q2": (20, 30), "2019Q1": (12, 11), "2019Q2": (25, 30), "2019-05": (20, 26),
    }.items():  # fmt: skip
        for zone, value in zip(("东园", "西园"), values, strict=True):
            operations.enter_zone_value(empty, zone, period, VA, value, "亿元", "〔示意〕")
    operations.enter_zone_value(empty, "南园", 2018, VA, 3, "亿元")
    operations.set_target(empty, "东园", 2019, VA, 48, unit="亿元", document="演示〔2019〕1号")
    return empty


def test_the_bulletin_as_a_workbook(quarters: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "通报.xlsx"
    assert operations.export_bulletin(quarters, out, "2019Q2") == [out]
    book = Opened(out)
    assert book.names == ["总表", "规上工业增加值", "目标进度", "说明和缺数"]
    first, second = book.table("规上工业增加值")
    assert (first["园区"], first["规上工业增加值（亿元）"], first["位次"]) == ("西园", 30, 1)
    assert first["位次比2019年一季度"] == "上升 1 位"
    assert second["比上年同期增速"] == pytest.approx(0.25)
    assert second["增速比平均高（百分点）"] == pytest.approx(12.5)
    assert second["完成率"] == pytest.approx(25 / 48)
    assert second["比时序进度（百分点）"] == pytest.approx((25 / 48 - 0.5) * 100)
    assert second["年度目标"] == "不低于 48.00亿元"
    rows = book.table("总表")
    assert [row["园区"] for row in rows] == ["东园", "西园", "南园"]
    assert (rows[2]["规上工业增加值（亿元）"], rows[2]["位次"]) == ("—", "—")
    assert "南园没有报送本期任何数据" in book.words("说明和缺数")


def test_the_bulletin_as_a_document(quarters: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "通报.docx"
    operations.export_bulletin(quarters, out, "2019Q2", issuer="演示办公室")
    text = text_of(out)
    assert "关于2019年上半年园区主要指标" in text
    assert "有数据的 2 个园区规上工业增加值合计 55.00亿元" in text
    assert "超时序进度 2.1 个百分点" in text
    assert "南园没有报送本期任何数据" in text
    assert "演示办公室" in text


def test_the_year_stands_in_for_the_fourth_quarter(empty: Workspace) -> None:
    for zone, year, quarter in (("东园", 10, 2), ("西园", 8, 3)):
        operations.enter_zone_value(empty, zone, 2018, VA, year, "亿元")
        operations.enter_zone_value(empty, zone, "2019Q1", VA, quarter, "亿元")
    made = operations.bulletin(empty, "2019Q1")
    assert [(row.zone, row.rise) for row in made.indicators[0].rows] == [("西园", 1), ("东园", -1)]


def test_a_bulletin_that_cannot_be_is_refused(quarters: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.docx"):
        operations.export_bulletin(quarters, tmp_path / "通报.txt", "2019Q2")
    with pytest.raises(InputError, match="没有园区指标，不能编写通报"):
        operations.export_bulletin(quarters, tmp_path / "通报.docx", "2017Q1")
    with pytest.raises(InputError, match="没有“幸福指数”"):
        operations.bulletin(quarters, "2019Q2", indicators=["幸福指数"])
    assert list(tmp_path.glob("通报*")) == []
    named = operations.bulletin(quarters, "2019Q2", indicators=["规上工业增加值", "税收收入"])
    assert named.without == ("税收收入",)


def test_the_ledger(quarters: Workspace, tmp_path: Path) -> None:
    operations.add_zone_event(quarters, "东园", "2019-03-02", "较大安全事故")
    out = tmp_path / "台账.xlsx"
    operations.export_ledger(quarters, out, 2019)
    book = Opened(out)
    east = next(row for row in book.table("各月累计") if row["园区"] == "东园")
    assert (east["1—5月"], east["1—6月"], east["1—4月"]) == (200_000, 250_000, "—")
    single = next(row for row in book.table("当月数") if row["园区"] == "东园")
    assert (single["6月"], single["5月"]) == (50_000, "—")
    reports = {row["园区"]: row for row in book.table("报送情况")}
    assert (reports["东园"]["6月"], reports["南园"]["6月"]) == ("1 项", "未报")
    assert reports["南园"]["7月"] == "—"
    assert book.table("园区事项")[0]["事项"] == "较大安全事故"
    assert "没有登记不等于没有" in book.words("闲置低效资产")
    assert "没有企业数据" in book.words("重点企业")


def test_a_ledger_without_months_has_the_targets_all_the_same(empty: Workspace) -> None:
    operations.set_target(empty, "演示园区", 2024, "tax_revenue", 5, unit="亿元", document="方案")
    operations.enter_zone_value(empty, "演示园区", 2024, "tax_revenue", 4, "亿元")
    (one,) = operations.ledger(empty, 2024).progress
    assert (one.value, one.completion, one.reason) == (None, None, "没有数据")


def test_the_ledger_names_the_enterprises(ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "台账.xlsx"
    operations.export_ledger(ws, out, 2025, "东园", count=2)
    book = Opened(out)
    rows = book.table("重点企业")
    assert [row["企业名称"] for row in rows] == ["样例企业23", "样例企业21"]
    assert rows[0]["主营业务收入（万元）"] == 3000 + 211 * 23
    assert "取自 2024 年度的企业数据" in book.words("说明")
    assert "没有填报为停产、半停产的企业" in book.words("停产半停产企业")
    with pytest.raises(InputError, match="重点企业的户数"):
        operations.ledger(ws, 2024, count=0)


def test_the_self_assessment_is_written_and_kept(ws: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "自评.docx"
    operations.export_self_assessment(ws, out, "东园", 2024, LADDER)
    text = text_of(out)
    assert "2024年度星级自评报告" in text
    assert "所用星级阶梯为示意" in text
    assert "没有录入本年度的认定结果" in text
    (kept,) = operations.expected_standings(ws, "东园")
    standing = operations.self_assessment(ws, "东园", 2024, LADDER).standing
    assert (kept.rule, kept.at_least, kept.at_most) == (LADDER, standing.at_least, standing.at_most)
    operations.enter_star(ws, "东园", 2024, "official", 6, "〔示意〕3 号")
    again = operations.self_assessment(ws, "东园", 2024, LADDER)
    assert again.former == kept
    assert again.standing.official == 6
    operations.undo(ws)
    operations.undo(ws)
    assert operations.expected_standings(ws) == []


def test_nothing_is_kept_of_a_document_that_was_not_written(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="docx"):
        operations.export_self_assessment(ws, tmp_path / "自评.xlsx", "东园", 2024, LADDER)
    with pytest.raises(InputError, match="不能自评"):
        operations.export_self_assessment(ws, tmp_path / "自评.docx", "北园", 2024, LADDER)
    assert operations.expected_standings(ws) == []


def test_the_star_workbook_has_targets_history_and_reasons(ws: Workspace, tmp_path: Path) -> None:
    operations.enter_star(ws, "东园", 2023, "official", 2, "〔示意〕4 号")
    operations.set_target(ws, "东园", 2024, "tax_revenue", 5, unit="亿元")
    out = tmp_path / "星级.xlsx"
    operations.export_stars(ws, out, 2024, LADDER)
    book = Opened(out)
    assert {"判定理由", "目标进度", "以往星级", "奖励"} <= set(book.names)
    assert book.table("以往星级")[0]["星级"] == "二星"
    assert book.table("目标进度")[0]["目标依据"] == "〔示意〕2 号"
    assert book.table("星级总表")[0]["认定与测算"] == "没有认定结果"
    assert any(row["类别"] == "没有数据" for row in book.table("判定理由"))
