"""The segment 政策与测算: a tariff, what it comes to, and what else enterprises pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from zoneeval_ui.pages.editing import EditingStack
from zoneeval_ui.pages.lists.comparing import ComparingView
from zoneeval_ui.pages.lists.content import ListsContent
from zoneeval_ui.pages.lists.estimating import EstimateView
from zoneeval_ui.pages.lists.segment import Segment
from zoneeval_ui.pages.lists.surcharges import SurchargesView
from zoneeval_ui.pages.lists.tariff_actions import TariffActions
from zoneeval_ui.pages.lists.tariff_editor import TariffEditor
from zoneeval_ui.pages.lists.tariff_view import TariffView
from zoneeval_ui.shell.leaving import Unsaved
from zoneeval_ui.theme import current_theme
from zoneeval_ui.widgets import Chip, ChipBar

if TYPE_CHECKING:
    from zoneeval_db.operations import RuleVersion
    from zoneeval_ui.pages.lists.page import ListsPage

View = TariffView | EstimateView | ComparingView | SurchargesView


class MeasuresSegment(Segment):
    """Four views on the chosen tariff, or the editor."""

    needs_run = False

    def __init__(self, page: ListsPage) -> None:
        super().__init__(page, "listsMeasures", page.tr("政策与测算"))
        theme = current_theme()
        self.content: ListsContent | None = None
        self.actions_bar = TariffActions(self)
        self.views: dict[str, View] = {
            "text": TariffView(self),
            "estimate": EstimateView(self),
            "compare": ComparingView(self),
            "others": SurchargesView(self),
        }
        self.chips = ChipBar("measuresView", remember=True)
        titles = (self.tr("标准"), self.tr("测算"), self.tr("两表比较"), self.tr("其他加价"))
        keys = tuple(self.views)
        self.chips.set_chips([Chip(k, title) for k, title in zip(keys, titles, strict=True)])
        self.chips.changed.connect(lambda _key: self._show_view())
        self.view_stack = QStackedWidget()
        self.tools = QStackedWidget()
        self.tools.addWidget(self.actions_bar.bar)
        for view in self.views.values():
            self.view_stack.addWidget(view)
            if view.bar is not None:
                self.tools.addWidget(view.bar)
        reading = QWidget()
        layout = QVBoxLayout(reading)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(10))
        row = QHBoxLayout()
        row.addWidget(self.chips)
        row.addWidget(self.tools, 1)
        layout.addLayout(row)
        layout.addWidget(self.view_stack, 1)
        self.editor = TariffEditor(page)
        self.stack = EditingStack(
            page, reading, self.editor, self.actions_bar, lambda: self.stop_editing()
        )
        self.rows.addWidget(self.stack, 1)

    @property
    def is_editing(self) -> bool:
        """Tell whether the editor is shown."""
        return self.stack.is_editing

    @property
    def run_id(self) -> int | None:
        """Return the run that amounts are reckoned for."""
        return self.page.run_id

    def sentence(self, content: ListsContent) -> str:
        """Say what can be done here."""
        if self.is_editing:
            return self.tr("照文件填写；右边马上显示问题和全年金额，改好后保存为新版本")
        if content.tariff is not None and not content.tariff.is_own:
            return self.tr("随程序提供的价格表只读，收到文件后复制一份，照文件填写")
        return self.tr("先看测算的金额，再定标准")

    def show_content(self, content: ListsContent) -> None:
        """Show the chosen tariff; what is being edited stays."""
        self.content = content
        self.page.tariff.setEnabled(not self.is_editing)
        self.actions_bar.enable(content.tariff)
        self._show_view()

    def open_view(self, key: str) -> View:
        """Choose a view and return it."""
        self.chips.choose(key)
        self._show_view()
        return self.views[key]

    def _show_view(self) -> None:
        view = self.views[self.chips.current]
        self.view_stack.setCurrentWidget(view)
        self.tools.setCurrentWidget(view.bar or self.actions_bar.bar)
        if self.content is not None:
            view.show_content(self.content)

    # -- editing -----------------------------------------------------------------

    def start_editing(self, text: str, before: str, *, is_new: bool = False) -> None:
        """Show the editor; ``is_new`` where nothing of the text was saved yet."""
        self.stack.show_editor(is_new=is_new)
        self.page.tariff.setEnabled(False)
        self.page.say()
        self.editor.edit(text, before)

    def stop_editing(self) -> None:
        """Show the views again."""
        self.stack.show_reading()
        self.page.tariff.setEnabled(True)
        if self.page.chips.current == "measures":
            self.page.say()

    def saved(self, version: RuleVersion) -> None:
        """Go back to the views, to the version just saved; the page is loaded after it."""
        from PySide6.QtCore import QSettings

        from zoneeval_ui.pages.lists.tariff_choice import remember_tariff

        remember_tariff(QSettings(), version.ref)
        self.chips.choose("text")
        self.stop_editing()

    def unsaved(self) -> Unsaved | None:
        """Return the edited tariff where it has changes that are not saved."""
        return self.stack.unsaved(self.tr("价格表“{title}”的修改还没有保存。"))
