"""Unfinished imports: kept with their workbooks, found again, gone once stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.departments import DIRECTORY_HEADINGS, code, listed, save_book
from zoneeval.errors import InputError, WorkspaceError
from zoneeval.intake.mapping import Choice, Layout
from zoneeval.model.repair import CellEdit, RepairChoice
from zoneeval.progress import Cancelled
from zoneeval_db import operations
from zoneeval_db.data import drafts as module
from zoneeval_db.storage.workspace import Workspace


@pytest.fixture
def workspace_path(tmp_path: Path) -> Path:
    return tmp_path / "园区.zoneeval"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows = [DIRECTORY_HEADINGS, listed(1), listed(2)]
    return save_book(tmp_path / "名录.xlsx", {"名录": rows})


def order_of(*paths: Path) -> operations.DraftOrder:
    return operations.DraftOrder(
        tuple(str(path) for path in paths), 2024, "东园", True,
        (Layout("abc", "税务", {"标题": Choice("tax_paid", "元")}),),
        (RepairChoice("text-in-number"), RepairChoice("error-cell", "甲.xlsx", "税", 3, "C")),
        (CellEdit("名录.xlsx", "名录", 2, "B", "甲"), CellEdit("名录.xlsx", "名录", 3, "B", None)),
    )  # fmt: skip


def test_a_draft_is_given_back_as_it_was(empty: Workspace, book: Path, tmp_path: Path) -> None:
    order = order_of(book)
    info = operations.save_draft(empty, order, 3)
    assert info.label == "名录.xlsx，3 处待处理"
    assert info.whole
    assert operations.load_draft(empty, info.id, tmp_path / "取出") == order
    assert not (tmp_path / "取出").exists()


def test_it_survives_closing_and_the_file_being_gone_or_changed(
    workspace_path: Path, book: Path, tmp_path: Path
) -> None:
    content = book.read_bytes()
    with operations.create(workspace_path) as ws:
        operations.save_draft(ws, order_of(book))
    for change in (lambda: book.write_bytes(b"other"), book.unlink):
        change()
        with operations.open_workspace(workspace_path) as ws:
            (info,) = operations.drafts(ws)
            (path,) = operations.load_draft(ws, info.id, tmp_path / "取出").paths
        assert Path(path).name == book.name
        assert Path(path) != book
        assert Path(path).read_bytes() == content


def test_saving_again_replaces_and_is_no_operation(empty: Workspace, book: Path) -> None:
    before = operations.last_operations(empty)
    first = operations.save_draft(empty, order_of(book), 2)
    second = operations.save_draft(empty, order_of(book, book), 0, first.id)
    assert second.id == first.id
    (only,) = operations.drafts(empty)
    assert only.label == "名录.xlsx 等 2 个文件，没有阻断问题"
    assert operations.last_operations(empty) == before
    assert not empty.changed
    operations.delete_draft(empty, only.id)
    operations.delete_draft(empty, only.id)
    assert operations.drafts(empty) == []
    with pytest.raises(WorkspaceError):
        operations.load_draft(empty, only.id, book.parent)


def test_large_workbooks_are_kept_by_their_place(
    empty: Workspace, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100)
    info = operations.save_draft(empty, order_of(book))
    assert not info.whole
    assert operations.load_draft(empty, info.id, tmp_path).paths == (str(book),)
    book.unlink()
    with pytest.raises(InputError, match="找不到"):
        operations.load_draft(empty, info.id, tmp_path)


def test_a_draft_that_cannot_be_read_gets_a_sentence(empty: Workspace, tmp_path: Path) -> None:
    with empty.aside("写入") as conn:
        conn.execute("INSERT INTO import_draft VALUES (7, '', '', '旧草稿', x'00')")
    with pytest.raises(WorkspaceError, match="读不出来"):
        operations.load_draft(empty, 7, tmp_path)


def test_storing_removes_the_draft_in_the_same_step(empty: Workspace, book: Path) -> None:
    info = operations.save_draft(empty, operations.DraftOrder((str(book),), 2024))
    operations.import_workbooks(empty, [book], year=2024, dry_run=True, finished=info.id)
    assert operations.drafts(empty) == [info]
    assert operations.import_workbooks(empty, [book], year=2024, finished=info.id).committed
    assert operations.drafts(empty) == []


def test_a_cancelled_storing_leaves_the_draft_and_nothing_else(
    empty: Workspace, book: Path
) -> None:
    info = operations.save_draft(empty, operations.DraftOrder((str(book),), 2024))

    def stop(_done: int, _total: int, text: str) -> None:
        if text == "保存完成":
            raise Cancelled

    with pytest.raises(Cancelled):
        operations.import_workbooks(empty, [book], year=2024, finished=info.id, progress=stop)
    assert operations.drafts(empty) == [info]
    assert operations.years(empty) == []
    assert operations.last_operations(empty) == []


def test_a_read_only_workspace_keeps_none(workspace_path: Path, book: Path) -> None:
    operations.create(workspace_path).close()
    with (
        operations.open_workspace(workspace_path, read_only=True) as ws,
        pytest.raises(WorkspaceError, match="只读"),
    ):
        operations.save_draft(ws, order_of(book))


def test_edits_are_recorded_with_the_import_and_undone_with_it(
    empty: Workspace, book: Path
) -> None:
    edits = [CellEdit("名录.xlsx", "名录", 2, "B", "改名有限公司")]
    assert operations.import_workbooks(empty, [book], year=2024, edits=edits).committed
    (newest,) = operations.last_operations(empty, 1)
    assert newest.label.endswith("，修正 1 处（手工修改 1）")
    (done,) = operations.repairs_of(empty, newest.id)
    assert (done.before, done.after) == ("样例1有限公司", "改名有限公司")
    names = {entry.uscc: entry.name for entry in operations.enterprise_data(empty, 2024)}
    assert names[code(1)] == "改名有限公司"
    operations.undo(empty)
    assert operations.latest_dataset(empty, 2024) is None


def test_layouts_are_remembered_once(empty: Workspace) -> None:
    layout = Layout("abc", "税务", {"标题": Choice("tax_paid")})
    operations.remember_layouts(empty, [layout])
    operations.remember_layouts(empty, [layout])
    operations.remember_layouts(empty, [])
    assert operations.remembered_mappings(empty) == {"abc": layout}
    assert len(operations.last_operations(empty)) == 1
