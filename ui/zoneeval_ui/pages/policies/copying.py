"""What is asked when a policy is copied: the head of the new one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from zoneeval_ui.pages.evaluation.knobs import plain_box
from zoneeval_ui.theme import current_theme


@dataclass(frozen=True, slots=True)
class NewHead:
    """Title, document number, year and first year of validity of a new policy."""

    title: str
    number: str
    year: int
    valid_from: int


class CopyDialog(QDialog):
    """Asks for the head of the copy; the title must not be empty."""

    def __init__(
        self, proposed: NewHead, parent: QWidget | None = None, title: str = "", verb: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("policyCopyDialog")
        self.setWindowTitle(title or self.tr("复制为新办法"))
        self.setMinimumWidth(current_theme().px(520))
        form = QFormLayout(self)
        self.title = QLineEdit(proposed.title, self)
        self.number = QLineEdit(proposed.number, self)
        self.number.setPlaceholderText(self.tr("还没有发文可以先不写"))
        self.year = QSpinBox(self)
        self.start = QSpinBox(self)
        for box, value in ((self.year, proposed.year), (self.start, proposed.valid_from)):
            plain_box(box)
            box.setFixedWidth(current_theme().px(90))
            box.setRange(1990, 2100)
            box.setValue(value)
        for name, label, widget in (
            ("copyTitle", self.tr("名称"), self.title),
            ("copyNumber", self.tr("文号"), self.number),
            ("copyYear", self.tr("文件年份"), self.year),
            ("copyFrom", self.tr("从哪一年度起适用"), self.start),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(label)
            form.addRow(label, widget)
        buttons = QDialogButtonBox(self)
        words = verb or self.tr("复制")
        agree = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        agree.setProperty("kind", "primary")
        cancel = buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        for part, name in ((agree, "copyAgree"), (cancel, "copyCancel")):
            part.setObjectName(name)
            part.setAccessibleName(part.text())
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.title.textChanged.connect(lambda words: agree.setEnabled(bool(words.strip())))
        form.addRow(buttons)

    def head(self) -> NewHead:
        """Return what was entered."""
        title, number = self.title.text().strip(), self.number.text().strip()
        return NewHead(title, number, self.year.value(), self.start.value())
