"""The forms that write documents, and that say who sends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.storing_form import StoringForm
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets.form import FormDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zoneeval.giving.documents.fields import DocumentKind
    from zoneeval.giving.documents.heading import Sender
    from zoneeval.giving.documents.sheets import Sheet
    from zoneeval.model.adjudication import Objection
    from zoneeval.progress import Progress
    from zoneeval_db.acting.documents import DocumentOrder
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.content import ListsContent
    from zoneeval_ui.pages.lists.page import ListsPage
    from zoneeval_ui.session import Work

Form = Literal["word", "pdf", "print"]
ALL = "*"


class WriteDialog(FormDialog):
    """Asks for number, date and addressee, for whom, and in which form."""

    def __init__(
        self,
        page: ListsPage,
        content: ListsContent,
        kind: DocumentKind,
        objections: Sequence[Objection],
    ) -> None:
        assert content.info is not None
        head = page.tr("据第 {n} 次评价（{status}）写“{title}”。").format(
            n=content.info.id, status=content.status, title=kind.title
        )
        if not content.is_published:
            head += page.tr("结果还没有发布，写出的是草稿。")
        super().__init__(page.window(), "writeDialog", page.tr("写文书"), head)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.page, self.kind, self.content = page, kind, content
        self.whom: Any = None
        if kind.key == "notice":
            self._ask_whom(self._classes(content))
        elif kind.key == "reply":
            self._ask_whom(self._replies(objections))
        elif kind.key == "execution":
            self._ask_whom([(ALL, self.tr("全部单位")), *((u, u) for u in content.drafts)])
        self.number = self.line("writeNumber", self.tr("文号"), hint=self.tr("可以先不写"))
        self.on = self.line("writeOn", self.tr("成文日期"), date.today().isoformat())
        self.to: Any = None
        if kind.key != "notice":
            self.to = self.line("writeTo", self.tr("主送"), hint=self.tr("不写用通常的写法"))
        forms = (
            ("word", self.tr("Word 文档")),
            ("pdf", self.tr("PDF 文件")),
            ("print", self.tr("打印")),
        )
        self.form_box = self.combo("writeForm", self.tr("格式"), forms)
        self.finish(self.tr("写文书…"))

    def _ask_whom(self, choices: Sequence[tuple[str, str]]) -> None:
        self.whom = self.combo("writeWhom", self.tr("给谁"), choices)

    def _classes(self, content: ListsContent) -> list[tuple[str, str]]:
        words = self.tr("{letter} 类 {n} 家，每户一份")
        return [
            (ALL, self.tr("全部有排名的企业，每户一份")),
            *(
                (letter, words.format(letter=letter, n=count))
                for letter, count in content.grade_counts.items()
            ),
        ]

    def _replies(self, objections: Sequence[Objection]) -> list[tuple[str, str]]:
        decided = [one for one in objections if not one.is_open]
        every = self.tr("全部已处理的异议 {n} 件，每件一份").format(n=len(decided))
        return [
            (ALL, every),
            *(
                (str(one.id), self.tr("第 {n} 号：{words}").format(n=one.id, words=_short(one)))
                for one in decided
            ),
        ]

    @property
    def wanted(self) -> str | None:
        """Return whom or what was chosen, None for all."""
        held = self.whom.currentData() if self.whom is not None else None
        return None if held in (None, ALL) else str(held)

    @property
    def is_single(self) -> bool:
        """Tell whether it is one file rather than a folder of them."""
        several = not self.wanted or self.kind.key == "notice"
        return not (self.kind.per and several)

    @property
    def form_wanted(self) -> Form:
        """Return in which form it is wanted."""
        held: Form = self.form_box.currentData()
        return held

    def lacking(self) -> str:
        """Say what cannot be written."""
        if self.kind.key == "reply" and self.whom is not None and self.whom.count() < 2:
            return self.tr("还没有已处理的异议，没有答复可写。请先在“公示调整”中登记处理决定。")
        return ""

    def order(self) -> DocumentOrder:
        """Return what is to be written."""
        from zoneeval_db.operations import DocumentOrder

        info, tariff = self.content.info, self.content.tariff
        order = DocumentOrder(
            self.kind.key,
            info.id if info else None,
            self.number.text().strip(),
            self.on.text().strip(),
            self.to.text().strip() if self.to is not None else "",
        )
        if self.kind.key == "notice":
            return replace(order, grade=self.wanted)
        if self.kind.key == "reply" and self.wanted:
            return replace(order, objection=int(self.wanted))
        if self.kind.key == "execution" and tariff is not None:
            return replace(order, utility=self.wanted, tariff=tariff.ref)
        return order

    def store(self) -> None:
        """Ask where to, and write in a job with progress and cancel."""
        if self.lacking():
            return
        order, single, form = self.order(), self.is_single, self.form_wanted
        page, title = self.page, self.kind.title
        path: Path | None = None
        if form != "print":
            path = self._ask_path(form)
            if path is None:
                return
        self.accept()
        done: Any = page.note.show_files
        if form == "print":
            done = lambda found: print_documents(page, title, found)  # noqa: E731

        def work(ws: Workspace, progress: Progress) -> Any:
            from zoneeval_db import operations

            if form == "word" and path is not None:
                return operations.write_document(ws, order, path, progress)
            return painted(ws, order, path, progress, single=single)

        page.session.read(
            work,
            done,
            title=self.tr("正在写{title}").format(title=title),
            on_failure=page.window_shell.show_failure,
            on_cancelled=lambda: page.banner.show_message(
                page.tr("已取消，没有留下新写的文件。"), tone=Tone.PLAIN
            ),
            quiet=False,
        )

    def _ask_path(self, form: Form) -> Path | None:
        page = self.page
        folder = exporting.export_folder(page.session.path)
        if not self.is_single:
            return page.ask_folder(self.tr("文书保存到哪个文件夹"), folder)
        name = f"{self.content.year}年度{self.kind.title}"
        if self.wanted:
            which = f"第{self.wanted}号" if self.kind.key == "reply" else self.wanted
            name = f"{name}（{which}）"
        if form == "word":
            return page.ask_file(self.tr("保存文书"), folder / f"{name}.docx")
        path = page.ask_save(self.tr("保存文书"), f"{name}.pdf", self.tr("PDF 文件 (*.pdf)"))
        if path is None or path.suffix.lower() == ".pdf":
            return path
        return path.with_name(f"{path.name}.pdf")


def _short(one: Objection) -> str:
    words = " ".join(one.content.split())
    return words if len(words) <= 20 else f"{words[:20]}…"


def painted(
    ws: Workspace, order: DocumentOrder, out: Path | None, progress: Progress, *, single: bool
) -> Any:
    """Write the documents for paper: PDF files in ``out``, or (None) their sheets.

    A cancelled or failed writing takes away the new files it had already written.
    """
    from zoneeval.giving.documents.sheets import read_sheets
    from zoneeval.progress import span
    from zoneeval_db import operations
    from zoneeval_ui.pages.lists.paper import write_document_pdf

    with TemporaryDirectory() as scratch:
        place = Path(scratch) / ("document.docx" if single else "documents")
        files = operations.write_document(ws, order, place, span(progress, 0, 0.5))
        report = span(progress, 0.5, 1)
        if out is None:
            return [read_sheets(path) for path in files]
        if not single:
            out.mkdir(parents=True, exist_ok=True)
        made, fresh = [], []
        try:
            for at, path in enumerate(files):
                report(at, len(files), f"正在写 PDF：{path.stem}")
                target = out if single else out / f"{path.stem}.pdf"
                is_fresh = not target.exists()
                write_document_pdf(target, target.stem, read_sheets(path))
                made.append(target)
                fresh += [target] if is_fresh else []
        except BaseException:
            for target in fresh:
                target.unlink(missing_ok=True)
            raise
        return made


def print_documents(
    page: ListsPage, title: str, documents: Sequence[Sequence[Sheet]]
) -> QDialog | None:
    """Let the user choose a printer; print the documents in a job that can be cancelled."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from zoneeval_ui.pages.lists.paper import paint_sheets

    if not documents:
        return None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, page.window())
    dialog.setObjectName("documentPrint")
    dialog.setWindowTitle(page.tr("打印文书"))

    def work(_ws: Workspace, progress: Progress) -> int:
        return paint_sheets(printer, documents, progress)

    def printed(pages: int) -> None:
        words = page.tr("已送打印机：{n} 份，{pages} 页。")
        page.banner.show_message(words.format(n=len(documents), pages=pages), tone=Tone.A)

    def chosen(code: int) -> None:
        if code == QDialog.DialogCode.Accepted:
            page.session.read(
                work,
                printed,
                title=page.tr("正在打印{title}").format(title=title),
                on_failure=page.window_shell.show_failure,
                on_cancelled=lambda: page.banner.show_message(
                    page.tr("已取消打印；已经送到打印机的，请在打印机上取消。"), tone=Tone.PLAIN
                ),
                quiet=False,
            )
        dialog.deleteLater()

    dialog.finished.connect(chosen)
    QDialog.open(dialog)
    return dialog


class SenderDialog(StoringForm):
    """Asks who sends documents, and where objections go."""

    def __init__(self, page: ListsPage, sender: Sender) -> None:
        from zoneeval.giving.documents.heading import SENDER_WORDS

        head = page.tr("写在文书的落款和异议受理处；空着的在文书上留空。")
        super().__init__(page, "senderDialog", page.tr("落款信息"), head)
        self.lines = {
            key: self.line(f"sender-{key}", words, getattr(sender, key))
            for key, words in SENDER_WORDS.items()
        }
        self.finish(self.tr("保存"))

    def work(self) -> Work:
        """Return what stores the entries."""
        values = {key: line.text() for key, line in self.lines.items()}

        def store(ws: Workspace, _progress: Progress) -> Sender:
            from zoneeval_db import operations

            return operations.set_document_sender(ws, values)

        return store

    def said(self, _value: Any) -> str:
        """Say that it is kept."""
        return self.tr("已保存落款信息。")
