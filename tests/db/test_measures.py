"""Own tariffs in versions, other surcharges with undo, estimates over final classes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.core.engine.test_estimate import TEXT
from tests.helpers.adjudicating import HAND, code_in
from zoneeval.errors import InputError, PolicyError
from zoneeval.policy.loader import load_tariff, parse_tariff
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace

OTHER: dict[str, Any] = {
    "utility": "供电", "kind": "差别电价", "rate": 0.3, "unit": "元/千瓦时", "document": "某文",
}  # fmt: skip


def test_own_tariffs_are_versions_that_can_be_undone(ws: Workspace, tmp_path: Path) -> None:
    first = operations.save_tariff(ws, TEXT, "初稿")
    assert operations.save_tariff(ws, TEXT) == first
    second = operations.save_tariff(ws, TEXT.replace("amount = 0.1", "amount = 0.2"))
    assert (second.ref, first.ref) == ("own@2", "own@1")
    (own,) = operations.own_tariffs(ws)
    assert [v.version for v in own.versions] == [2, 1]
    rates = {ref: operations.find_tariff(ws, ref).rates[0].amount for ref in ("own", "own@1")}
    assert rates == {"own": 0.2, "own@1": 0.1}
    assert operations.own_policies(ws) == []
    assert [t.id for t in operations.tariffs(ws)] == ["own", "henan", "shandong-2022"]
    with pytest.raises(PolicyError, match="没有这一版。已有的版本：2、1"):
        operations.find_tariff(ws, "own@7")
    operations.delete_tariff(ws, "own")
    assert operations.own_tariffs(ws) == []
    operations.undo(ws)
    assert operations.own_tariffs(ws) == [own]
    out = operations.export_pricing(ws, tmp_path / "价格", tariff_ref="own")
    assert [path.name for path in out] == [
        "差别化价格名单（供电）.xlsx",
        "差别化价格名单（税务）.xlsx",
    ]


def test_what_is_no_own_tariff_is_refused(ws: Workspace) -> None:
    with pytest.raises(PolicyError, match="自带价格表的编号"):
        operations.save_tariff(ws, load_tariff("shandong-2022").text)
    with pytest.raises(PolicyError, match="没有在 citations 中列出"):
        operations.save_tariff(ws, TEXT.replace('cite = "doc"\nill', 'cite = "x"\nill'))
    with pytest.raises(InputError, match="没有编号为“own”的自有价格表"):
        operations.delete_tariff(ws, "own")
    assert operations.own_tariffs(ws) == []


def test_other_surcharges_are_kept_and_undone(ws: Workspace) -> None:
    uscc = code_in(ws, "C")
    made = operations.add_other_surcharge(ws, uscc.lower(), **OTHER, valid_to="2025-12-31")
    assert (made.id, made.uscc, made.rate, made.valid_from) == (1, uscc, 0.3, None)
    assert operations.other_surcharges(ws, uscc) == [made]
    assert operations.last_operations(ws, 1)[0].label.startswith("登记样例企业")
    operations.remove_other_surcharge(ws, 1)
    assert operations.other_surcharges(ws) == []
    operations.undo(ws)
    assert operations.other_surcharges(ws) == [made]
    operations.undo(ws)
    assert operations.add_other_surcharge(ws, uscc, **OTHER).id == 2
    with pytest.raises(InputError, match="没有编号为 1 的其他加价"):
        operations.remove_other_surcharge(ws, 1)
    assert all(check.ok for check in operations.verify(ws))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"uscc": "123"}, "信用代码“123”不对"),
        ({"utility": "供暖"}, "可选：供电"),
        ({"rate": 0.0}, "大于 0"),
        ({"unit": "元/立方米"}, "单位不对"),
        ({"unit": "斤"}, "“斤”与计算基数的单位“万千瓦时”对不上"),
        ({"document": " "}, "没有写差别电价的依据文件"),
        ({"kind": " "}, "没有写加价的种类"),
        ({"valid_from": "2025年"}, "开始日期“2025年”不是日期"),
        ({"valid_from": "2025-02-01", "valid_to": "2025-01-01"}, "晚于"),
    ],
)
def test_wrong_other_surcharges_are_refused(
    ws: Workspace, change: dict[str, Any], sentence: str
) -> None:
    words = {"uscc": code_in(ws, "C"), **OTHER, **change}
    with pytest.raises(InputError, match=sentence):
        operations.add_other_surcharge(ws, **words)
    assert operations.other_surcharges(ws) == []


def test_an_estimate_takes_final_classes_and_what_is_paid_already(ws: Workspace) -> None:
    operations.save_tariff(ws, TEXT)
    (before,) = [t for t in operations.estimate_measures(ws, "own").totals if t.kind == "用电"]
    assert before.amount == pytest.approx(0.35 * before.enterprises)
    uscc = code_in(ws, "B")
    operations.override_grade(ws, uscc, "C", **HAND)
    after = operations.estimate_measures(ws, "own")
    (total,) = [t for t in after.totals if t.kind == "用电"]
    assert total.enterprises == before.enterprises + 1
    operations.add_other_surcharge(ws, uscc, **OTHER)
    lines = [one for one in operations.estimate_measures(ws, "own").lines if one.kind == "用电"]
    assert {one.uscc for one in lines if one.state == "higher"} == {uscc}
    (total,) = [t for t in operations.estimate_measures(ws, "own").totals if t.kind == "用电"]
    assert (total.not_charged, total.amount) == (1, before.amount)
    assert operations.estimate_measures(ws, "own", on="2026-01-01").totals[0].kind != "用电"


def test_proposals_are_compared_but_not_with_nothing(ws: Workspace) -> None:
    operations.save_tariff(ws, TEXT)
    operations.save_tariff(ws, TEXT.replace("amount = 0.1", "amount = 0.3"))
    found = operations.compare_measures(ws, "own@1", "own")
    (power,) = [t for t in found.totals if t.kind == "用电"]
    assert power.before is not None
    assert power.after == pytest.approx(3 * power.before)
    with pytest.raises(InputError, match="没有标准，不能比较：未见河南省"):
        operations.compare_measures(ws, "henan", "own")


def test_years_count_as_the_tariff_says(ws: Workspace) -> None:
    _, second = sorted(operations.runs(ws), key=lambda run: run.year)
    own = parse_tariff(TEXT)
    assert set(operations.class_years(ws, second.id, own).values()) == {2}
    late = own.model_copy(update={"counts_from": 2024})
    assert set(operations.class_years(ws, second.id, late).values()) == {1}


def test_years_before_a_break_count_on_only_where_the_tariff_says(
    empty: Workspace, city: Any
) -> None:
    from zoneeval_db.data.importing import store_draft

    years = {year: city.year_draft(year) for year in (2022, 2023, 2024)}
    store_draft(empty, city.draft_of(years), [])
    for year in years:
        operations.evaluate(empty, year=year, policy_ref=city.policy)
    uscc = code_in(empty, "C")
    middle = next(run.id for run in operations.runs(empty) if run.year == 2023)
    operations.override_grade(empty, uscc, "B", run_id=middle, **HAND)
    newest = next(run.id for run in operations.runs(empty) if run.year == 2024)
    own = parse_tariff(TEXT)
    anew = operations.class_years(empty, newest, own)[uscc]
    total = own.model_copy(update={"restart": "total"})
    assert (anew, operations.class_years(empty, newest, total)[uscc]) == (1, 2)


def test_the_workbook_has_totals_lines_and_who_is_missing(ws: Workspace, tmp_path: Path) -> None:
    operations.save_tariff(ws, TEXT)
    (out,) = operations.export_estimate(ws, tmp_path / "测算.xlsx", "own")
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["汇总", "明细", "无法估算", "说明"]
    found = operations.estimate_measures(ws, "own")
    names = {
        sheet: {str(c.value) for row in book[sheet].iter_rows() for c in row}
        for sheet in book.sheetnames
    }
    for line in found.lines:
        assert line.uscc in names["无法估算" if line.amount is None else "明细"]
    assert any("示意" in word for word in names["汇总"])


def test_a_list_of_who_pays_more_already(ws: Workspace, tmp_path: Path) -> None:
    operations.save_tariff(ws, TEXT)
    uscc = code_in(ws, "C")
    operations.add_other_surcharge(ws, uscc, **OTHER)
    (out,) = operations.export_pricing(ws, tmp_path / "供电.xlsx", utility="供电", tariff_ref="own")
    rows = [
        [c.value for c in row] for row in openpyxl.load_workbook(out)["供电加价清单"].iter_rows()
    ]
    (heading,) = [row for row in rows if "加价标准" in row]
    (mine,) = [row for row in rows if uscc in row]
    assert mine[heading.index("加价标准")] == "不加价"
    assert "就高不叠加" in str(mine[heading.index("备注")])


def test_what_is_paid_follows_a_new_code(ws: Workspace, city: Any) -> None:
    operations.save_tariff(ws, TEXT)
    old = code_in(ws, "C")
    new = "91419900MA3JT2QL09"
    operations.add_other_surcharge(ws, old, **OTHER)
    operations.record_succession(ws, old, new, kind="new_code", effective_on="2024-03-01")
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    found = operations.estimate_measures(ws, "own", run.info.id)
    (line,) = [one for one in found.lines if one.uscc == new and one.kind == "用电"]
    assert (line.state, line.use) == ("higher", 3.5)
