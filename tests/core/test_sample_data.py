"""The sample workbooks: reproducible, recognisably invented, or documented."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from stdnum.cn import uscc

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "sample_data"
DEMO = SAMPLES / "demo_city"
ZHENGZHOU = SAMPLES / "zhengzhou"
YEARS = (2023, 2024)
ZONES = ["示例市东园产业集聚区", "示例市西园产业集聚区", "示例市南园产业集聚区"]
BOOKS = {
    "企业名录",
    "税务局",
    "统计局",
    "自然资源局",
    "供电公司",
    "生态环境局",
    "资质与事件",
    "园区指标",
    "星级目标",
}
INVENTED = ("示例", "样例", "示范", "样本")
WEIGHTS_GB11714 = (3, 7, 9, 10, 5, 8, 4, 2)

Row = dict[str, Any]


@cache
def table(path: Path, sheet: str = "") -> tuple[Row, ...]:
    """Read a sheet by its headings, leaving out the title, total and footnote rows."""
    book = load_workbook(path)
    rows = [list(row) for row in (book[sheet] if sheet else book.worksheets[0]).values]
    head = next(n for n, row in enumerate(rows) if sum(c is not None for c in row) > 1)
    heads = [str(cell) for cell in rows[head]]
    body = [row for row in rows[head + 1 :] if sum(c is not None for c in row) > 1]
    body = [row for row in body if "合计" not in row]
    return tuple(dict(zip(heads, row, strict=True)) for row in body)


def demo(year: int, book: str, sheet: str = "") -> tuple[Row, ...]:
    return table(DEMO / str(year) / f"{book}.xlsx", sheet)


def coded_rows(year: int) -> Iterator[tuple[str, str, str]]:
    """Yield workbook, credit code and name of every row about an enterprise."""
    for book in sorted(BOOKS - {"园区指标", "星级目标"}):
        path = DEMO / str(year) / f"{book}.xlsx"
        for sheet in load_workbook(path, read_only=True).sheetnames:
            for row in table(path, sheet):
                code = row.get("统一社会信用代码") or row.get("纳税人识别号")
                name = next(v for k, v in row.items() if k.endswith(("名称", "权人", "户名")))
                yield book, str(code), str(name)


def test_regenerating_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-B", str(ROOT / "tools" / "make_samples"), str(tmp_path)], check=True
    )
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.xlsx")}
    kept = {p.relative_to(SAMPLES): p.read_bytes() for p in SAMPLES.rglob("*.xlsx")}
    assert set(made) == set(kept)
    assert [str(name) for name in sorted(made) if made[name] != kept[name]] == []


@pytest.mark.parametrize("year", YEARS)
def test_every_department_sends_its_workbook(year: int) -> None:
    assert {p.stem for p in (DEMO / str(year)).iterdir()} == BOOKS


@pytest.mark.parametrize("year", YEARS)
def test_codes_are_valid_and_belong_to_one_listed_name(year: int) -> None:
    listed = {row["统一社会信用代码"]: row["企业名称"] for row in demo(year, "企业名录")}
    assert len(listed) == len(demo(year, "企业名录")) == len(set(listed.values()))
    for book, code, name in coded_rows(year):
        assert uscc.is_valid(code), (book, code)
        total = sum(int(c, 36) * w for c, w in zip(code[8:16], WEIGHTS_GB11714, strict=True))
        assert code[16] == {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))
        assert listed[code] == name, book


@pytest.mark.parametrize("year", YEARS)
def test_nothing_in_the_demo_city_looks_real(year: int) -> None:
    for book, code, name in coded_rows(year):
        assert code[2:8] == "419900", book
        assert name.startswith("示例市"), book
        assert name[3:5] in INVENTED, book
        assert name.endswith(("有限公司", "厂")), book
    for row in demo(year, "企业名录"):
        assert str(row["联系电话"]).startswith("000-")
        assert row["联系人"][1:] in INVENTED
    assert all(
        str(r["文号"]).startswith("示例") for r in demo(year, "资质与事件", "安全与处罚事件")
    )
    for book in ("园区指标", "星级目标"):
        assert {row["依据"] for row in demo(year, book)} == {"示例数据（虚构）"}


@pytest.mark.parametrize("year", YEARS)
def test_the_directory_has_the_needed_cells_and_the_promised_cases(year: int) -> None:
    rows = demo(year, "企业名录")
    assert 115 <= len(rows) <= 130
    zones = Counter(row["所属园区"] for row in rows)
    assert list(zones) == ZONES
    assert zones[ZONES[0]] > zones[ZONES[1]] > zones[ZONES[2]] >= 25
    for row in rows:
        assert isinstance(row["国民经济行业代码"], str)
        assert row["投产时间"].date() >= row["注册时间"].date()
        assert (row["升规时间"] is None) == (row["企业规模"] == "规下")
    scales = Counter(row["企业规模"] for row in rows)
    assert 0.1 < scales["规下"] / len(rows) < 0.2
    states = Counter(row["生产状态"] for row in rows)
    assert (states["停产"], states["半停产"]) == (1, 1)
    newcomers = [row for row in rows if row["投产时间"].date() > date(year - 2, 12, 31)]
    assert 4 <= len(newcomers) <= 15
    codes = Counter(row["国民经济行业代码"] for row in rows)
    assert codes["4412"] == codes["4430"] == codes["4620"] == 1


def test_some_enterprises_leave_and_some_join() -> None:
    before, after = ({r["统一社会信用代码"] for r in demo(y, "企业名录")} for y in YEARS)
    assert len(before - after) >= 5
    assert len(after - before) >= 5
    assert len(before & after) > 100


@pytest.mark.parametrize(("year", "unit", "scale"), [(2023, "元", 10_000), (2024, "万元", 1)])
def test_the_tax_office_changes_its_unit(year: int, unit: str, scale: int) -> None:
    rows = demo(year, "税务局")
    total = sum(float(row[f"实缴税金（{unit}）"]) for row in rows) / scale
    assert len(rows) == len(demo(year, "企业名录"))
    assert 30_000 < total < 100_000


@pytest.mark.parametrize("year", YEARS)
def test_land_is_never_zero_and_leases_balance(year: int) -> None:
    land: Counter[str] = Counter()
    rows = demo(year, "自然资源局")
    leased_in = leased_out = 0.0
    for row in rows:
        rented, let = row["租入面积（亩）"] or 0, row["租出面积（亩）"] or 0
        land[row["统一社会信用代码"]] += row["登记面积（亩）"] + rented - let
        leased_in += rented
        leased_out += let
    assert set(land) == {row["统一社会信用代码"] for row in demo(year, "企业名录")}
    assert min(land.values()) > 5
    assert leased_in == pytest.approx(leased_out)
    assert leased_in > 0
    several = sum(n > 1 for n in Counter(r["统一社会信用代码"] for r in rows).values())
    assert 0.25 < several / len(land) < 0.45


@pytest.mark.parametrize("year", YEARS)
def test_meters_are_ten_digit_text(year: int) -> None:
    rows = demo(year, "供电公司")
    numbers = [row["户号"] for row in rows]
    assert all(isinstance(n, str) and len(n) == 10 and n.startswith("00") for n in numbers)
    assert len(set(numbers)) == len(numbers)
    assert {r["统一社会信用代码"] for r in rows} == {
        r["统一社会信用代码"] for r in demo(year, "企业名录")
    }


@pytest.mark.parametrize("year", YEARS)
def test_statistics_have_gaps_losses_and_a_right_total(year: int) -> None:
    rows = demo(year, "统计局")
    scales = {r["统一社会信用代码"]: r["企业规模"] for r in demo(year, "企业名录")}
    assert any(row["研发费用（万元）"] is None for row in rows)
    assert any(row["综合能耗（吨标准煤）"] is None for row in rows)
    assert 2 <= sum(row["利润总额（万元）"] < 0 for row in rows) <= 15
    for row in rows:
        assert row["主营业务收入（万元）"] > 0
        assert row["平均用工人数（人）"] > 0
        if scales[row["统一社会信用代码"]] == "规上":
            assert 0.05 < row["工业增加值（万元）"] / row["工业总产值（万元）"] < 0.8
    cells = load_workbook(DEMO / str(year) / "统计局.xlsx").active
    assert cells is not None
    last = next(row for row in cells.values if "合计" in row)
    assert last[5] == pytest.approx(sum(row["主营业务收入（万元）"] for row in rows))


@pytest.mark.parametrize("year", YEARS)
def test_official_value_added_differs_in_one_zone_only(year: int) -> None:
    listed = {r["统一社会信用代码"]: r for r in demo(year, "企业名录")}
    sums: Counter[str] = Counter()
    for row in demo(year, "统计局"):
        firm = listed[row["统一社会信用代码"]]
        if firm["企业规模"] == "规上":
            sums[firm["所属园区"]] += row["工业增加值（万元）"]
    official = {
        r["园区"]: r["数值"] for r in demo(year, "园区指标") if r["指标"] == "规上工业增加值"
    }
    far = [zone for zone in ZONES if official[zone] != pytest.approx(sums[zone], rel=1e-6)]
    assert far == [ZONES[1]]


def test_every_zhengzhou_row_names_its_document() -> None:
    books = {p.stem: table(p) for p in ZHENGZHOU.glob("*.xlsx")}
    assert set(books) == {"星级目标", "全市目标", "2020年区县目标", "园区历史数据"}
    for name, rows in books.items():
        for row in rows:
            document = str(row["依据文件"])
            assert document.startswith(("郑政", "新闻报道：", "转引")), (name, row)
            assert "示例" not in "".join(map(str, row.values()))


def test_star_targets_are_those_of_the_documents() -> None:
    rows = table(ZHENGZHOU / "星级目标.xlsx")
    of_2017 = [row for row in rows if row["年度"] == 2017]
    counts = Counter(row["目标星级"] for row in of_2017)
    assert counts == {"六星": 2, "三星": 2, "二星": 3, "一星": 3}
    assert all("郑政〔2017〕26号" in row["依据文件"] for row in of_2017)
    (later,) = (row for row in rows if row["年度"] != 2017)
    assert (later["园区"], later["年度"], later["目标星级"]) == (
        "郑州市白沙产业集聚区",
        2019,
        "二星",
    )


def test_headline_targets_keep_both_conflicting_figures() -> None:
    rows = table(ZHENGZHOU / "全市目标.xlsx")
    found = {(r["年度"], r["指标"], r["目标值"], r["单位"]) for r in rows}
    assert {
        (2017, "固定资产投资", 2800, "亿元"),
        (2017, "规上工业增加值", 1600, "亿元"),
        (2017, "从业人员", 92, "万人"),
        (2017, "从业人员", 90, "万人"),
        (2017, "规上主营业务收入", 8500, "亿元"),
        (2017, "R&D经费支出占规上工业增加值比重", 2.5, "%"),
        (2019, "建成区亩均增加值", 48, "万元/亩"),
        (2019, "全员劳动生产率", 35, "万元/人"),
        (2019, "实际利用市外资金", 700, "亿元"),
    } <= found


def test_district_table_has_sixteen_rows_of_four_figures() -> None:
    rows = table(ZHENGZHOU / "2020年区县目标.xlsx")
    figures = [[v for v in row.values() if isinstance(v, int | float)] for row in rows]
    assert [len(values) for values in figures] == [4] * 16
    assert figures[0] == [7.5, 9, 40, 12]
    assert figures[-1] == [5, 3, 2, 10]
    assert [sum(column) for column in zip(*figures, strict=True)] == [110, 115, 340, 185]


def test_mazhai_2013_gives_37_44() -> None:
    cells = {
        row["指标"]: (row["数值"], row["单位"])
        for row in table(ZHENGZHOU / "园区历史数据.xlsx")
        if (row["园区"], row["年度"]) == ("郑州马寨产业集聚区", 2013)
    }
    added, added_unit = cells["规上工业增加值"]
    built, built_unit = cells["建成区面积"]
    assert (added_unit, built_unit) == ("亿元", "平方公里")
    assert round(added * 10_000) == 337_000
    assert round(built * 1_500) == 9_000
    assert round(added * 10_000 / (built * 1_500), 2) == 37.44


def test_the_readme_mentions_every_workbook() -> None:
    text = (SAMPLES / "README.md").read_text(encoding="utf-8")
    missing = [p.name for p in SAMPLES.rglob("*.xlsx") if p.name not in text]
    assert missing == []
