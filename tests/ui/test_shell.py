"""The main window: pages made late, context, palette, dropped files, actions."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox

from zoneeval.errors import WorkspaceError
from zoneeval_ui.shell import (
    ActionSpec,
    Choice,
    CommandPalette,
    Context,
    MainWindow,
    Page,
    PageSpec,
    PageState,
    PaletteItem,
)
from zoneeval_ui.theme import ThemeMode


class Counting(Page):
    """A page that counts how often it has loaded."""

    def __init__(self, page_id: str, title: str) -> None:
        super().__init__(page_id, title)
        self.loads = 0

    def refresh(self) -> None:
        self.loads += 1
        if self.context.zone is None:
            self.show_empty("还没有园区", "先导入表格。", "导入", lambda: None)
        else:
            self.show_ready()


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def window(qtbot, runner, made) -> MainWindow:
    def factory(page_id: str, title: str):
        def make(_window: MainWindow) -> Page:
            made.append(page_id)
            return Counting(page_id, title)

        return make

    specs = [
        PageSpec("home", "总览", "", factory("home", "总览")),
        PageSpec("stars", "园区星级", "园区", factory("stars", "园区星级"), "xingji"),
    ]
    window = MainWindow(specs, runner)
    qtbot.addWidget(window)
    window.show()
    assert window.current_page is None, "the window is painted before its first page is made"
    qtbot.waitUntil(lambda: window.current_page is not None)
    return window


def test_pages_are_made_when_first_shown(window, made):
    assert made == ["home"]
    assert window.navigation.current == "home"
    window.navigation.findChild(QAbstractButton, "navigate-stars").click()
    assert made == ["home", "stars"]
    assert window.current_page.id == "stars"
    window.go_to("home")
    window.go_to("stars")
    assert made == ["home", "stars"]


def test_hidden_pages_load_when_shown(window):
    home, stars = window.page("home"), window.go_to("stars")
    assert (home.loads, stars.loads) == (1, 1)
    window.set_context(Context("东园", 2024, "demo"))
    assert (home.loads, stars.loads) == (1, 2)
    assert home.is_stale
    window.go_to("home")
    assert home.loads == 2
    assert home.context.year == 2024
    window.set_context(Context("东园", 2024, "demo"))
    assert home.loads == 2


def test_page_states(window):
    home = window.page("home")
    assert home.state is PageState.EMPTY
    assert home.empty_state.title == "还没有园区"
    home.show_error("文件被另一台电脑打开。")
    assert home.error_state.text == "文件被另一台电脑打开。"
    window.set_context(Context("东园"))
    home.error_state.clicked.emit()
    assert home.state is PageState.READY


def test_picking_a_year_changes_the_context_and_drops_the_run(window, qtbot):
    window.context_bar.set_choices(
        [Choice("e", "东园")], [Choice(2023, "2023"), Choice(2024, "2024")], []
    )
    window.set_context(Context("e", 2024, "demo", run_id=3))
    actions = window.context_bar.year.menu().actions()
    with qtbot.waitSignal(window.context_changed) as caught:
        actions[0].trigger()
    assert caught.args == [Context("e", 2023, "demo", None)]
    assert window.context_bar.year.value_text == "2023"
    assert window.current_page.context.year == 2023


def test_certainty_is_shown_only_where_there_is_doubt(window):
    assert window.context_bar.certainty == ""
    window.context_bar.set_certainty("办法部分数值为示意")
    assert window.context_bar.certainty == "办法部分数值为示意"


def test_counts_come_from_pages(window):
    window.page("home").count_changed.emit(12)
    assert window.navigation.count("home") == 12


def test_ctrl_k_finds_a_page(window, qtbot):
    window.actions_table.action("find").trigger()
    palette = window.findChild(CommandPalette)
    assert window.actions_table.action("find").shortcut().toString() == "Ctrl+K"
    assert palette.titles == ["总览", "园区星级"]
    line = palette.findChild(QLineEdit)
    qtbot.keyClicks(line, "xingji")
    assert palette.titles == ["园区星级"]
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert window.current_page.id == "stars"


def test_ctrl_k_finds_commands_and_enterprises(window, qtbot):
    found = []
    window.add_search(
        lambda text: (
            [PaletteItem("样例食品厂", "9141…", "企业", lambda: found.append(text))]
            if text and text in "样例食品厂"
            else []
        )
    )
    palette = window.open_palette()
    line = palette.findChild(QLineEdit)
    line.setText("深色")
    assert palette.titles == ["深色"]
    line.setText("没有这样的东西")
    assert palette.titles == []
    line.setText("食品")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert found == ["食品"]


def drop(window: MainWindow, *paths: str) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    keys = Qt.KeyboardModifier.NoModifier
    try:
        enter = QDragEnterEvent(QPointF(5, 5), *how, keys)
    except TypeError:  # before Qt 6.12 the place was given in whole pixels
        enter = QDragEnterEvent(QPoint(5, 5), *how, keys)
    enter.setAccepted(False)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *how, keys))
    return True


def test_dropped_workspace_is_opened(window, qtbot):
    with qtbot.waitSignal(window.open_requested) as caught:
        accepted = drop(window, "/data/示例.zoneeval", "/data/税务.xlsx")
    assert caught.args == ["/data/示例.zoneeval"]
    assert accepted


def test_dropped_workbooks_go_to_the_import(window, qtbot):
    with qtbot.waitSignal(window.import_requested) as caught:
        drop(window, "/data/税务.XLSX", "/data/~$税务.xlsx", "/data/说明.pdf", "/data/供电.xls")
    assert caught.args == [["/data/税务.XLSX", "/data/供电.xls"]]


def test_other_files_are_not_accepted(window):
    assert not drop(window, "/data/说明.pdf")


def test_workspace_is_shown_and_remembered(window, qtbot):
    importing = window.actions_table.action("import")
    assert not importing.isEnabled()
    window.set_workspace("/data/a.zoneeval")
    window.set_workspace("/data/b.zoneeval")
    window.set_workspace("/data/a.zoneeval")
    assert importing.isEnabled()
    assert window.windowTitle() == "a.zoneeval — 园区评价"
    assert window.status.text("file") == "a.zoneeval"
    assert window.recent.paths == ("/data/a.zoneeval", "/data/b.zoneeval")
    menu = window.actions_table.menu("文件/最近打开")
    with qtbot.waitSignal(window.open_requested) as caught:
        menu.actions()[1].trigger()
    assert caught.args == ["/data/b.zoneeval"]


def test_theme_actions_change_and_show_the_theme(window, theme):
    table = window.actions_table
    table.action("theme-dark").trigger()
    assert theme.mode is ThemeMode.DARK
    assert table.action("theme-dark").isChecked()
    assert not table.action("theme-light").isChecked()


def test_more_actions_can_be_added(window):
    done = []
    spec = ActionSpec(
        "evaluate",
        "重新评价",
        "评价",
        lambda: done.append(1),
        "F9",
    )
    window.actions_table.add([spec])
    window.actions_table.action("evaluate").trigger()
    assert done == [1]


def test_refused_work_is_told_in_a_sentence(window, qtbot):
    def fail(progress):
        raise WorkspaceError("文件正由另一个人打开，请稍后再试。")

    window.runner.run(fail, title="打开", on_success=lambda value: None)
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None)
    assert window.findChild(QMessageBox).text() == "文件正由另一个人打开，请稍后再试。"


def test_geometry_is_kept(window, qtbot, runner):
    window.resize(window.minimumWidth(), 640)
    window.close()
    other = MainWindow([], runner)
    qtbot.addWidget(other)
    assert other.height() == 640


def test_everything_that_can_be_pressed_has_a_name(window):
    window.go_to("stars")
    nameless = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisibleTo(window)
        and not (button.objectName() and (button.accessibleName() or button.text()))
    ]
    own = [b for b in nameless if not b.objectName().startswith("qt_")]
    assert own == []


def test_shell_needs_no_heavy_library():
    code = (
        "import sys, zoneeval_ui.application, zoneeval_ui.shell\n"
        "heavy = {'numpy', 'pandas', 'openpyxl', 'sqlite_utils', 'pyqtgraph'}\n"
        "sys.exit(str(sorted(heavy & set(sys.modules))) if heavy & set(sys.modules) else 0)\n"
    )
    root = Path(__file__).parents[2]
    paths = os.pathsep.join(str(root / part) for part in ("", "db", "ui"))
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
