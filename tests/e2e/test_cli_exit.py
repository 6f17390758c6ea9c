"""The ledger, the assets and the effects through the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.helpers.command import good, refused

CONTRACT = {
    "id", "uscc", "name", "zone", "opened_by_run", "reasons", "path", "state", "due",
    "land_area", "energy_use",
}  # fmt: skip


def test_cases_are_opened_from_a_run_planned_closed_and_written(
    workspace: Path, tmp_path: Path
) -> None:
    assert good("exit", "list", workspace, "--json").document == {"cases": []}
    status = good("run", "status", workspace, "--json").document
    run, count = status["run"]["id"], status["final_counts"]["C"]
    answer = good("exit", "open", workspace, "--run", run, "--on", "2025-06-20", "--json")
    assert "还没有发布" in answer.err
    assert len(answer.document["opened"]) == count
    cases = good("exit", "list", workspace, "--json").document["cases"]
    assert len(cases) == count
    assert set(cases[0]) >= CONTRACT
    assert {case["opened_by_run"] for case in cases} == {run}
    assert good("exit", "list", workspace, "--run", run, "--json").document["cases"] == cases
    assert "没有编号为 99 的评价" in refused("exit", "list", workspace, "--run", 99).err
    assert all(case["land_area"] > 0 for case in cases)
    first = cases[0]["id"]
    shown = good("exit", "update", workspace, first, "--path", "兼并重组", "--due", "2025-12-31")
    assert "兼并重组" in shown.out
    step = good("exit", "step", "add", workspace, first, "签约", "--json").document["id"]
    close = ("exit", "close", workspace, first, "--outcome", "已并购", "--document", "批复〔示意〕",
             "--land", 12.5, "--on", "2025-09-01")  # fmt: skip
    assert "没有完成" in refused(*close).err
    good("exit", "step", "done", workspace, step, "--evidence", "协议", "--on", "2025-08-01")
    closed = good(*close, "--json").document
    assert (closed["state"], closed["freed_land"], closed["freed_energy"]) == (
        "closed", 12.5, None,
    )  # fmt: skip
    freed = good("exit", "freed", workspace, "--json").document["freed"]
    assert [(one["year"], one["land"], one["energy"]) for one in freed] == [
        (2025, {"value": 12.5, "missing": 0}, {"value": None, "missing": 1})
    ]
    assert "不详 1 件" in good("exit", "freed", workspace).out
    tried = good("exit", "freed", workspace, "--zone", cases[0]["zone"], "--year",
                 status["run"]["year"], "--ladder", "illustrative-six-stars",
                 "--json").document  # fmt: skip
    land = next(one for one in tried["what_if"]["changes"] if one["key"] == "industrial_land")
    assert round(land["before"] - land["after"], 9) == 12.5
    assert "--zone" in refused("exit", "freed", workspace, "--ladder", "x").err
    due = good("exit", "due", workspace, "--on", "2026-01-05", "--json").document
    assert due["due"] == []
    out = tmp_path / "台账.xlsx"
    good("exit", "ledger", workspace, "--month", "2025-09", "-o", out)
    assert openpyxl.load_workbook(out).sheetnames[0] == "退出转型台账"
    effects = good("effects", "list", workspace, "--json").document["effects"]
    assert [(one["year"], one["grade"], one["charged"]) for one in effects] == [(2025, "C", None)]
    assert good("exit", "list", workspace, "--state", "已销号").out.count("兼并重组") == 1
    assert "不再处置" in good("exit", "cancel", workspace, cases[1]["id"], "--reason", "误列").out
    assert "处置中" in good("exit", "reopen", workspace, first, "--reason", "解除").out
    assert "没有写要改什么" in refused("exit", "update", workspace, first).err
    assert "状态“关”无法识别" in refused("exit", "list", workspace, "--state", "关").err
    assert good("exit", "show", workspace, first).out.count("步骤") == 1
    assert good("exit", "step", "remove", workspace, step).out == "已删除。\n"


def test_a_project_is_entered_and_candidates_are_listed(workspace: Path, tmp_path: Path) -> None:
    made = good("exit", "add", workspace, "停建缓建项目", "〔示意〕项目", "--reason", "停建",
                "--due", "2025-07-01", "--on", "2025-06-01", "--json").document  # fmt: skip
    assert (made["kind"], made["steps"], made["land_area"]) == ("project", [], None)
    assert "逾期 4 天" in good("exit", "due", workspace, "--on", "2025-07-05").out
    assert "可选：class" in refused("exit", "add", workspace, "x", "名", "--reason", "y").err
    best = good("exit", "candidates", workspace, "--json").document
    assert best["condition"] is None
    good("exit", "condition", workspace, "tax_paid > 0")
    more = good("exit", "candidates", workspace, "--json").document
    assert more["condition"] == "tax_paid > 0"
    assert len(more["candidates"]) > len(best["candidates"]) > 0
    good("exit", "candidates", workspace, "-o", tmp_path / "备选.xlsx")
    assert (tmp_path / "备选.xlsx").stat().st_size > 0


def test_assets_are_found_by_thresholds_and_entered(workspace: Path, tmp_path: Path) -> None:
    year = good("run", "status", workspace, "--json").document["run"]["year"]
    assert "还没有设" in refused("asset", "find", workspace, "--year", year).err
    assert "--below" in refused("asset", "rules", workspace, "--set", "tax_per_mu").err
    rules = good("asset", "rules", workspace, "--set", "tax_per_mu", "--below", 5,
                 "--years", 2, "--document", "文件〔示意〕", "--json").document  # fmt: skip
    assert rules["rules"][0]["words"] == "亩均税收连续 2 年低于 5 万元/亩（文件〔示意〕）"
    found = good("asset", "find", workspace, "--year", year, "--json").document
    assert found["found"]
    assert all(
        len(one["figures"]) == 2 and max(one["figures"].values()) < 5 for one in found["found"]
    )
    entered = good("asset", "find", workspace, "--year", year, "--record", "--json").document
    assert len(entered["recorded"]) == len(found["found"])
    made = good("asset", "add", workspace, "厂房", "三号厂房", "--state", "闲置", "--reason",
                "搬迁", "--on", "2025-06-01", "--json").document  # fmt: skip
    assert (made["kind"], made["size"]) == ("plant", None)
    good("asset", "update", workspace, made["id"], "--size", 3200)
    good("asset", "dispose", workspace, made["id"], "租赁", "--document", "合同〔示意〕")
    assert "租赁" in good("asset", "list", workspace, "--kind", "plant").out
    good("asset", "export", workspace, "-o", tmp_path / "资产.xlsx")
    assert openpyxl.load_workbook(tmp_path / "资产.xlsx").sheetnames == ["待处置", "已处置"]


def test_amounts_are_entered_and_summed(workspace: Path, tmp_path: Path) -> None:
    good("effects", "add", workspace, "2025Q1", "C", "加价", 120000, "--unit", "元",
         "--document", "供电报表〔示意〕")  # fmt: skip
    refusal = refused("effects", "add", workspace, "2025", "C", "加价", 5, "--document",
                      "供电报表〔示意〕").err  # fmt: skip
    assert "会重复计算" in refusal
    document = good("effects", "list", workspace, "--json").document
    assert document["effects"][0]["charged"] == 12.0
    assert document["effects"][0]["relieved"] is None
    assert "2025 年一季度" in good("effects", "list", workspace, "--entries").out
    out = tmp_path / "成效.xlsx"
    good("effects", "export", workspace, "-o", out)
    good("effects", "remove", workspace, 1)
    assert "还没有录入" in good("effects", "list", workspace).out
    assert good("effects", "expected", workspace, "--tariff", "henan", "--json").document == {
        "tariff": "henan", "unit": "万元", "expected": [],
    }  # fmt: skip
    assert good("effects", "import", workspace, out).out == "已导入 1 条。\n"
