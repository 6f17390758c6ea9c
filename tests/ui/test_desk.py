"""Window and session together: opening, refusing, reading only, the sample."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton

from zoneeval_db import operations
from zoneeval_ui.jobs import ImmediateRunner
from zoneeval_ui.launch import Assembly, assemble


@pytest.fixture
def made(qtbot) -> Iterator[Assembly]:
    assembly = assemble(ImmediateRunner())
    qtbot.addWidget(assembly.window)
    assembly.window.show()
    qtbot.waitUntil(lambda: assembly.window.current_page is not None)
    yield assembly
    assembly.window.runner.shutdown()
    assembly.session.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "东园.zoneeval"
    operations.create(path).close()
    return path


def test_a_new_file_is_made_and_opened(made: Assembly, tmp_path: Path) -> None:
    made.window.new_requested.emit(str(tmp_path / "新.zoneeval"))
    assert made.session.path == tmp_path / "新.zoneeval"
    assert "新.zoneeval" in made.window.windowTitle()
    assert made.window.context.policy == "zhengzhou-2018"
    assert made.window.status.text("saved") == "已保存"
    assert made.window.status.text("backup") == "尚无备份"


def test_a_file_open_elsewhere_can_be_read(made: Assembly, file: Path, qtbot) -> None:
    with operations.open_workspace(file):
        made.window.open_requested.emit(str(file))
        box = made.window.findChild(QMessageBox, "lockedFile")
        assert box is not None
        assert "只读" in box.text()
        assert made.session.path is None
        button = box.findChild(QPushButton, "openReadOnly")
        button.click()
        assert made.session.path == file
        assert made.session.read_only
        assert made.window.status.text("saved") == "只读"


def test_what_is_no_workspace_is_refused_with_a_sentence(
    made: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(made.window, "show_failure", lambda e, _="": told.append(str(e)))
    other = tmp_path / "说明.zoneeval"
    other.write_text("这不是工作文件", encoding="utf-8")
    made.window.open_requested.emit(str(other))
    assert made.session.path is None
    assert any("不是本程序的工作文件" in text for text in told)


def test_an_empty_window_offers_to_open_and_to_see_the_sample(
    made: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made.window.current_page
    assert page is not None
    names = {b.objectName() for b in page.empty_state.findChildren(QPushButton)}
    assert {"emptyStateButton", "emptyOpen", "emptySample"} <= names
    monkeypatch.setattr(made.desk, "ask_folder", lambda: tmp_path / "示例")
    made.window.actions_table.action("sample").trigger()
    assert made.session.path is not None
    assert made.session.path.name == "示例市.zoneeval"
    assert made.window.context.year == 2024


def test_enterprises_are_found_by_name_and_code(
    made: Assembly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find: Callable[[str], list] = made.desk._find_enterprise
    assert find("示例") == []
    monkeypatch.setattr(made.desk, "ask_folder", lambda: tmp_path / "示例")
    made.desk.open_sample()
    found = find("变压器")
    assert found
    found[0].run()
    assert made.window.current_page is not None
    assert made.window.current_page.id == "enterprises"
