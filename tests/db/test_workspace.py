"""Opening, refusing, locking, backing up, and what a crash leaves."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from zoneeval.errors import WorkspaceError
from zoneeval_db import operations
from zoneeval_db.storage import backup
from zoneeval_db.storage.schema import APPLICATION_ID
from zoneeval_db.storage.workspace import Workspace

ROOT = Path(__file__).parents[2]


def _edit(path: Path, sql: str) -> None:
    conn = sqlite3.connect(path)
    with conn:
        conn.execute(sql)
    conn.close()


def test_create_marks_the_file(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "新园区") as ws:
        assert ws.path.name == "新园区.zoneeval"
        assert ws.conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert ws.conn.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert ws.conn.execute("PRAGMA synchronous").fetchone() == (2,)
        assert ws.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)
        loose = "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict"
        ours = [n for (n,) in ws.conn.execute(loose) if not n.startswith(("sqlite_", "_sqlite_"))]
        assert ours == []
    assert [entry.name for entry in tmp_path.iterdir()] == ["新园区.zoneeval"]


def test_create_never_replaces(file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(WorkspaceError, match="已经存在"):
        Workspace.create(file)
    assert file.read_bytes() == before


def test_create_in_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="不存在"):
        Workspace.create(tmp_path / "没有" / "新.zoneeval")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + b"x" * 200, "只是文字".encode() * 50])
def test_not_a_database_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "表.zoneeval"
    path.write_bytes(content)
    with pytest.raises(WorkspaceError, match="不是本程序的工作文件"):
        Workspace.open(path)
    assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["表.zoneeval"]


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.zoneeval"
    _edit(path, "CREATE TABLE t (a)")
    before = path.read_bytes()
    with pytest.raises(WorkspaceError, match="不是本程序的工作文件"):
        Workspace.open(path)
    assert path.read_bytes() == before


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="没有找到"):
        Workspace.open(tmp_path / "没有.zoneeval")


@pytest.mark.parametrize("read_only", [False, True])
def test_newer_file_is_refused(file: Path, read_only: bool) -> None:
    _edit(file, "PRAGMA user_version = 99")
    before = file.read_bytes()
    with pytest.raises(WorkspaceError, match="更新版本的程序"):
        Workspace.open(file, read_only=read_only)
    assert file.read_bytes() == before
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_damaged_file_is_refused(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 : 4096 * 8] = b"\xff" * (4096 * 7)
    file.write_bytes(content)
    with pytest.raises(WorkspaceError, match="损坏"):
        Workspace.open(file)
    assert file.read_bytes() == bytes(content)
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_second_opener_is_told_who(ws: Workspace) -> None:
    with pytest.raises(WorkspaceError) as refused:
        Workspace.open(ws.path)
    assert socket.gethostname() in str(refused.value)
    assert "只读" in str(refused.value)
    with Workspace.open(ws.path, read_only=True) as beside:
        assert operations.zones(beside) == operations.zones(ws)
        with pytest.raises(WorkspaceError, match="只读方式"), beside.operation("改名"):
            pass


def test_lock_is_given_back(file: Path) -> None:
    Workspace.open(file).close()
    Workspace.open(file).close()
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_lock_of_a_crashed_process_is_taken_over(file: Path) -> None:
    lock = file.with_name(file.name + ".lock")
    record = {"user": "甲", "host": socket.gethostname(), "pid": 1, "since": "2026-01-01T08:00:00"}
    lock.write_text(json.dumps(record), "utf-8")
    with Workspace.open(file):
        assert json.loads(lock.read_text("utf-8"))["pid"] == os.getpid()
    assert not lock.exists()


def test_lock_of_another_computer_stands(file: Path) -> None:
    lock = file.with_name(file.name + ".lock")
    record = {"user": "李明", "host": "统计局-3", "pid": 1, "since": "2026-01-01T08:00:00+08:00"}
    lock.write_text(json.dumps(record), "utf-8")
    with pytest.raises(WorkspaceError, match=r"李明（计算机“统计局-3”）从 2026-01-01 08:00 起"):
        Workspace.open(file)
    assert json.loads(lock.read_text("utf-8")) == record


def test_opening_and_reading_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    with Workspace.open(file) as ws:
        operations.overview(ws, 2024)
        assert not ws.changed
    assert file.read_bytes() == before
    assert not backup.folder_of(file).exists()


def test_exception_leaves_nothing(ws: Workspace) -> None:
    before = list(ws.conn.iterdump())

    def fail() -> None:
        with ws.operation("改名") as op:
            op.write("zone", {"name": "新园"}, {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(ws.conn.iterdump()) == before
    assert not ws.changed


def test_killed_in_the_middle_leaves_the_old_state(file: Path) -> None:
    before = sqlite3.connect(file)
    content = list(before.iterdump())
    before.close()
    script = (
        "import os, sys\n"
        "from zoneeval_db.storage.workspace import Workspace\n"
        "ws = Workspace.open(sys.argv[1])\n"
        "ws.conn.execute('PRAGMA cache_size = 1')\n"
        "with ws.operation('改名') as op:\n"
        "    for i in range(5000):\n"
        "        op.write('zone', {'name': f'园{i}'}, {})\n"
        "    os._exit(7)\n"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "db")])
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)],
        env={**os.environ, "PYTHONPATH": paths},
        check=False,
    )
    assert done.returncode == 7
    with Workspace.open(file) as ws:
        assert list(ws.conn.iterdump()) == content


def test_close_leaves_a_copy_when_changed(file: Path) -> None:
    with Workspace.open(file) as ws, ws.operation("新增园区") as op:
        op.write("zone", {"name": "南园"}, {})
    (copy,) = backup.folder_of(file).iterdir()
    with Workspace.open(copy, read_only=True) as ws:
        assert "南园" in operations.zones(ws)
    assert backup.last_backup(file) is not None


def test_copies_thin_with_age() -> None:
    start = datetime(2026, 11, 20, 9)
    copies = [(start - timedelta(hours=7 * i), Path(str(i))) for i in range(1500)]
    gone = set(backup.superfluous(copies))
    kept = [stamp for stamp, path in copies if path not in gone]
    assert backup.superfluous([c for c in copies if c[1] not in gone]) == []
    assert kept[:3] == [stamp for stamp, _ in copies[:3]]
    assert len({stamp.date() for stamp in kept if stamp > start - timedelta(days=7)}) == 7
    assert len({stamp.strftime("%Y-%m") for stamp in kept}) == 12
    assert len(kept) <= backup.NEWEST + backup.DAYS + backup.WEEKS + backup.MONTHS


def test_older_file_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "旧.zoneeval"
    _edit(path, f"PRAGMA application_id = {APPLICATION_ID}")
    _edit(path, "PRAGMA user_version = 0")
    before = path.read_bytes()
    with Workspace.open(path, read_only=True) as ws:
        assert operations.zones(ws) == []
    assert path.read_bytes() == before, "reading an older file leaves it as it is"
    with Workspace.open(path) as ws:
        assert operations.zones(ws) == []
    (copy,) = backup.folder_of(path).iterdir()
    assert copy.stem.endswith("升级前")


def test_importing_operations_is_cheap() -> None:
    script = (
        "import sys, zoneeval_db.operations\n"
        "print([m for m in ('pandas', 'sqlite_utils', 'openpyxl', 'pydantic', 'PySide6')"
        " if m in sys.modules])"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "db")])
    out = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        check=True,
        text=True,
    )
    assert out.stdout.strip() == "[]"
