"""The main window: navigation, context bar, pages, status line, menus, dropped files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from zoneeval_ui.jobs.dialogs import ProgressDialogs
from zoneeval_ui.jobs.job import Job
from zoneeval_ui.jobs.runner import JobRunner
from zoneeval_ui.shell.actions import ActionSpec, ActionTable
from zoneeval_ui.shell.context import Context
from zoneeval_ui.shell.context_bar import ContextBar
from zoneeval_ui.shell.files import RecentFiles, dropped_files
from zoneeval_ui.shell.finding import PaletteItem, Search
from zoneeval_ui.shell.leaving import Leaving
from zoneeval_ui.shell.navigation import Navigation
from zoneeval_ui.shell.page import Page
from zoneeval_ui.shell.standard_actions import fill_recent, standard_actions
from zoneeval_ui.shell.status_line import StatusLine
from zoneeval_ui.theme import current_theme

if TYPE_CHECKING:
    from zoneeval_ui.shell.palette import CommandPalette

GEOMETRY = "window/geometry"
LAST_PAGE = "window/page"


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page of the navigation; ``factory`` makes it when it is first shown."""

    id: str
    title: str
    group: str
    factory: Callable[[MainWindow], Page]
    keywords: str = ""


class MainWindow(QMainWindow):
    """The shell around the pages; it knows pages, context and files, but no domain data.

    ``new_requested`` and ``open_requested`` carry the path of a workspace,
    ``import_requested`` a list of workbook paths.
    """

    new_requested = Signal(str)
    open_requested = Signal(str)
    import_requested = Signal(list)
    context_changed = Signal(object)
    page_changed = Signal(str)
    closing = Signal()

    def __init__(
        self, pages: Sequence[PageSpec], runner: JobRunner, *, actions: Sequence[ActionSpec] = ()
    ) -> None:
        super().__init__()
        theme = current_theme()
        self.setObjectName("mainWindow")
        self.setAcceptDrops(True)
        self.setMinimumSize(theme.px(960), theme.px(600))
        self.runner = runner
        self.recent = RecentFiles(self)
        self._specs = {spec.id: spec for spec in pages}
        self._pages: dict[str, Page] = {}
        self._sources: list[Search] = [self._find_page, self._find_command]
        self.leaving = Leaving(self)
        self._context = Context()
        self._workspace: str | None = None
        self.context_bar = ContextBar(self)
        self.navigation = Navigation([(s.id, s.title, s.group) for s in pages], self)
        self.status = StatusLine(runner, self)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("pages")
        self._arrange()
        self.actions_table = ActionTable(self)
        self.actions_table.add(standard_actions(self))
        self.actions_table.add(actions)
        fill_recent(self)
        self.recent.changed.connect(lambda: fill_recent(self))
        self.context_bar.context_changed.connect(self._context_picked)
        self.context_bar.search_requested.connect(self.open_palette)
        self.navigation.chosen.connect(self.go_to)
        self._dialogs = ProgressDialogs(runner, self)
        runner.refused.connect(self._failed)
        runner.crashed.connect(self._failed)
        self.set_workspace(None)
        self._restore()

    def _arrange(self) -> None:
        body = QWidget(self)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self._stack, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.context_bar)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(body)

    # -- pages -----------------------------------------------------------------------

    @property
    def page_ids(self) -> tuple[str, ...]:
        """Return the ids of all pages in the order of the navigation."""
        return tuple(self._specs)

    @property
    def current_page(self) -> Page | None:
        """Return the page in sight."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def page(self, page_id: str) -> Page:
        """Return a page, making it where it has not been shown yet."""
        if page_id not in self._pages:
            page = self._specs[page_id].factory(self)
            page.count_changed.connect(lambda n, i=page_id: self.navigation.set_count(i, n))
            page.set_context(self._context)
            self._pages[page_id] = page
            self._stack.addWidget(page)
        return self._pages[page_id]

    def go_to(self, page_id: str) -> Page:
        """Show a page and return it; what the page in sight has not saved is asked about."""
        page, current = self.page(page_id), self.current_page
        if current is not None and current is not page:
            self.navigation.choose(current.id)
            if not self.leaving.leave([current], lambda: self.go_to(page_id)):
                return page
        self.navigation.choose(page_id)
        self._stack.setCurrentWidget(page)
        QSettings().setValue(LAST_PAGE, page_id)
        self.page_changed.emit(page_id)
        return page

    def leave_then(self, does: Callable[[], object]) -> None:
        """Do what ends the work on all pages; what is not saved is asked about first."""
        if self.leaving.leave(self._pages.values(), lambda: self.leave_then(does)):
            does()

    def mark_stale(self, page_ids: Sequence[str] | None = None) -> None:
        """Let pages load again (None: all that exist), at the latest when shown."""
        for page_id, page in self._pages.items():
            if page_ids is None or page_id in page_ids:
                page.mark_stale()

    # -- context and file --------------------------------------------------------------

    @property
    def context(self) -> Context:
        """Return what everything is about."""
        return self._context

    def set_context(self, context: Context) -> None:
        """Change what everything is about; every page loads again when shown."""
        if context == self._context:
            return
        self._context = context
        self.context_bar.set_context(context)
        for page in self._pages.values():
            page.set_context(context)
        self.context_changed.emit(context)
        self.actions_table.refresh()

    def _context_picked(self, context: Context) -> None:
        """Take over what the user has picked; another policy is asked about first."""
        if context.policy != self._context.policy:
            self.context_bar.set_context(self._context)
            pages = self._pages.values()
            if not self.leaving.leave(pages, lambda: self._context_picked(context)):
                return
        self.set_context(context)

    @property
    def workspace(self) -> str | None:
        """Return the path of the open workspace."""
        return self._workspace

    def set_workspace(self, path: str | None) -> None:
        """Show which file is open in title, status line and list of recent files."""
        self._workspace = path
        name = Path(path).name if path else ""
        title = self.tr("园区评价")
        self.setWindowTitle(f"{name} — {title}" if name else title)
        self.status.set_file(name, path or "")
        self.status.set_saved(self.tr("已保存") if path else "")
        self.status.set_backup("")
        if path:
            self.recent.add(path)
        self.actions_table.refresh()

    # -- palette -------------------------------------------------------------------------

    def add_search(self, source: Search) -> None:
        """Let Ctrl+K find more (enterprises); asked at every keystroke."""
        self._sources.append(source)

    def open_palette(self) -> CommandPalette:
        """Open the search over pages, commands and enterprises."""
        from zoneeval_ui.shell.palette import CommandPalette

        palette = CommandPalette(self._sources, self)
        palette.open()
        return palette

    def _find_page(self, text: str) -> list[PaletteItem]:
        items = [
            PaletteItem(
                spec.title,
                spec.group,
                self.tr("页面"),
                lambda i=spec.id: self.go_to(i),  # type: ignore[misc]
                f"{spec.id} {spec.keywords}",
            )
            for spec in self._specs.values()
        ]
        return [item for item in items if item.matches(text)]

    def _find_command(self, text: str) -> list[PaletteItem]:
        if not text:
            return []
        table = self.actions_table
        items = [
            PaletteItem(
                spec.text, spec.menu, self.tr("命令"), table.action(spec.id).trigger, spec.id
            )
            for spec in table.specs
            if table.is_enabled(spec)
        ]
        return [item for item in items if item.matches(text)]

    # -- failures --------------------------------------------------------------------------

    def show_failure(self, error: BaseException, doing: str = "") -> None:
        """Tell a failure: a sentence for a UserError, a report for anything else."""
        from zoneeval_ui.jobs.report import show_error

        show_error(error, doing, self)

    def _failed(self, job: Job, error: BaseException) -> None:
        self.show_failure(error, job.title)

    # -- window ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the first page as soon as the window itself has been painted."""
        super().paintEvent(event)
        if self.current_page is None:
            QTimer.singleShot(0, self, self._show_first_page)

    def _show_first_page(self) -> None:
        if self.current_page is None and self._specs:
            self.go_to(next(iter(self._specs)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, remember the geometry and stop all work."""
        if not self.leaving.leave(self._pages.values(), self.close):
            event.ignore()
            return
        QSettings().setValue(GEOMETRY, self.saveGeometry())
        self.closing.emit()
        self.runner.shutdown()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept a workspace file or workbooks."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a workspace, or hand workbooks to the import."""
        files = dropped_files(event.mimeData())
        if not files:
            return
        event.acceptProposedAction()
        if files.workspace is not None:
            self.open_requested.emit(files.workspace)
        else:
            self.import_requested.emit(list(files.workbooks))

    def _restore(self) -> None:
        stored = QSettings().value(GEOMETRY)
        if isinstance(stored, QByteArray) and self.restoreGeometry(stored):
            return
        theme = current_theme()
        width, height = theme.px(1440), theme.px(900)
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            room = screen.availableGeometry()
            width, height = min(width, room.width()), min(height, room.height())
        self.resize(width, height)
