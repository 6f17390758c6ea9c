"""`list`: issued after publication, shown, compared, withdrawn, and the report on it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.core.engine.test_estimate import TEXT
from tests.helpers.command import good, refused
from tests.helpers.workbooks import Opened

ISSUE = ("--tariff", "own", "--document", "执行〔示意〕1号", "--on", "2025-06-20")


@pytest.fixture
def published(workspace: Path, tmp_path: Path) -> Path:
    """Return a workspace with an own tariff and a published run."""
    own = tmp_path / "方案.toml"
    own.write_text(TEXT, encoding="utf-8")
    good("measures", "save", own, "--into", workspace)
    refused("list", "issue", workspace, *ISSUE)
    good("run", "publicity", workspace, "--on", "2025-06-02", "--days", "5")
    good("run", "review", workspace, "--on", "2025-06-09")
    good("run", "recognise", workspace, "--on", "2025-06-12", "--document", "认定1号")
    good("run", "publish", workspace, "--on", "2025-06-13", "--document", "公告1号")
    return workspace


def listed(workspace: Path, *words: object) -> Any:
    return good("list", "show", workspace, *words, "--json").document


def test_a_list_from_its_issue_to_the_report_on_it(published: Path, tmp_path: Path) -> None:
    assert good("list", "show", published).out.startswith("还没有印发")
    out = tmp_path / "名单"
    said = good("list", "issue", published, *ISSUE, "-o", out).out
    assert "已印发第 1 号供电名单" in said
    assert sorted(p.name for p in out.iterdir()) == [
        "差别化价格名单（供电）.xlsx",
        "差别化价格名单（税务）.xlsx",
    ]
    heads = listed(published)["lists"]
    assert {(one["utility"], one["document"]) for one in heads} == {
        ("供电", "执行〔示意〕1号"),
        ("税务", "执行〔示意〕1号"),
    }
    power = listed(published, 1)
    assert "" not in {value for line in power["accounts"] for value in line.values()}
    assert all(line["document"] for line in power["accounts"] if line["rate"] is not None)
    assert power["changes"]["against"] is None
    same = good("list", "compare", published, "--utility", "供电", "--tariff", "own").out
    assert f"新增 0 项，取消 0 项，变更 0 项，不变 {power['lines']} 项" in same
    good("list", "show", published, 1, "-o", tmp_path / "供电.xlsx")
    assert "本名单是草稿" not in Opened(tmp_path / "供电.xlsx").words("供电加价清单")

    form = tmp_path / "反馈.xlsx"
    good("list", "feedback", "form", published, 1, "--period", "2025-08", "-o", form)
    assert "还没有导入" in good("list", "feedback", "show", published, 1).out
    book = openpyxl.load_workbook(form)
    sheet = book["执行反馈表"]
    top = Opened(form).header_row("执行反馈表")
    heads = {str(c.value).replace("\n", ""): c.column for c in sheet[top]}
    sheet.cell(top + 1, heads["执行标准（元/千瓦时）"], 0.05)
    book.save(form)
    assert "标准不符 1 项" in good("list", "feedback", "import", published, 1, form).out
    found = good("list", "feedback", "show", published, 1, "--json").document
    assert found["counts"]["rate_differs"] == 1
    assert found["counts"]["not_billed"] == power["lines"] - 1
    assert (found["billed"], found["billed_unknown"]) == (None, 1)
    good("list", "feedback", "show", published, 1, "-o", tmp_path / "比较.xlsx")
    assert "执行 0.05" in good("list", "feedback", "show", published, 1).out

    (total,) = good("list", "feedback", "total", published, "--year", 2025, "--json").document[
        "classes"
    ]
    assert (total["charged"]["value"], total["charged"]["missing"]) == (None, power["lines"])
    assert (
        "没有 2020 年的执行反馈" in good("list", "feedback", "total", published, "--year", 2020).out
    )

    gone = ("--document", "撤回1号", "--reason", "政策停止", "--on", "2025-09-01")
    assert "自 2025-09-01 起停止执行" in good("list", "withdraw", published, 1, *gone).out
    assert listed(published, 1)["withdrawn"]["document"] == "撤回1号"
    refused("list", "withdraw", published, 1, *gone)


def test_what_cannot_be_done_is_said(workspace: Path, tmp_path: Path) -> None:
    for words in (
        ("issue", workspace, "--tariff", "henan", "--document", "x", "--utility", "供电"),
        ("show", workspace, "9"),
        ("show", workspace, "-o", tmp_path / "x.xlsx"),
        ("compare", workspace),
        ("compare", workspace, "1"),
        ("feedback", "show", workspace, "1"),
        ("feedback", "import", workspace, "1", tmp_path / "x.xlsx"),
    ):
        refused("list", *words)
    refused("export", "results", workspace, "--on", "2025-01-01", "-o", tmp_path / "y.xlsx")


def test_drafts_are_priced_as_of_a_day(workspace: Path, tmp_path: Path) -> None:
    own = tmp_path / "方案.toml"
    own.write_text(TEXT, encoding="utf-8")
    out = tmp_path / "供电.xlsx"
    words = ("export", "pricing", workspace, "--tariff", own, "--utility", "供电", "-o", out)
    good(*words, "--on", "2025-07-01")
    assert {row["加价标准"] for row in Opened(out).table("供电加价清单")} == {0.1}
    good(*words, "--on", "2026-07-01")
    rows = Opened(out).table("供电加价清单")
    assert {row["加价标准"] for row in rows} == {"不加价"}
    assert {row["备注"] for row in rows} == {"2026-07-01 不在标准的执行期内"}
