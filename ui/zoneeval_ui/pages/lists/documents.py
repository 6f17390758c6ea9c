"""The segment 文书: the documents of the run in force, and the templates behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter

from zoneeval.errors import UserError
from zoneeval_ui.pages import exporting
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.segment import Segment
from zoneeval_ui.pages.lists.writing import SenderDialog, WriteDialog
from zoneeval_ui.pages.wording import full_time
from zoneeval_ui.tables import Column, DataTable, TableData
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, Section, make_label

if TYPE_CHECKING:
    from pathlib import Path

    from zoneeval.giving.documents.heading import Sender
    from zoneeval.model.adjudication import Objection
    from zoneeval.progress import Progress
    from zoneeval_db.operations import TemplateInfo
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.lists.page import ListsPage

Read = tuple["Sequence[TemplateInfo]", "Sender", "Sequence[Objection]"]


class DocumentsSegment(Segment):
    """The kinds of documents at the left; fields and templates of the chosen one beside it."""

    def __init__(self, page: ListsPage) -> None:
        super().__init__(page, "listsDocuments", page.tr("文书"))
        theme = current_theme()
        self.primary_text = self.tr("写文书…")
        self.content: ListsContent | None = None
        self.templates: Sequence[TemplateInfo] = ()
        self.objections: Sequence[Objection] = ()
        self.letterhead: Sender | None = None
        self.table = DataTable("documentsTable")
        self.table.setAccessibleName(self.tr("文书"))
        self.table.row_selected.connect(lambda _key: self._chosen())
        self.table.row_activated.connect(lambda _key: self.primary())
        self.table.horizontalHeader().setStretchLastSection(True)
        left = Card(flush=True)
        left.add(self.table, 1)
        left.add(self._sender_row())
        right = Card(flush=True)
        right.setMinimumWidth(theme.px(340))
        right.add(self._template_section())
        self.fields = DataTable("documentFields")
        self.fields.setAccessibleName(self.tr("模板可以用的字段"))
        self.fields.horizontalHeader().setStretchLastSection(True)
        right.add(self.fields, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(theme.px(14))
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([theme.px(600), theme.px(460)])
        self.rows.addWidget(splitter, 1)

    def _sender_row(self) -> Section:
        section = Section(raised=True)
        row = QHBoxLayout()
        self.sender_words: QLabel = make_label("", "secondary", wrap=True)
        self.sender_words.setObjectName("documentSender")
        row.addWidget(self.sender_words, 1)
        self.sender_button = self.button(
            row, "documentSenderEdit", self.tr("落款信息…"), self.open_sender
        )
        section.body.addLayout(row)
        return section

    def _template_section(self) -> Section:
        section = Section(line=False)
        self.title = make_label("", "detail", wrap=True)
        self.about = make_label("", "secondary", wrap=True)
        self.about.setObjectName("documentAbout")
        section.add(self.title)
        section.add(self.about)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(8))
        self.export_button = self.button(
            row, "templateExport", self.tr("导出模板…"), self.export_template
        )
        self.import_button = self.button(
            row, "templateImport", self.tr("导入模板…"), self.import_template
        )
        self.reset_button = self.button(
            row, "templateReset", self.tr("恢复自带的"), self.reset_template
        )
        row.addStretch(1)
        section.body.addLayout(row)
        words = self.tr(
            "在 Word 或 WPS 中修改：文字写成 {{ 字段 }}；表格的行重复写 {%tr for 行 in 列表 %} … "
            "{%tr endfor %}，行中写 {{ 行.部分 }}。字段如下，列表的部分写在列表之后。"
        )
        section.add(make_label(words, "caption", wrap=True))
        return section

    # -- showing -----------------------------------------------------------------

    def sentence(self, content: ListsContent) -> str:
        """Say what is next."""
        if not content.is_published:
            return self.tr("结果还没有发布，现在写出的是草稿")
        return self.tr("选一种文书，写成 Word、PDF 或打印")

    def show_content(self, content: ListsContent) -> None:
        """Ask for the templates, the sender and the objections of the run."""
        self.content = content
        run_id = content.info.id if content.info else None

        def work(ws: Workspace, _progress: Progress) -> Read:
            from zoneeval_db import operations

            return (
                operations.document_templates(ws),
                operations.document_sender(ws),
                operations.objections(ws, run_id) if run_id is not None else (),
            )

        self.ask(work, self._show)

    def _show(self, read: Read) -> None:
        self.templates, self.letterhead, self.objections = read
        columns = (
            Column("title", self.tr("文书"), width=9, strong=True),
            Column("per", self.tr("份数"), width=8),
            Column("template", self.tr("模板"), width=5),
            Column("about", self.tr("用途"), width=10),
        )
        once = self.tr("一份")
        values: dict[str, list[Any]] = {
            "title": [one.kind.title for one in self.templates],
            "per": [
                self.tr("{per}一份").format(per=one.kind.per) if one.kind.per else once
                for one in self.templates
            ],
            "template": [
                self.tr("本单位的") if one.is_own else self.tr("自带的") for one in self.templates
            ],
            "about": [one.kind.about for one in self.templates],
        }
        keys = [one.kind.key for one in self.templates]
        self.table.set_table(TableData(columns, values, ids=keys))
        if self.table.selected_id() is None:
            self.table.select_id(keys[0])
        issuer = self.letterhead.issuer
        words = self.tr("落款：{issuer}").format(issuer=issuer) if issuer else ""
        self.sender_words.setText(words or self.tr("还没有填写落款单位，文书上留空，盖章时填写。"))
        self.sender_button.setEnabled(not self.page.session.read_only)
        self._chosen()

    @property
    def chosen(self) -> TemplateInfo | None:
        """Return the kind that is selected."""
        key = self.table.selected_id()
        return next((one for one in self.templates if one.kind.key == key), None)

    def _chosen(self) -> None:
        from zoneeval.giving.documents.fields import walk

        one = self.chosen
        if one is None:
            return
        self.title.setText(one.kind.title)
        whose = (
            self.tr("现在用本单位的模板（{time} 导入）。").format(
                time=full_time(one.changed_at or "")
            )
            if one.is_own
            else self.tr("现在用自带的模板，版式依照 GB/T 9704—2012。")
        )
        self.about.setText(f"{one.kind.about}。{whose}")
        writable = not self.page.session.read_only
        self.import_button.setEnabled(writable)
        self.reset_button.setEnabled(writable and one.is_own)
        rows = list(walk(one.kind.fields))
        columns = (
            Column("name", self.tr("字段"), width=12, strong=True),
            Column("kind", self.tr("种类"), width=3),
            Column("about", self.tr("内容"), width=12),
        )
        values: dict[str, list[Any]] = {
            "name": [f"{owner}.{x.name}" if owner else x.name for owner, x in rows],
            "kind": [x.kind_words for _owner, x in rows],
            "about": [x.about for _owner, x in rows],
        }
        self.fields.set_table(TableData(columns, values, ids=list(range(len(rows)))))

    # -- what the user does ------------------------------------------------------

    def primary(self) -> None:
        """Open the form that writes the chosen kind."""
        self.open_write()

    def open_write(self) -> WriteDialog | None:
        """Open the form that writes the chosen kind."""
        one, content = self.chosen, self.content
        if one is None or content is None or content.info is None:
            return None
        dialog = WriteDialog(self.page, content, one.kind, self.objections)
        dialog.open()
        return dialog

    def open_sender(self) -> SenderDialog | None:
        """Open the form of who sends documents."""
        if self.letterhead is None:
            return None
        dialog = SenderDialog(self.page, self.letterhead)
        dialog.open()
        return dialog

    def export_template(self) -> None:
        """Write the template that is used, to be edited in Word."""
        one, page = self.chosen, self.page
        if one is None:
            return
        folder = exporting.export_folder(page.session.path)
        name = self.tr("{title}模板.docx").format(title=one.kind.title)
        path = page.ask_file(self.tr("导出模板"), folder / name)
        if path is None:
            return
        key = one.kind.key

        def work(ws: Workspace, _progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_document_template(ws, key, path)

        page.session.read(
            work,
            page.note.show_files,
            title=self.tr("正在导出模板"),
            on_failure=page.window_shell.show_failure,
        )

    def import_template(self) -> None:
        """Use a template that was edited in Word; what is wrong with it is told."""
        one, page = self.chosen, self.page
        if one is None:
            return
        path = page.ask_open(self.tr("导入模板"), self.tr("Word 文档 (*.docx)"))
        if path is None:
            return
        key, title = one.kind.key, one.kind.title

        def work(ws: Workspace, _progress: Progress) -> TemplateInfo:
            from zoneeval_db import operations

            return operations.import_document_template(ws, key, path)

        page.saving.store(
            work,
            self.tr("正在导入模板"),
            lambda _made: self.tr("“{title}”已改用“{file}”。").format(title=title, file=path.name),
            failed=self._refused,
        )

    def _refused(self, error: BaseException | None) -> None:
        if isinstance(error, UserError):
            self.page.banner.show_message(str(error), tone=Tone.C)
        elif error is not None:
            self.page.window_shell.show_failure(error)

    def reset_template(self) -> None:
        """Use the shipped template again; it can be undone."""
        one = self.chosen
        if one is None:
            return
        key, title = one.kind.key, one.kind.title

        def work(ws: Workspace, _progress: Progress) -> None:
            from zoneeval_db import operations

            operations.reset_document_template(ws, key)

        self.page.saving.store(
            work,
            self.tr("正在恢复模板"),
            lambda _none: self.tr("“{title}”已恢复自带的模板。").format(title=title),
            failed=self._refused,
        )
