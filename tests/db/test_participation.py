"""Decisions about taking part: stored, undone, imported, and kept with every run."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.helpers.departments import DIRECTORY_HEADINGS, listed, save_book
from tests.helpers.departments import code as valid_code
from zoneeval.errors import InputError
from zoneeval.model.inputs import ParticipationDecision
from zoneeval.model.issue import Severity
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace


@pytest.fixture
def listed_ws(tmp_path: Path) -> Workspace:
    """Return a workspace with three enterprises of valid codes."""
    ws = Workspace.create(tmp_path / "名录.zoneeval")
    book = save_book(
        tmp_path / "名录.xlsx", {"名录": [DIRECTORY_HEADINGS, *(listed(n) for n in (1, 2, 3))]}
    )
    assert operations.import_workbooks(ws, [book], year=2024).committed
    return ws


def test_a_decision_is_stored_replaced_and_taken_back(ws: Workspace, city) -> None:
    code = city.code(3)
    operations.set_participation(ws, 2024, code, "out", "停产整治", "纪要〔示意〕1号")
    operations.set_participation(ws, 2024, code, "in", " 恢复生产 ")
    made = ParticipationDecision(code, "in", "恢复生产", None)
    assert operations.participation_decisions(ws, 2024) == [made]
    assert operations.participation_decisions(ws, 2023) == []
    operations.undo(ws)
    (before,) = operations.participation_decisions(ws, 2024)
    assert (before.decision, before.document) == ("out", "纪要〔示意〕1号")
    operations.set_participation(ws, 2024, code, None)
    assert operations.participation_decisions(ws, 2024) == []
    assert "取消样例企业03" in operations.last_operations(ws, 1)[0].label


def test_a_decision_needs_a_reason_and_a_known_enterprise(ws: Workspace, city) -> None:
    with pytest.raises(InputError, match="没有写理由"):
        operations.set_participation(ws, 2024, city.code(1), "out", " ")
    with pytest.raises(InputError, match="没有信用代码为“X”的企业"):
        operations.set_participation(ws, 2024, "X", "out", "理由")
    assert operations.participation_decisions(ws, 2024) == []


def test_a_run_keeps_its_decisions_and_verifies(file: Path, city) -> None:
    with Workspace.open(file) as ws:
        operations.set_participation(ws, 2024, city.code(3), "out", "停产整治")
        run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
        operations.set_participation(ws, 2024, city.code(4), "out", "以后的决定")
    with Workspace.open(file) as ws:
        stored = operations.load_run(ws, run.info.id).evaluation
        assert [d.uscc for d in stored.inputs.decisions] == [city.code(3)]
        assert stored.canonical_bytes() == run.evaluation.canonical_bytes()
        assert stored.reasons[stored.row_of(city.code(3))] == ("人工决定：停产整治",)
        assert [check.ok for check in operations.verify(ws)] == [True] * 3


def test_altering_a_stored_decision_is_noticed(ws: Workspace, city) -> None:
    operations.set_participation(ws, 2024, city.code(3), "out", "停产整治")
    run = operations.evaluate(ws, year=2024, policy_ref=city.policy)
    ws.conn.execute("DROP TRIGGER run_no_update")
    ws.conn.execute(
        "UPDATE run SET summary = replace(summary, '停产整治', '另有原因') WHERE id = ?",
        (run.info.id,),
    )
    (check,) = [c for c in operations.verify(ws) if c.id == run.info.id]
    assert not check.ok


def test_the_list_goes_out_and_comes_back(listed_ws: Workspace, tmp_path: Path) -> None:
    ws, out = listed_ws, tmp_path / "参评名单.xlsx"
    operations.set_participation(ws, 2024, valid_code(1), "out", "旧理由")
    operations.export_participants(ws, out, 2024, "zhengzhou-2018")
    book = openpyxl.load_workbook(out)
    sheet = book["参评名单"]
    headings = {cell.value: cell.column for cell in sheet[4]}
    assert [sheet.cell(5, headings["人工决定"]).value, sheet.cell(5, headings["理由"]).value] == [
        "不参评",
        "旧理由",
    ]
    sheet.cell(5, headings["人工决定"]).value = "按办法"
    sheet.cell(6, headings["人工决定"]).value = "参评"
    sheet.cell(6, headings["理由"]).value = "补充资料齐全"
    sheet.cell(6, headings["依据文件"]).value = "纪要〔示意〕2号"
    book.save(out)
    outcome = operations.import_workbooks(ws, [out], year=2024)
    assert outcome.committed
    assert outcome.draft.accepted == 3
    assert outcome.datasets == {}
    assert operations.participation_decisions(ws, 2024) == [
        ParticipationDecision(valid_code(2), "in", "补充资料齐全", "纪要〔示意〕2号")
    ]
    operations.undo(ws)
    (back,) = operations.participation_decisions(ws, 2024)
    assert (back.uscc, back.reason) == (valid_code(1), "旧理由")
    ws.close()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([valid_code(1), "甲", "不参评", None], "missing-value"),
        ([valid_code(1), "甲", "也许", "理由"], "unknown-choice"),
        ([valid_code(1)[:-1] + "0", "甲", "参评", "理由"], "bad-credit-code"),
        ([None, "甲", "参评", "理由"], "missing-code"),
        ([914199000000000000, "甲", "参评", "理由"], "digits-lost"),
    ],
)
def test_a_faulty_row_keeps_the_list_out(
    listed_ws: Workspace, tmp_path: Path, row: list[object], code: str
) -> None:
    headings = ["统一社会信用代码", "企业名称", "人工决定", "理由"]
    book = save_book(
        tmp_path / "名单.xlsx",
        {"参评名单": [headings, row, [valid_code(2), "乙", "参评", "理由"]]},
    )
    outcome = operations.import_workbooks(listed_ws, [book], year=2024)
    blocking = [i for i in outcome.draft.issues if i.severity is Severity.BLOCKING]
    assert not outcome.committed
    assert [(i.code, i.row) for i in blocking] == [(code, 2)]
    assert operations.participation_decisions(listed_ws, 2024) == []
    listed_ws.close()


def test_a_decision_about_a_stranger_is_kept_with_a_warning(
    listed_ws: Workspace, tmp_path: Path
) -> None:
    headings = ["统一社会信用代码", "企业名称", "人工决定", "理由"]
    row = [valid_code(9), "样例9有限公司", "参评", "理由"]
    book = save_book(tmp_path / "名单.xlsx", {"参评名单": [headings, row]})
    outcome = operations.import_workbooks(listed_ws, [book], year=2024)
    assert outcome.committed
    assert [(i.code, i.row) for i in outcome.draft.issues] == [("decision-without-enterprise", 2)]
    listed_ws.close()
