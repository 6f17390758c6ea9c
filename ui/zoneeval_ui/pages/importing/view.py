"""The page 导入 as it looks: its buttons, its steps, and what is shown at which of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from zoneeval_ui.pages.base import WorkspacePage
from zoneeval_ui.pages.importing import wording
from zoneeval_ui.pages.importing.content import CheckedImport, ImportState, StoredImport
from zoneeval_ui.pages.importing.drafts import Drafting
from zoneeval_ui.pages.importing.fixing import Fixing
from zoneeval_ui.pages.importing.grid import GridCard
from zoneeval_ui.pages.importing.recognised import RecognisedCard
from zoneeval_ui.pages.importing.results import ResultsPane
from zoneeval_ui.pages.importing.sending_back import SendingBack
from zoneeval_ui.pages.importing.stepping import Stepping, on_card
from zoneeval_ui.pages.importing.target import TargetBar
from zoneeval_ui.pages.importing.templates import TemplateMenu
from zoneeval_ui.pages.importing.thresholds import ThresholdsAsk
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import EmptyState

if TYPE_CHECKING:
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow


class ImportView(WorkspacePage):
    """Widgets and helpers of the page; what they do is :class:`ImportPage`'s."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__("import", "", window, session)
        self.title = self.tr("导入")
        self.setAccessibleName(self.title)
        self.header.set_title(self.title)
        self._checked: CheckedImport | None = None
        self._stored: StoredImport | None = None
        self._known = ImportState((), (), "")
        self._busy = False
        self._undo = self.header.add_button("importUndo", self.tr("撤销上次导入"))
        self._blank = self.header.add_button("importTemplates", self.tr("下载空白模板"))
        self.templates = TemplateMenu(self, self._blank)
        self._discard = self.header.add_button("importDiscard", self.tr("放弃"))
        self._discard.setToolTip(self.tr("放弃这次导入和它的草稿；已保存的数据不变"))
        self._problems = self.header.add_button("importProblems", self.tr("导出问题给部门…"))
        self._problems.setToolTip(self.tr("在原表上标出问题并附问题清单，发回部门改正"))
        self._choose = self.header.add_button("importChoose", self.tr("选择表格…"))
        self._primary = self.header.add_button("importNext", "", primary=True)
        self._target = TargetBar(self)
        self._results = ResultsPane(self)
        self._issues = self._results.issues
        self._questions = self._results.questions
        self._recognised = RecognisedCard(self)
        self._fixing = Fixing(self)
        self._limits = ThresholdsAsk(self, self._begin)
        self._drafting = Drafting(self, self._begin)
        self._sending = SendingBack(self, self._begin)
        self._drop = EmptyState(
            self.tr("把各部门的表格拖到这里"),
            wording.what_can_come(),
            self.tr("选择表格…"),
            self,
            icon="↓",
        )
        self._drop.setObjectName("importDrop")
        self._done = EmptyState("", parent=self, icon="✓")
        self._done.setObjectName("importDone")
        self._phases = QStackedWidget(self)
        self._phases.setObjectName("importPhases")
        for phase in (
            self._start(),
            self._results,
            on_card(self._done, self),
            self._recognised,
        ):
            self._phases.addWidget(phase)
        self._stepping = Stepping(self, self._phases)
        self.body_layout.addWidget(self._target)
        self.body_layout.addWidget(self._sending.note)
        self.body_layout.addWidget(self._stepping.strip)
        self.body_layout.addWidget(self._phases, 1)

    def _start(self) -> QWidget:
        start = QWidget(self)
        column = QVBoxLayout(start)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(12))
        column.addWidget(self._drafting.card)
        column.addWidget(on_card(self._drop, start), 1)
        return start

    @property
    def checked(self) -> CheckedImport | None:
        """Return the check that is shown, if any."""
        return self._checked

    @property
    def stored(self) -> StoredImport | None:
        """Return what was stored last, while it is shown."""
        return self._stored

    @property
    def grid(self) -> GridCard:
        """Return the draft grid."""
        return self._results.grid

    def _begin(self) -> bool:
        """Start something long; tell whether nothing else is under way."""
        if self._busy:
            return False
        self._busy = True
        self.banner.hide()
        self._arrange()
        return True

    def _arrange(self) -> None:
        """Let sentence, buttons and body agree with how far the import is."""
        ready, found, stored = self.state == "ready", self._checked, self._stored
        if found is None:
            self._target.offer_set_aside(False)
            self._target.set_files("")
        self._stepping.arrange(found, stored)
        self._target.setVisible(stored is None)
        self._target.setEnabled(not self._busy)
        self._undo.setVisible(ready and bool(self._known.undo_label) and found is None)
        self._undo.setToolTip(self._known.undo_label)
        self._undo.setEnabled(not self._busy)
        self._blank.setVisible(found is None)
        self._discard.setVisible(ready and found is not None)
        self._discard.setEnabled(not self._busy)
        self._problems.setVisible(ready and found is not None and bool(found.issues))
        self._problems.setEnabled(not self._busy)
        self._choose.setVisible(ready and (found is not None or stored is not None))
        self._choose.setEnabled(not self._busy)
        self._primary.setVisible(ready and (found is not None or stored is not None))
        asking = found is not None and stored is None
        text = (self._stepping.next_text() if asking else "") or wording.next_step(found, stored)
        self._primary.setText(text)
        self._primary.setAccessibleName(text)
        can = stored is not None or found is None or found.can_commit
        can = can or bool(self._stepping.next_text())
        self._primary.setEnabled(can and not self._busy)
        sentence = (self._stepping.sentence() if asking else "") or wording.sentence(found, stored)
        self.header.set_sentence(sentence if ready else "")
