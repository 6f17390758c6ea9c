"""Imports kept as drafts: offered again when the page opens, or given up."""

from __future__ import annotations

import shutil
import weakref
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from zoneeval_ui.pages.importing.content import ImportState, give_up, open_draft, read_state
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Card, Section, make_label

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_db.operations import DraftInfo
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_ui.pages.base import WorkspacePage

MOST_SHOWN = 4


class DraftsCard(Card):
    """The newest drafts; ``resumed`` and ``given_up`` carry the id of one."""

    resumed = Signal(int)
    given_up = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, flush=True)
        self.setObjectName("draftsCard")
        self._drafts: tuple[DraftInfo, ...] = ()
        self._body = QWidget(self)
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.add(self._body)
        self.hide()

    def set_drafts(self, drafts: Sequence[DraftInfo]) -> None:
        """Offer these drafts; without any the card is hidden."""
        self.setVisible(bool(drafts))
        if tuple(drafts) == self._drafts:
            return
        self._drafts = tuple(drafts)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, draft in enumerate(drafts[:MOST_SHOWN]):
            self._rows.addWidget(self._row(draft, first=at == 0))

    def _row(self, draft: DraftInfo, *, first: bool) -> Section:
        section = Section("", self._body, line=not first)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(10))
        when = datetime.fromisoformat(draft.updated_at)
        resume = QPushButton(
            self.tr("继续上次的导入（{label}）").format(label=draft.label)
            if first
            else self.tr("继续（{label}）").format(label=draft.label),
            section,
        )
        resume.setObjectName("draftResume")
        resume.setAccessibleName(resume.text())
        resume.setProperty("kind", "link")
        resume.clicked.connect(lambda: self.resumed.emit(draft.id))
        stamp = self.tr("{month} 月 {day} 日 {time} 自动保存").format(
            month=when.month, day=when.day, time=when.strftime("%H:%M")
        )
        drop = QPushButton(self.tr("放弃"), section)
        drop.setObjectName("draftGiveUp")
        drop.setAccessibleName(self.tr("放弃草稿：{label}").format(label=draft.label))
        drop.setProperty("kind", "link")
        drop.clicked.connect(lambda: self.given_up.emit(draft.id))
        row.addWidget(resume)
        row.addWidget(make_label(stamp, "secondary", section), 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(drop)
        section.body.addLayout(row)
        return section


class Drafting(QObject):
    """Goes on with kept imports and gives them up; ``resumed`` carries the order of one.

    Workbooks of a draft that are no longer where they were are put into a folder that is
    removed with the object, at the latest when the program ends.
    """

    resumed = Signal(object)
    told = Signal(object)
    failed = Signal(object)

    def __init__(self, page: WorkspacePage, begin: Callable[[], bool]) -> None:
        super().__init__(page)
        self._page, self._begin = page, begin
        self._remove: weakref.finalize[..., Drafting] | None = None
        self.card = DraftsCard(page)
        self.card.resumed.connect(self.resume)
        self.card.given_up.connect(self.give_up)

    def resume(self, draft_id: int) -> None:
        """Go on with an import that was kept."""
        if not self._begin():
            return
        folder = self._fresh()
        self._page.session.read(
            lambda ws, _progress: open_draft(ws, draft_id, folder),
            self.resumed.emit,
            on_failure=self.failed.emit,
        )

    def give_up(self, draft_id: int) -> None:
        """Remove a draft, and tell what is there now."""

        def work(ws: Workspace, _progress: Progress) -> ImportState:
            give_up(ws, draft_id)
            return read_state(ws)

        self._page.session.read(work, self.told.emit, on_failure=self.failed.emit)

    def clear(self) -> None:
        """Remove the folder."""
        if self._remove is not None:
            self._remove()
            self._remove = None

    def _fresh(self) -> Path:
        self.clear()
        made = mkdtemp(prefix="zoneeval-")
        self._remove = weakref.finalize(self, shutil.rmtree, made, ignore_errors=True)
        return Path(made)
