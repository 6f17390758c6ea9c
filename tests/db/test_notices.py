"""The notice to an enterprise: what it says, that it is one page, and who gets one."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from docx import Document

from zoneeval.errors import InputError, UserError
from zoneeval.giving.notice import BLANK_DATE, HEADINGS, WARNING, notice_html, notice_of
from zoneeval.giving.notice_word import write_notice
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace
from zoneeval_db.values import RunResult

POLICY = "zhengzhou-2018"


@pytest.fixture
def run(ws: Workspace) -> RunResult:
    return operations.evaluate(ws, year=2024, policy_ref=POLICY)


def row_of(run: RunResult, grade: str | None) -> int:
    return next(i for i in range(run.evaluation.size) if run.evaluation.grade[i] == grade)


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_notice_says_what_the_run_says(ws: Workspace, run: RunResult, tmp_path: Path) -> None:
    evaluation, row = run.evaluation, row_of(run, "C")
    out = tmp_path / "告知书.docx"
    assert operations.export_notice(ws, out, evaluation.uscc[row]) == [out]
    text = words_of(out)
    size = evaluation.group_of(row).size  # type: ignore[union-attr]
    for said in (
        evaluation.name[row],
        evaluation.uscc[row],
        f"{evaluation.year} 年度",
        f"《{run.policy.title}》",
        "评价类别：C 类",
        f"第 {int(evaluation.rank[row])} 名 / {size} 家",
        "分类线：",
        "加分：",
        "（评价单位盖章）",
        BLANK_DATE,
    ):
        assert said in text
    table = Document(str(out)).tables[0]
    assert tuple(c.text for c in table.rows[0].cells) == HEADINGS
    track = run.policy.track(evaluation.track[row])
    assert track is not None
    assert len(table.rows) == 1 + len(track.indicators)
    for item, line in zip(track.indicators, list(table.rows)[1:], strict=True):
        words = [c.text for c in line.cells]
        assert words[0].startswith(item.shown_label)
        score = evaluation.scores[item.key][row]
        assert float(words[4].replace("−", "-")) == pytest.approx(score, abs=0.006)
    assert any("统计局（统计数据）" in r.cells[6].text for r in table.rows)


def test_illustrative_figures_are_marked_in_words(ws: Workspace, run: RunResult) -> None:
    notice = operations.notice(ws, run.evaluation.uscc[row_of(run, "B")])
    assert notice.warning == WARNING
    assert all(row[3].endswith("示意") and "示意" in row[5] for row in notice.rows)
    assert all("示意" not in row[1] + row[4] for row in notice.rows)
    assert any("未见公布" in note for note in notice.notes)


def test_a_missing_value_is_a_dash_and_is_said(ws: Workspace, run: RunResult) -> None:
    evaluation, row = run.evaluation, row_of(run, "B")
    info = evaluation.indicators[0]
    values = {key: array.copy() for key, array in evaluation.values.items()}
    scores = {key: array.copy() for key, array in evaluation.scores.items()}
    values[info.key][row], scores[info.key][row] = np.nan, 0.0
    changed = replace(evaluation, values=values, scores=scores)
    cells, dataset = operations.explained_by(ws, run, evaluation.uscc[row])
    notice = notice_of(run.policy, changed, row, cells, dataset, run.info.id)
    assert [line[1] for line in notice.rows].count("—") == 1
    assert notice.rows[0][1] == "—"
    assert any(f"“{info.label}”缺数据" in note for note in notice.notes)
    whole = operations.notice(ws, evaluation.uscc[row])
    assert not any("缺数据" in note for note in whole.notes)


def test_who_was_not_ranked_is_told_why(ws: Workspace, run: RunResult) -> None:
    code = run.evaluation.uscc[0]
    operations.set_participation(ws, 2024, code, "out", "停产整治")
    run = operations.evaluate(ws, year=2024, policy_ref=POLICY)
    row = row_of(run, None)
    assert run.evaluation.uscc[row] == code
    notice = operations.notice(ws, code)
    assert notice.rows == ()
    assert notice.result == ()
    assert run.evaluation.reasons[row][0] in notice.sentence
    assert "评价类别" not in notice.sentence


def test_the_printed_page_says_the_same(ws: Workspace, run: RunResult) -> None:
    notice = operations.notice(ws, run.evaluation.uscc[row_of(run, "C")])
    page = notice_html(replace(notice, name="甲<乙>&丙"))
    assert "甲&lt;乙&gt;&amp;丙" in page
    assert notice.sentence in page
    assert page.count("<tr>") == 1 + len(notice.rows)
    for line in (*notice.objection, *notice.signature):
        assert line in page


def test_everyone_ranked_gets_one_or_only_a_class(
    ws: Workspace, run: RunResult, tmp_path: Path
) -> None:
    evaluation = run.evaluation
    files = operations.export_notices(ws, tmp_path / "全部")
    assert len(files) == int((evaluation.rank == evaluation.rank).sum())
    few = operations.export_notices(ws, tmp_path / "C", grade="C")
    assert len(few) == evaluation.counts()["C"]
    row = row_of(run, "C")
    name = operations.notice_name(evaluation.name[row], evaluation.uscc[row], 2024)
    assert name in {path.name for path in few}
    assert name.endswith("2024年评价告知书.docx")


def test_what_cannot_be_written_says_why(ws: Workspace, run: RunResult, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有信用代码为“不存在”的企业"):
        operations.export_notice(ws, tmp_path / "a.docx", "不存在")
    with pytest.raises(InputError, match="没有 Z 类的企业"):
        operations.export_notices(ws, tmp_path / "空", grade="Z")
    assert not (tmp_path / "空").exists()
    code = run.evaluation.uscc[row_of(run, "C")]
    with pytest.raises(UserError, match=r"\.docx 结尾"):
        operations.export_notice(ws, tmp_path / "a.pdf", code)
    taken = tmp_path / "占用"
    taken.write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="不能建立文件夹"):
        operations.export_notices(ws, taken)


def test_a_cancelled_export_takes_its_files_away(
    ws: Workspace, run: RunResult, tmp_path: Path
) -> None:
    folder = tmp_path / "告知书"

    def stop(done: int, total: int, text: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        operations.export_notices(ws, folder, run.info.id, None, stop)
    assert list(folder.iterdir()) == []


@pytest.mark.slow
def test_the_notice_is_one_page(ws: Workspace, run: RunResult, tmp_path: Path) -> None:
    office, info = shutil.which("soffice"), shutil.which("pdfinfo")
    if office is None or info is None:
        pytest.skip("LibreOffice 或 pdfinfo 不在这台电脑上，不能数页数")
    notice = operations.notice(ws, run.evaluation.uscc[row_of(run, "C")])
    long = replace(
        notice,
        name="名称很长的样例企业" * 3,
        rows=notice.rows + notice.rows[:2],
        notes=(*notice.notes, *("“某项指标”缺数据，该项计 0 分。",) * 4),
    )
    books = [tmp_path / "平常.docx", tmp_path / "很长.docx"]
    for path, content in zip(books, (notice, long), strict=True):
        write_notice(path, content)
    command = [
        office,
        f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, books),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for path in books:
        told = subprocess.run(
            [info, str(path.with_suffix(".pdf"))], check=True, capture_output=True, text=True
        )
        assert "Pages:           1\n" in told.stdout
