from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.evaluations import small_dataset, small_evaluation
from tests.helpers.workbooks import Opened
from zoneeval.model.arrays import text_array
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.citations import Status
from zoneeval.policy.loader import list_policies, load_policy
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader, write_results
from zoneeval.report.basis import basis_page, worded
from zoneeval.report.order import listed_order


@pytest.fixture
def results(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> Opened:
    write_results(tmp_path / "结果.xlsx", header, policy, evaluation, dataset)
    return Opened(tmp_path / "结果.xlsx")


def test_sheets_follow_the_classes_of_the_policy(results: Opened) -> None:
    assert results.names == [
        "说明",
        "汇总",
        "分组界线",
        "未参评原因",
        "全部企业",
        "A类",
        "B类",
        "C类",
        "政策依据",
    ]


def test_every_enterprise_stands_once_with_its_figures(results: Opened) -> None:
    rows = results.table("全部企业")
    assert len(rows) == 7
    assert [row["序号"] for row in rows] == list(range(1, 8))
    by_code = {row["统一社会信用代码"]: row for row in rows}
    first = by_code["91410000DEMO000000"]
    assert first["企业名称"] == "示例企业00000有限公司"
    assert (first["乡镇"], first["行业代码"], first["规模"]) == ("样例镇", "1300", "规上")
    assert first["参评状态"] == "参评"
    assert first["亩均税收（万元/亩）"] == 1.0
    assert first["亩均税收得分"] == 30.0
    assert first["R&D投入强度"] == 0.035
    assert first["加减分"] == 2.0
    assert (first["综合得分"], first["排名"]) == (100.0, 1)
    assert (first["初评类别"], first["最终类别"]) == ("A", "A")


def test_missing_is_a_dash_and_never_zero(results: Opened) -> None:
    by_code = {row["统一社会信用代码"]: row for row in results.table("全部企业")}
    assert by_code["91410000DEMO000001"]["R&D投入强度"] == "—"
    left_out = by_code["91410000DEMO000006"]
    assert left_out["参评状态"] == "过渡期"
    assert left_out["说明"] == "投产不足两年，可暂不纳入"
    for heading in (
        "亩均税收（万元/亩）",
        "亩均税收得分",
        "加减分",
        "综合得分",
        "排名",
        "最终类别",
    ):
        assert left_out[heading] == "—"


def test_class_sheets_hold_exactly_their_class(results: Opened) -> None:
    for i, letter in enumerate("ABC"):
        codes = {row["统一社会信用代码"] for row in results.table(f"{letter}类")}
        assert codes == {f"91410000DEMO{i:06d}", f"91410000DEMO{i + 3:06d}"}


def test_summary_counts_per_zone_and_in_total(results: Opened) -> None:
    rows = results.table("汇总")
    east, west = rows
    assert (east["园区"], east["企业数（家）"], east["参评（家）"]) == ("东湾园区", 4, 3)
    assert (east["A类（家）"], east["B类（家）"], east["C类（家）"]) == (1, 1, 1)
    assert east["A类占参评比例"] == pytest.approx(1 / 3)
    assert east["过渡期（家）"] == 1
    assert west["企业数（家）"] == 3
    sheet = results.sheet("汇总")
    last = [cell.value for cell in sheet[results.header_row("汇总") + 3]]
    assert last[:3] == ["合计", 7, 6]


def test_reasons_and_cut_lines_are_listed(results: Opened) -> None:
    (reason,) = results.table("未参评原因")
    assert reason["原因"] == "投产不足两年，可暂不纳入"
    assert reason["企业数（家）"] == 1
    line, without_cut, *_ = results.table("分组界线")
    assert (without_cut["排序依据"], without_cut["最后一家的数值"]) == ("单位能耗总产值", "—")
    assert (line["类别"], line["比例"], line["名额（家）"]) == ("A类", 0.15, 1)
    assert (line["排序依据"], line["最后一家的数值"]) == ("亩均税收", 8.25)


def test_front_page_says_what_the_results_rest_on(results: Opened, policy: Policy) -> None:
    words = results.words("说明")
    assert policy.title in words
    assert "部分内容未见原文" in words
    assert "标为“示意”" in words
    for line in policy.missing:
        assert line in words
    for text in ("第 7 号", "第 3 版", "p" * 64, "d" * 64, "没有指明年度。", "登记不一致"):
        assert text in words


def test_amber_line_only_where_the_policy_is_not_wholly_published(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    fills = []
    for name, status in (("a", policy), ("b", _verified(policy))):
        write_results(tmp_path / f"{name}.xlsx", header, status, evaluation, dataset)
        fills.append(Opened(tmp_path / f"{name}.xlsx").sheet("说明")["A2"].fill.fgColor.rgb)
    assert fills == ["00FFE699", "00D9E2EC"]


def _verified(policy: Policy) -> Policy:
    track = policy.tracks[0]
    sure = track.model_copy(
        update={
            "decimals_illustrative": False,
            "bonus": (),
            "indicators": tuple(
                i.model_copy(
                    update={
                        "illustrative": False,
                        "benchmark": i.benchmark.model_copy(update={"illustrative": False}),
                    }
                )
                for i in track.indicators
            ),
        }
    )
    return policy.model_copy(update={"status": Status.VERIFIED, "tracks": (sure,), "missing": ()})


def test_rank_only_policy_has_no_class_sheets(tmp_path: Path, header: RunHeader) -> None:
    dataset = small_dataset(4)
    huangyan = load_policy("huangyan-2022")
    write_results(tmp_path / "r.xlsx", header, huangyan, small_evaluation(dataset), dataset)
    opened = Opened(tmp_path / "r.xlsx")
    assert not [name for name in opened.names if name.endswith("类")]
    assert "只打分排名" in opened.words("说明")


@pytest.mark.parametrize("policy", list_policies(), ids=lambda p: p.id)
def test_basis_marks_every_illustrative_figure(policy: Policy) -> None:
    rows = basis_page(policy).rows
    marked = {str(row[2]) for row in rows if row[6] == "示意"}
    for track in policy.tracks:
        for indicator in track.indicators:
            weight = f"{indicator.shown_label}：权重"
            assert (weight in marked) == indicator.illustrative
    for row in rows:
        assert row[5]
        assert ("示意数值" in str(row[5])) == (row[6] == "示意")


def test_formula_is_worded_in_chinese() -> None:
    assert worded("tax_paid / land_area") == "税收实际贡献 ÷ 用地面积"
    assert (
        worded("profit * 2 >= coalesce(land_other, 0)") == "利润总额 × 2 ≥ 其他用地面积（缺则取 0）"
    )


def test_enterprises_ranked_together_stand_in_the_order_of_the_ranking() -> None:
    dataset = small_dataset(6)
    apart = small_evaluation(dataset, left_out=0)
    assert listed_order(apart) == [0, 2, 4, 1, 3, 5]
    place = np.array([6.0, 5.0, 4.0, 3.0, 2.0, 1.0])
    city = text_array(["全市"] * 6)
    together = replace(apart, group=city, position=place, rank=place)
    assert listed_order(together) == [5, 4, 3, 2, 1, 0]
