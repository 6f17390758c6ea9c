"""Where to save, and what was saved: shared by the pages that export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label

FOLDER = "files/exports"


def export_folder(workspace: Path | None) -> Path:
    """Return where the last export went, else the folder of the workspace."""
    stored = str(QSettings().value(FOLDER, ""))
    if stored and Path(stored).is_dir():
        return Path(stored)
    return workspace.parent if workspace is not None else Path.home()


def ask_file(parent: QWidget, title: str, suggested: Path) -> Path | None:
    """Let the user choose a workbook's name (of ``suggested`` .docx: a document's), or None."""
    is_word = suggested.suffix.lower() == ".docx"
    kind = parent.tr("Word 文档 (*.docx)") if is_word else parent.tr("Excel 工作簿 (*.xlsx)")
    name, _filter = QFileDialog.getSaveFileName(parent, title, str(suggested), kind)
    if not name:
        return None
    path, suffix = Path(name), ".docx" if is_word else ".xlsx"
    return path if path.suffix.lower() == suffix else path.with_name(f"{path.name}{suffix}")


def ask_folder(parent: QWidget, title: str, suggested: Path) -> Path | None:
    """Let the user choose a folder; None where they changed their mind."""
    name = QFileDialog.getExistingDirectory(parent, title, str(suggested))
    return Path(name) if name else None


def open_path(path: Path) -> bool:
    """Open a file or folder with the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class ExportedNote(Card):
    """Say what was exported, with buttons that open it; hidden until then."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        theme = current_theme()
        self.setObjectName("exportedNote")
        self.files: list[Path] = []
        self.body.setContentsMargins(theme.px(14), theme.px(6), theme.px(8), theme.px(6))
        self._text = make_label("", tone=Tone.A, wrap=True)
        self._text.setObjectName("exportedText")
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        self.open_button = self._button("exportedOpen", self.tr("打开文件"))
        self.open_button.clicked.connect(lambda: open_path(self.files[0]))
        self.folder_button = self._button("exportedFolder", self.tr("打开所在文件夹"))
        self.folder_button.clicked.connect(lambda: open_path(self.files[0].parent))
        close = self._button("exportedClose", "×")
        close.setAccessibleName(self.tr("关闭提示"))
        close.clicked.connect(self.hide)
        for button in (self.open_button, self.folder_button, close):
            row.addWidget(button)
        self.body.addLayout(row)
        self.hide()

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setProperty("kind", "link")
        return button

    @property
    def text(self) -> str:
        """Return the sentence."""
        return self._text.text()

    def show_files(self, files: Sequence[Path]) -> None:
        """Say that these files were written, and remember their folder."""
        if not files:
            return
        self.files = list(files)
        folder = self.files[0].parent
        QSettings().setValue(FOLDER, str(folder))
        if len(self.files) == 1:
            text = self.tr("已导出：{name}").format(name=self.files[0].name)
        else:
            text = self.tr("已导出 {n} 个文件到“{folder}”").format(
                n=len(self.files), folder=folder.name
            )
        self._text.setText(text)
        self._text.setToolTip("\n".join(str(path) for path in self.files))
        self.setAccessibleName(text)
        self.open_button.setVisible(len(self.files) == 1)
        self.show()
