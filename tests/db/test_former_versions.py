"""Files of former versions open, keep what they hold, and can be worked on."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from zoneeval_db import operations
from zoneeval_db.storage.migrations import SCHEMA_VERSION

FORMER = Path(__file__).parents[1] / "data" / "workspaces"


@pytest.mark.parametrize("name", sorted(p.name for p in FORMER.glob("*.zoneeval")))
def test_a_file_of_a_former_version_is_brought_up_to_date(name: str, tmp_path: Path) -> None:
    path = Path(shutil.copy(FORMER / name, tmp_path / name))
    with operations.open_workspace(path) as ws:
        assert all(check.ok for check in operations.verify(ws))
        (run,) = operations.runs(ws)
        assert operations.load_run(ws, run.id).evaluation.size == 8
        newest = operations.last_operations(ws)[0]
        assert operations.undo(ws).id == newest.id
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    conn.close()


def test_the_file_is_kept_as_it_was_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    former = FORMER / "第2版.zoneeval"
    path = Path(shutil.copy(former, tmp_path / former.name))
    operations.open_workspace(path).close()
    (copy,) = tmp_path.rglob("*升级前.zoneeval")
    with sqlite3.connect(copy) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (2,)
    conn.close()
