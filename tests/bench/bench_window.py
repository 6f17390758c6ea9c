"""From the start of the process to the first painted window, against a bare one."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from tests.bench.versus import Work, compare

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tests" / "bench" / "first_window.py"


def window(which: str, home: Path) -> Callable[[], float]:
    """Return a function that shows a window in a new process and returns its seconds."""
    roots = os.pathsep.join(str(ROOT / part) for part in (".", "db", "ui"))
    environment = {
        **os.environ,
        "PYTHONPATH": roots,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_STATE_HOME": str(home),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: with compiled files

    def run() -> float:
        command = [sys.executable, str(PROGRAM), which, repr(time.time())]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        return float(done.stdout.strip())

    return run


def seconds(work: Work) -> float:
    """Return what the new process measured itself."""
    return float(work())


def test_first_window(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    ours, bare = window("ours", tmp_path), window("bare", tmp_path)
    ours(), bare()  # compiled files and the system's cache
    compare(
        benchmark,
        "第一个窗口",
        "只有 QTableView 的 PySide6 窗口",
        ours,
        bare,
        goal="1/1.5 = 0.67 以上",
        rounds=9,
        clock=seconds,
    )
