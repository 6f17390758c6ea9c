"""What the freed land and energy mean to a zone's stars: a small window with the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from zoneeval_ui.pages.exits.ledger_tables import known_words
from zoneeval_ui.pages.stars.gap_tables import effects_table
from zoneeval_ui.tables import DataTable
from zoneeval_ui.theme import Tone, current_theme
from zoneeval_ui.widgets import Card, make_label

if TYPE_CHECKING:
    from zoneeval.model.exits import Freed
    from zoneeval.progress import Progress
    from zoneeval_db.operations import FreedWhatIf
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.exits.content import ExitsContent
    from zoneeval_ui.pages.exits.page import ExitsPage


def trial_year(content: ExitsContent, one: Freed) -> int:
    """Return the year whose figures are tried: that of the context, if it is before."""
    chosen = content.year
    return chosen if chosen is not None and chosen < one.year else one.year - 1


def open_trial(page: ExitsPage, one: Freed) -> None:
    """Try the stars of the zone on the figures of a year before what was freed."""
    content = page.content
    if content is None or one.zone is None:
        return
    zone, ladder, year = one.zone, content.ladder, trial_year(content, one)

    def work(ws: Workspace, _progress: Progress) -> FreedWhatIf:
        from zoneeval_db import operations

        return operations.freed_what_if(ws, zone, year, ladder)

    def arrived(found: FreedWhatIf) -> None:
        dialog = TrialDialog(found, zone, year, page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page.trial = dialog
        dialog.open()

    page.session.read(
        work,
        arrived,
        title=page.tr("正在试算"),
        on_failure=lambda error: page.window_shell.show_failure(error, page.tr("试算星级")),
    )


class TrialDialog(QDialog):
    """Say where the zone stands, and where it would stand without what was freed."""

    def __init__(self, found: FreedWhatIf, zone: str, year: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self.found = found
        self.setObjectName("exitTrialDialog")
        self.setWindowTitle(self.tr("腾出对星级的影响"))
        self.resize(theme.px(680), theme.px(420))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        report, freed = found.report, found.freed
        head = self.tr(
            "{zone}：{year} 年数据减去此后销号腾出的土地 {land} 亩、用能 {energy} 吨标准煤"
        ).format(
            zone=zone, year=year, land=known_words(freed.land), energy=known_words(freed.energy)
        )
        layout.addWidget(make_label(head, "sentence", wrap=True))
        before = report.gap.standing
        after = report.changed.standing if report.changed is not None else before
        same = before.verdict == after.verdict
        text = self.tr("星级：{before}").format(before=before.verdict)
        if same:
            text += self.tr("，试算后不变")
        else:
            text += self.tr("，试算后 {after}").format(after=after.verdict)
        self.verdict = make_label(text, "strong", wrap=True)
        self.verdict.setObjectName("exitTrialVerdict")
        layout.addWidget(self.verdict)
        self.table = DataTable("exitTrialTable")
        self.table.setAccessibleName(self.tr("试算前后的指标"))
        self.table.set_table(effects_table(report.changes, report.keys))
        card = Card(flush=True)
        card.add(self.table, 1)
        layout.addWidget(card, 1)
        notes = list(report.warnings)
        if found.left_out:
            notes.insert(
                0, self.tr("没有数据、没有试算的：{names}").format(names="、".join(found.left_out))
            )
        for words in notes:
            layout.addWidget(make_label(words, "caption", tone=Tone.UNCERTAIN, wrap=True))
        buttons = QDialogButtonBox(self)
        close = buttons.addButton(self.tr("关闭"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setObjectName("exitTrialClose")
        close.setAccessibleName(close.text())
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
