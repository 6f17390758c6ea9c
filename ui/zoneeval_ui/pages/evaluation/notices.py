"""导出告知书…: the notices to many enterprises of a run in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
)

from zoneeval_ui.pages.evaluation.notice import write_pdf
from zoneeval_ui.pages.exporting import ask_folder, export_folder
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import make_label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zoneeval.progress import Progress
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import RunInfo
    from zoneeval_ui.jobs import Job
    from zoneeval_ui.pages.base import WorkspacePage
    from zoneeval_ui.pages.evaluation.page import EvaluationPage

WHOM = ("all", "shown", "selected")
FORMS = ("word", "pdf")


def told(page: EvaluationPage) -> dict[str, tuple[str, ...]]:
    """Return the credit codes of all, of those shown, and of those selected, with a rank.

    Only who was ranked is told; the order is that of the table.
    """
    content = page.content
    if content is None or content.run is None:
        return dict.fromkeys(WHOM, ())
    evaluation, model = content.run.evaluation, page.table.table_model

    def codes(rows: Iterable[int]) -> tuple[str, ...]:
        ranked = (row for row in rows if evaluation.rank[row] == evaluation.rank[row])
        return tuple(evaluation.uscc[row] for row in ranked if evaluation.uscc[row])

    places = sorted(index.row() for index in page.table.selectionModel().selectedRows())
    return {
        "all": codes(content.rows),
        "shown": codes(int(model.id_at(place)) for place in range(model.rowCount())),
        "selected": codes(int(model.id_at(place)) for place in places),
    }


class NoticesDialog(QDialog):
    """Ask for whom and in which form, then write a file for each into a folder."""

    def __init__(self, page: WorkspacePage, info: RunInfo) -> None:
        from zoneeval_ui.pages.evaluation.page import EvaluationPage

        assert isinstance(page, EvaluationPage)
        super().__init__(page.window())
        theme = current_theme()
        self._page, self._info = page, info
        self.codes = told(page)
        self.setObjectName("noticesDialog")
        self.setWindowTitle(self.tr("导出告知书"))
        self.setMinimumWidth(theme.px(480))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        words = self.tr("每户一份，一页，写明得分、排名、类别和理由。只发给有排名的企业。")
        layout.addWidget(make_label(words, "secondary", self, wrap=True))
        texts = {
            "all": self.tr("全部参评企业（{n} 户）"),
            "shown": self.tr("表中现在显示的企业（{n} 户）"),
            "selected": self.tr("表中选中的企业（{n} 户）"),
        }
        self.whom = QButtonGroup(self)
        layout.addWidget(make_label(self.tr("给谁"), "strong", self))
        for key in WHOM:
            count = len(self.codes[key])
            button = self._choice(self.whom, f"noticesFor-{key}", texts[key].format(n=count))
            button.setEnabled(count > 0)
            layout.addWidget(button)
        self._preselect()
        layout.addWidget(make_label(self.tr("格式"), "strong", self))
        self.forms = QButtonGroup(self)
        row = QHBoxLayout()
        for key, text in zip(FORMS, (self.tr("Word 文档"), self.tr("PDF 文件")), strict=True):
            row.addWidget(self._choice(self.forms, f"noticesAs-{key}", text))
        row.addStretch(1)
        self.forms.buttons()[0].setChecked(True)
        layout.addLayout(row)
        words = self.tr(
            "文件名为“企业名称（信用代码）年度评价告知书”；文件夹里已有的同名文件会被换掉。"
        )
        layout.addWidget(make_label(words, "caption", self, wrap=True))
        buttons = QDialogButtonBox(self)
        self.write_button = buttons.addButton(
            self.tr("选文件夹并导出…"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.write_button.setObjectName("noticesWrite")
        self.write_button.setAccessibleName(self.write_button.text())
        self.write_button.setProperty("kind", "primary")
        self.write_button.setEnabled(self.whom.checkedButton() is not None)
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("noticesCancel")
        cancel.setAccessibleName(cancel.text())
        buttons.accepted.connect(self.write)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _choice(self, group: QButtonGroup, name: str, text: str) -> QRadioButton:
        button = QRadioButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        group.addButton(button)
        return button

    def _preselect(self) -> None:
        """Propose several selected, else a filtered table, else everybody."""
        wanted = "all"
        if len(self.codes["selected"]) > 1:
            wanted = "selected"
        elif 0 < len(self.codes["shown"]) < len(self.codes["all"]):
            wanted = "shown"
        button = self.whom.buttons()[WHOM.index(wanted)]
        if button.isEnabled():
            button.setChecked(True)

    def ask_folder(self) -> Path | None:
        """Let the user choose where; None where they changed their mind."""
        suggested = export_folder(self._page.session.path)
        return ask_folder(self, self.tr("告知书保存到哪个文件夹"), suggested)

    def write(self) -> Job | None:
        """Ask for the folder, close, and write in a job with progress and cancel."""
        chosen = self.whom.checkedButton()
        folder = self.ask_folder() if chosen is not None else None
        if chosen is None or folder is None:
            return None
        codes = self.codes[WHOM[self.whom.buttons().index(chosen)]]
        form = FORMS[[button.isChecked() for button in self.forms.buttons()].index(True)]
        page, run_id = self._page, self._info.id
        options: dict[str, Any] = {"write": write_pdf, "suffix": ".pdf"} if form == "pdf" else {}

        def work(workspace: Workspace, progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.export_notices(
                workspace, folder, run_id, progress=progress, codes=codes, **options
            )

        self.accept()
        return page.session.read(
            work,
            page.exported.show_files,
            title=self.tr("正在写 {n} 份告知书").format(n=len(codes)),
            on_failure=page.office.failed,
            quiet=False,
        )
