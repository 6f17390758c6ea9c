"""文书: written as Word and PDF after templates that the office can change."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog

from tests.helpers.lists_pages import prepared, segment_of, tariff_text
from zoneeval.errors import UserError
from zoneeval.giving.documents.sheets import Block, Piece, Sheet
from zoneeval.progress import Cancelled
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.lists import paper, writing

MakeWindow = Callable[..., Assembly]


def form_of(segment: Any, kind: str, form: str = "word") -> Any:
    segment.table.select_id(kind)
    dialog = segment.open_write()
    dialog.form_box.setCurrentIndex(dialog.form_box.findData(form))
    return dialog


@pytest.fixture
def segment(make_window: MakeWindow, workspace: Path) -> Any:
    prepared(workspace, tariff_text())
    return segment_of(make_window("lists", workspace), "documents", "shiyi-2025")


@pytest.mark.parametrize("kind", ["report", "publicity", "recognition"])
def test_one_document_is_written_with_its_number(
    segment: Any, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "文书.docx"
    monkeypatch.setattr(segment.page, "ask_file", lambda _title, _path: out)
    dialog = form_of(segment, kind)
    dialog.number.setText("示意〔2025〕7号")
    dialog.store()
    text = "\n".join(paragraph.text for paragraph in Document(str(out)).paragraphs)
    assert "示意〔2025〕7号" in text
    assert segment.page.note.text == "已导出：文书.docx"


def test_notices_of_a_class_are_written_one_for_each(
    segment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "告知书"
    monkeypatch.setattr(segment.page, "ask_folder", lambda _title, _path: folder)
    dialog = form_of(segment, "notice")
    assert not dialog.is_single
    dialog.whom.setCurrentIndex(dialog.whom.findData("C"))
    assert dialog.whom.currentText() == "C 类 9 家，每户一份"
    dialog.store()
    assert len(list(folder.glob("*.docx"))) == 9


def test_an_execution_is_written_as_pdf_with_the_rate_of_the_chosen_tariff(
    segment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "通知.pdf"
    monkeypatch.setattr(segment.page, "ask_save", lambda *_words: out)
    painted: list[Any] = []
    real = paper.write_document_pdf

    def write(path: Path, title: str, sheets: Any) -> None:
        painted.extend(sheets)
        real(path, title, sheets)

    monkeypatch.setattr(paper, "write_document_pdf", write)
    dialog = form_of(segment, "execution", "pdf")
    dialog.whom.setCurrentIndex(dialog.whom.findData("供电"))
    dialog.store()
    assert out.read_bytes().startswith(b"%PDF")
    words = [
        block.text
        for sheet in painted
        for item in sheet.content
        if hasattr(item, "rows")
        for row in item.rows
        for cell in row
        for block in cell
    ]
    assert any("0.05" in word for word in words)
    assert painted[-1].width > painted[-1].height


def test_documents_are_printed_behind_one_another(
    segment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writing.print_documents
    dialogs: list[Any] = []

    def ask(page: Any, title: str, documents: Any) -> None:
        assert len(documents) == 6
        dialogs.append(real(page, title, documents))

    monkeypatch.setattr(writing, "print_documents", ask)
    form_of(segment, "execution", "print").store()
    out = tmp_path / "打印.pdf"
    printer = dialogs[0].printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    dialogs[0].done(QDialog.DialogCode.Accepted)
    assert out.read_bytes().startswith(b"%PDF")
    assert "已送打印机：6 份" in segment.page.banner.text


def test_cancelled_printing_prints_nothing(tmp_path: Path, qapp: QApplication) -> None:
    aborted: list[bool] = []

    class Printer(QPrinter):
        def abort(self) -> bool:
            aborted.append(True)
            return True

    printer = Printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    piece = Piece("示意", 16.0, False, "仿宋")
    block = Block((piece,), "left", 0.0, 0.0, 0.0, 0.0, 0.0, 28.0, False)
    sheet = Sheet(595.0, 842.0, (72.0, 72.0, 72.0, 72.0), (block,))

    def stop(done: int, _of: int, _words: str = "") -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        paper.paint_sheets(printer, [[sheet]] * 4, stop)
    assert aborted == [True]


def test_pdf_files_already_written_are_taken_away_where_one_fails(
    segment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "通知"
    monkeypatch.setattr(segment.page, "ask_folder", lambda _title, _path: folder)
    told: list[BaseException] = []
    monkeypatch.setattr(segment.page.window_shell, "show_failure", lambda e, *_w: told.append(e))
    real, count = paper.write_document_pdf, []

    def write(path: Path, title: str, sheets: Any) -> None:
        count.append(path)
        if len(count) == 2:
            raise UserError("磁盘已满。")
        real(path, title, sheets)

    monkeypatch.setattr(paper, "write_document_pdf", write)
    form_of(segment, "execution", "pdf").store()
    assert str(told[0]) == "磁盘已满。"
    assert not list(folder.iterdir())


def test_a_long_document_is_painted_in_a_worker_without_a_warning(
    tmp_path: Path, qtlog: Any, qapp: QApplication
) -> None:
    piece = Piece("示意文字" * 100, 16.0, False, "仿宋")
    block = Block((piece,), "left", 0.0, 0.0, 0.0, 0.0, 0.0, 28.0, False)
    sheet = Sheet(595.0, 842.0, (72.0, 72.0, 72.0, 72.0), (block,) * 12)
    out = tmp_path / "长文.pdf"
    with ThreadPoolExecutor(1) as worker:
        worker.submit(paper.write_document_pdf, out, "长文", [sheet]).result()
    assert out.stat().st_size > 0
    assert [record.message for record in qtlog.records] == []


def test_without_a_decided_objection_there_is_no_reply(segment: Any) -> None:
    dialog = form_of(segment, "reply")
    assert not dialog.save.isEnabled()
    assert "还没有已处理的异议" in dialog.fault.text()


def test_a_template_is_exported_changed_and_reset(
    segment: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "公示公告模板.docx"
    monkeypatch.setattr(segment.page, "ask_file", lambda _title, _path: path)
    monkeypatch.setattr(segment.page, "ask_open", lambda _title, _kinds: path)
    segment.table.select_id("publicity")
    segment.export_button.click()
    document = Document(str(path))
    document.add_paragraph("{{ 没有这个字段 }}")
    document.save(str(path))
    segment.import_button.click()
    assert "没有这个字段" in segment.page.banner.text
    assert not segment.chosen.is_own
    document.paragraphs[-1].text = "本单位：{{ 发文机关 }}"
    document.save(str(path))
    segment.import_button.click()
    assert segment.chosen.is_own
    assert segment.reset_button.isEnabled()
    names = segment.fields.table_model.values("name")
    assert {"文号", "名单", "名单.企业名称"} <= set(names)
    segment.reset_button.click()
    assert not segment.chosen.is_own


def test_the_sender_is_entered_once(segment: Any) -> None:
    dialog = segment.open_sender()
    dialog.lines["issuer"].setText("示例市工业和信息化局")
    dialog.store()
    assert segment.sender_words.text() == "落款：示例市工业和信息化局"
