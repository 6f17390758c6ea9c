"""企业评价告知书 from the window: as a Word document, as a PDF, or on paper."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QSizeF
from PySide6.QtGui import QFont, QPagedPaintDevice, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QPushButton, QWidget

from zoneeval.errors import UserError, system_reason
from zoneeval_ui.pages.exporting import ExportedNote, export_folder

if TYPE_CHECKING:
    from zoneeval.giving.notice import Notice
    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.jobs import Job
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow

Form = Literal["word", "pdf", "print"]
MARGIN_MM = 22.0
SIZES = (11.0, 10.5, 10.0, 9.0, 8.0, 7.0)
"""Text sizes in points; the largest with which the notice goes on one page is taken."""
FONTS = ("FangSong", "仿宋", "SimSun", "宋体", "Noto Serif CJK SC", "Noto Sans CJK SC")


def notice_buttons(parent: QWidget, prefix: str, give: Callable[[Form], object]) -> list[Any]:
    """Return the buttons that make the notice, in their order."""
    texts: tuple[tuple[Form, str], ...] = (
        ("word", parent.tr("告知书（Word）…")),
        ("pdf", parent.tr("告知书（PDF）…")),
        ("print", parent.tr("打印告知书…")),
    )
    buttons = []
    for form, text in texts:
        button = QPushButton(text, parent)
        button.setObjectName(f"{prefix}{form.capitalize()}")
        button.setAccessibleName(text)
        button.clicked.connect(lambda _checked=False, form=form: give(form))
        buttons.append(button)
    return buttons


class NoticeOffice(QObject):
    """Make the notice to an enterprise by the run that the page shows."""

    def __init__(self, window: MainWindow, session: Session, note: ExportedNote) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self.note = note
        self.run_id: int | None = None

    def give(
        self, form: Form, uscc: str, name: str, parent: QWidget, note: ExportedNote | None = None
    ) -> Job | None:
        """Ask where to, and make the notice; ``note`` says what was written."""
        run_id = self.run_id
        if form == "print":
            return self._ask(uscc, lambda made: self.print_notice(made, parent))
        path = self.ask_path(parent, form, name, uscc)
        if path is None:
            return None
        said = note or self.note
        if form == "pdf":

            def save(made: Notice) -> None:
                try:
                    write_pdf(path, made)
                except UserError as error:
                    self.failed(error)
                else:
                    said.show_files([path])

            return self._ask(uscc, save)

        def work(workspace: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_notice(workspace, path, uscc, run_id)

        return self._session.read(
            work, said.show_files, title=self.tr("正在写告知书"), on_failure=self.failed
        )

    def ask_path(self, parent: QWidget, form: Form, name: str, uscc: str) -> Path | None:
        """Let the user choose a file's name; None where they changed their mind."""
        suffix = ".docx" if form == "word" else ".pdf"
        kinds = {"word": self.tr("Word 文档 (*.docx)"), "pdf": self.tr("PDF 文件 (*.pdf)")}
        words = "".join("_" if c in '\\/:*?"<>|' else c for c in f"{name}（{uscc}）评价告知书")
        chosen, _filter = QFileDialog.getSaveFileName(
            parent,
            self.tr("保存告知书"),
            str(export_folder(self._session.path) / f"{words}{suffix}"),
            kinds[form],
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")

    def print_notice(self, notice: Notice, parent: QWidget) -> QDialog:
        """Let the user choose a printer and print the notice."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        _set_page(printer)
        printer.setDocName(f"{notice.title}（{notice.name}）")
        dialog = QPrintDialog(printer, parent)
        dialog.setObjectName("noticePrint")
        dialog.setWindowTitle(self.tr("打印告知书"))

        def chosen(code: int) -> None:
            if code == QDialog.DialogCode.Accepted:
                print_page(notice, printer)
            dialog.deleteLater()

        dialog.finished.connect(chosen)
        QDialog.open(dialog)
        return dialog

    def _ask(self, uscc: str, show: Callable[[Notice], object]) -> Job:
        run_id = self.run_id

        def work(workspace: Workspace, _progress: Progress) -> Notice:
            from zoneeval_db import operations

            return operations.notice(workspace, uscc, run_id)

        return self._session.read(work, show, title=self.tr("正在写告知书"), on_failure=self.failed)

    def failed(self, error: BaseException) -> None:
        """Tell why no notice was written."""
        if isinstance(error, UserError):
            self._window.show_failure(error, self.tr("写告知书"))


def _set_page(device: QPagedPaintDevice) -> None:
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM))


def print_page(notice: Notice, device: QPagedPaintDevice) -> None:
    """Paint the notice on one page of ``device``."""
    from zoneeval.giving.notice import notice_html

    dots = device.logicalDpiX() / 25.4
    room = QSizeF((210 - 2 * MARGIN_MM) * dots, (297 - 2 * MARGIN_MM) * dots)
    for size in SIZES:
        document = QTextDocument()
        font = QFont()
        font.setFamilies([*FONTS, *font.families()])
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.documentLayout().setPaintDevice(device)
        document.setPageSize(room)
        document.setHtml(notice_html(notice, size))
        if document.pageCount() == 1:
            break
    document.print_(device)


def write_pdf(path: Path, notice: Notice) -> None:
    """Write the notice as a PDF beside ``path`` and rename it; raise UserError where it fails."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(300)
    _set_page(writer)
    writer.setTitle(f"{notice.title}（{notice.name}）")
    writer.setCreator("zoneeval")
    print_page(notice, writer)
    del writer
    buffer.close()
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(held.data())
        os.replace(beside, path)
    except OSError as error:
        raise UserError(
            f"不能写入“{path.name}”：{system_reason(error)}。"
            "请关闭正打开它的程序，或换一个位置再导出。"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
