"""Points by bands, as a small table: up to which value, how many points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import make_label

Band = Mapping[str, Any]
translate = QCoreApplication.translate


def bands_words(bands: Sequence[Band], *, percent: bool = False) -> str:
    """Return bands in words: 10 以下 0 分，10—20 的 5 分，20 以上 10 分."""
    times, unit = (100, "%") if percent else (1, "")

    def end(band: Band, key: str) -> str:
        return f"{band[key] * times:.10g}{unit}"

    parts = []
    for band in bands:
        if "from" not in band:
            words = translate("Policies", "{end} 以下").format(end=end(band, "to"))
        elif "to" not in band:
            words = translate("Policies", "{end} 以上").format(end=end(band, "from"))
        else:
            words = f"{end(band, 'from')}—{end(band, 'to')}"
        parts.append(translate("Policies", "{of} {n:.10g} 分").format(of=words, n=band["score"]))
    return "，".join(parts)


class BandsDialog(QDialog):
    """A line per band, from the lowest values up; the last one is open."""

    def __init__(
        self, title: str, value: Any, parent: QWidget | None = None, *, percent: bool = False
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.setObjectName("bandsDialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(460))
        self._unit, self._times = ("%", 100) if percent else ("", 1)
        self.value: list[dict[str, float]] = []
        self._lines: list[tuple[QWidget, QLineEdit, QLineEdit]] = []
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        words = self.tr(
            "从低到高一段一行：数值到多少为止、得几分。最后一段不写到多少，其余的都算它。"
        )
        layout.addWidget(make_label(words, "secondary", self, wrap=True))
        self._rows = QVBoxLayout()
        layout.addLayout(self._rows)
        self.add_button = QPushButton(self.tr("增加一段"), self)
        self.add_button.setObjectName("bandsAdd")
        self.add_button.setAccessibleName(self.add_button.text())
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(lambda _on=False: self.add("", ""))
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        layout.addLayout(row)
        self.problem = make_label("", "", self, tone=Tone.C, wrap=True)
        self.problem.setObjectName("bandsProblem")
        self.problem.setAccessibleName(self.tr("问题"))
        layout.addWidget(self.problem)
        buttons = QDialogButtonBox(self)
        self.agree = buttons.addButton(self.tr("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree.setObjectName("bandsAgree")
        self.agree.setAccessibleName(self.agree.text())
        self.agree.setProperty("kind", "primary")
        self.agree.setDefault(True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        for band in value or ():
            end = f"{band['to'] * self._times:.10g}" if "to" in band else ""
            self.add(end, f"{band['score']:.10g}")

    def add(self, end: str, score: str) -> None:
        """Add a line below the others."""
        made, number = QWidget(self), len(self._lines)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        upto, points = QLineEdit(end, made), QLineEdit(score, made)
        upto.setPlaceholderText(self.tr("以上"))
        for edit, name, words in (
            (upto, "bandsEnd", self.tr("数值到")),
            (points, "bandsScore", self.tr("得分")),
        ):
            edit.setObjectName(f"{name}-{number}")
            edit.setAccessibleName(words)
            edit.textChanged.connect(lambda _words: self._read())
        gone = QPushButton(self.tr("删去"), made)
        gone.setObjectName(f"bandsRemove-{number}")
        gone.setAccessibleName(self.tr("删去这一段"))
        gone.setProperty("kind", "link")
        gone.setAutoDefault(False)
        gone.clicked.connect(lambda _on=False: self._remove(made))
        unit = make_label(self._unit, "secondary", made)
        got, last = make_label(self.tr("得"), "", made), make_label(self.tr("分"), "", made)
        for widget in (make_label(self.tr("到"), "", made), upto, unit, got, points, last, gone):
            row.addWidget(widget)
        self._rows.addWidget(made)
        self._lines.append((made, upto, points))
        self._read()

    def _remove(self, made: QWidget) -> None:
        self._lines = [line for line in self._lines if line[0] is not made]
        self._rows.removeWidget(made)
        made.hide()
        made.deleteLater()
        self._read()

    def _read(self) -> None:
        """Take the lines over where they are sound, else say what is wrong."""
        found: list[dict[str, float]] = []
        problem = ""
        for number, (_, upto, points) in enumerate(self._lines, start=1):
            band = {"from": found[-1]["to"]} if found and "to" in found[-1] else {}
            last = number == len(self._lines)
            end, score = upto.text().strip(), points.text().strip()
            try:
                if end:
                    band["to"] = round(float(end) / self._times, 12)
                band["score"] = float(score)
            except ValueError:
                problem = problem or self.tr("第 {n} 段要填数字。").format(n=number)
            if not last and not end:
                problem = problem or self.tr("第 {n} 段还没有写到多少。").format(n=number)
            if last and end:
                problem = problem or self.tr("最后一段不写到多少，请再增加一段或删去这个数。")
            if "from" in band and "to" in band and band["to"] <= band["from"]:
                problem = problem or self.tr("第 {n} 段没有比上一段高。").format(n=number)
            found.append(band)
        if len(found) < 2:
            problem = problem or self.tr("至少要有两段。")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.agree.setEnabled(not problem)
        if not problem:
            self.value = found
