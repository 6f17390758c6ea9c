"""The actions that every window has: 文件, 视图, 帮助."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl

from zoneeval_ui.logs import log_folder
from zoneeval_ui.shell.actions import ActionSpec
from zoneeval_ui.shell.files import WORKBOOK_SUFFIXES, WORKSPACE_SUFFIX
from zoneeval_ui.theme import ThemeMode, current_theme

translate = QCoreApplication.translate

if TYPE_CHECKING:
    from zoneeval_ui.shell.window import MainWindow


def standard_actions(window: MainWindow) -> list[ActionSpec]:
    """Return the table of standard actions for a window."""
    files, view, theme, help_ = (
        translate("Actions", "文件"),
        translate("Actions", "视图"),
        translate("Actions", "视图") + "/" + translate("Actions", "主题"),
        translate("Actions", "帮助"),
    )
    actions = window.actions_table
    specs = [
        ActionSpec("new", translate("Actions", "新建…"), files, lambda: ask_new(window), "Ctrl+N"),
        ActionSpec(
            "open", translate("Actions", "打开…"), files, lambda: ask_open(window), "Ctrl+O"
        ),
    ]
    actions.add(specs)
    actions.menu(files + "/" + translate("Actions", "最近打开"))
    return [
        ActionSpec(
            "import",
            translate("Actions", "导入表格…"),
            files,
            lambda: ask_import(window),
            "Ctrl+I",
            enabled_when=lambda: window.workspace is not None,
            separator=True,
        ),
        ActionSpec(
            "quit", translate("Actions", "退出"), files, window.close, "Ctrl+Q", separator=True
        ),
        ActionSpec("find", translate("Actions", "查找…"), view, window.open_palette, "Ctrl+K"),
        ActionSpec("reload", translate("Actions", "刷新本页"), view, lambda: _reload(window), "F5"),
        *_theme_actions(theme),
        ActionSpec("logs", translate("Actions", "打开日志文件夹"), help_, open_logs),
        ActionSpec(
            "about", translate("Actions", "关于"), help_, lambda: show_about(window), separator=True
        ),
    ]


def fill_recent(window: MainWindow) -> None:
    """List the files opened last in 文件 → 最近打开."""
    menu = window.actions_table.menu(
        translate("Actions", "文件") + "/" + translate("Actions", "最近打开")
    )
    menu.clear()
    for path in window.recent.paths:
        text = f"{Path(path).name}    {Path(path).parent}".replace("&", "&&")
        action = menu.addAction(text)
        action.triggered.connect(lambda _on=False, p=path: window.open_requested.emit(p))
    menu.setEnabled(bool(window.recent.paths))


def ask_new(window: MainWindow) -> None:
    """Ask where a new workspace shall be kept, then request it."""
    from PySide6.QtWidgets import QFileDialog

    path, _ = QFileDialog.getSaveFileName(
        window,
        translate("Actions", "新建工作文件"),
        "",
        translate("Actions", "园区评价文件") + f" (*{WORKSPACE_SUFFIX})",
    )
    if path:
        full = path if path.lower().endswith(WORKSPACE_SUFFIX) else path + WORKSPACE_SUFFIX
        window.new_requested.emit(full)


def ask_open(window: MainWindow) -> None:
    """Ask which workspace to open, then request it."""
    from PySide6.QtWidgets import QFileDialog

    path, _ = QFileDialog.getOpenFileName(
        window,
        translate("Actions", "打开工作文件"),
        "",
        translate("Actions", "园区评价文件") + f" (*{WORKSPACE_SUFFIX})",
    )
    if path:
        window.open_requested.emit(path)


def ask_import(window: MainWindow) -> None:
    """Ask which workbooks to import, then request it."""
    from PySide6.QtWidgets import QFileDialog

    patterns = " ".join(f"*{suffix}" for suffix in WORKBOOK_SUFFIXES)
    paths, _ = QFileDialog.getOpenFileNames(
        window,
        translate("Actions", "选择要导入的表格"),
        "",
        translate("Actions", "表格文件") + f" ({patterns})",
    )
    if paths:
        window.import_requested.emit(list(paths))


def open_logs() -> None:
    """Open the folder of the log files in the file manager."""
    from PySide6.QtGui import QDesktopServices

    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def show_about(window: MainWindow) -> None:
    """Show name and version."""
    from PySide6.QtWidgets import QMessageBox

    version = QCoreApplication.applicationVersion()
    text = translate(
        "Actions",
        "产业集聚区企业分类综合评价与园区星级\n版本 {version}\n数据只保存在本机的工作文件里。",
    )
    box = QMessageBox(window)
    box.setObjectName("about")
    box.setWindowTitle(translate("Actions", "关于园区评价"))
    box.setText(text.format(version=version))
    box.open()


def _reload(window: MainWindow) -> None:
    if window.current_page is not None:
        window.current_page.reload()


def _theme_actions(menu: str) -> list[ActionSpec]:
    texts = {
        ThemeMode.LIGHT: translate("Actions", "浅色"),
        ThemeMode.DARK: translate("Actions", "深色"),
        ThemeMode.SYSTEM: translate("Actions", "跟随系统"),
    }
    return [_theme_action(mode, text, menu) for mode, text in texts.items()]


def _theme_action(mode: ThemeMode, text: str, menu: str) -> ActionSpec:
    return ActionSpec(
        f"theme-{mode.value}",
        text,
        menu,
        lambda: current_theme().set_mode(mode),
        checked_when=lambda: current_theme().mode is mode,
    )
