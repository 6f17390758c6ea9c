"""What importing the packages pulls in, and that the command is installed."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


MODULES = ["zoneeval", "zoneeval_db.operations", "zoneeval_cli.entry", "zoneeval_cli.main"]


@pytest.mark.parametrize("module", MODULES)
def test_import_leaves_qt_alone(module: str) -> None:
    program = f"import sys, {module}; print(*(n for n in sys.modules if 'PySide6' in n))"
    assert _python(program).split() == []


def test_the_domain_imports_neither_pandas_nor_a_workbook_reader() -> None:
    program = (
        "import sys, zoneeval; print(*sorted({'pandas', 'openpyxl', 'sqlite3'} & set(sys.modules)))"
    )
    assert _python(program).split() == []


def test_the_command_is_an_entry_point() -> None:
    (entry,) = importlib.metadata.entry_points(group="console_scripts", name="zoneeval")
    assert entry.value == "zoneeval_cli.entry:run"
    assert callable(entry.load())


def test_the_installed_command_answers() -> None:
    suffix = ".exe" if os.name == "nt" else ""
    command = Path(sys.executable).with_name("zoneeval" + suffix)
    done = subprocess.run([command, "--help"], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "demo" in done.stdout


def _python(program: str) -> str:
    roots = os.pathsep.join(str(ROOT / name) for name in (".", "db", "ui"))
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": roots},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
