from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.evaluations import small_dataset, small_evaluation
from tests.helpers.workbooks import Opened
from zoneeval.model.dataset import Dataset
from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.loader import load_policy
from zoneeval.policy.schema import Policy
from zoneeval.report import RunHeader, write_classes, write_exit_list


def test_class_list_carries_nothing_confidential(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    write_classes(tmp_path / "名单.xlsx", header, policy, evaluation, dataset)
    opened = Opened(tmp_path / "名单.xlsx")
    rows = opened.table("分类名单")
    assert [list(row) for row in rows] == [["序号", "企业名称", "园区", "乡镇", "类别"]] * 6
    assert [row["类别"] for row in rows] == ["A", "B", "C", "A", "B", "C"]
    assert "示例企业00006有限公司" not in opened.words("分类名单")
    assert "9141" not in opened.words("分类名单")


def test_exit_list_has_as_many_rows_as_there_are(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    path = tmp_path / "退出.xlsx"
    write_exit_list(path, header, policy, evaluation, dataset, {"91410000DEMO000002": 2})
    opened = Opened(path)
    assert opened.names == ["C类退出转型清单"]
    rows = opened.table("C类退出转型清单")
    assert [row["统一社会信用代码"] for row in rows] == [
        "91410000DEMO000002",
        "91410000DEMO000005",
    ]
    first = rows[0]
    assert first["用地面积（亩）"] == 12.0
    assert first["综合能耗（吨标准煤）"] == 100.0
    assert first["COD（吨）"] == 0.004
    assert first["氨氮（吨）"] == "—"
    assert [row["连续年数"] for row in rows] == [2, "—"]
    assert len(str(first["为什么"])) > 5
    assert "亩均税收 2 ÷ 基准 10 ＝ 20%" in str(first["主要拖累指标"])
    assert "R&D投入强度 3.5% ÷ 基准 5% ＝ 70%" in str(first["主要拖累指标"])


def test_exit_totals_are_sums_over_the_rows_only(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    write_exit_list(tmp_path / "退出.xlsx", header, policy, evaluation, dataset, {})
    opened = Opened(tmp_path / "退出.xlsx")
    name = "C类退出转型清单"
    top = opened.header_row(name)
    sheet = opened.sheet(name)
    totals = {
        str(head.value).replace("\n", ""): total.value
        for head, total in zip(sheet[top], sheet[top + 3], strict=True)
    }
    assert totals["序号"] == "合计"
    assert totals["用地面积（亩）"] == f"=SUM(K{top + 1}:K{top + 2})"
    assert totals["氨氮（吨）"] == "—"


def test_small_emissions_do_not_look_like_zero(
    tmp_path: Path, header: RunHeader, policy: Policy, evaluation: Evaluation, dataset: Dataset
) -> None:
    write_exit_list(tmp_path / "退出.xlsx", header, policy, evaluation, dataset, {})
    opened = Opened(tmp_path / "退出.xlsx")
    sheet = opened.sheet("C类退出转型清单")
    top = opened.header_row("C类退出转型清单")
    formats = {
        str(c.value).replace("\n", ""): sheet.cell(top + 1, i).number_format
        for i, c in enumerate(sheet[top], 1)
    }
    assert formats["COD（吨）"] == "#,##0.0000"
    assert formats["用地面积（亩）"] == "#,##0.00"


@pytest.mark.parametrize("size", [0, 2])
def test_lists_without_enterprises_say_so(
    tmp_path: Path, header: RunHeader, policy: Policy, size: int
) -> None:
    dataset = small_dataset(size)
    evaluation = small_evaluation(dataset, left_out=size)
    write_exit_list(tmp_path / "c.xlsx", header, policy, evaluation, dataset, {})
    assert "本次评价没有C类企业。" in Opened(tmp_path / "c.xlsx").words("C类退出转型清单")
    write_classes(tmp_path / "n.xlsx", header, policy, evaluation, dataset)
    assert "没有定类别的企业" in Opened(tmp_path / "n.xlsx").words("分类名单")


def test_exit_classes_come_from_the_policy(tmp_path: Path, header: RunHeader) -> None:
    dataset = small_dataset(4)
    huaian = load_policy("huaian-2024")
    write_exit_list(tmp_path / "d.xlsx", header, huaian, small_evaluation(dataset), dataset, {})
    assert Opened(tmp_path / "d.xlsx").names == ["D类退出转型清单"]
