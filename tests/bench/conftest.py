"""The table of ratios at the end of a run of the benchmarks."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from tests.bench.versus import COMPARISONS


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every comparison as a ratio; above 1 means faster than the peer."""
    if not COMPARISONS:
        return
    terminalreporter.section("比值（对方用时 ÷ 本项目用时，大于 1 为本项目快）")
    for item in COMPARISONS:
        terminalreporter.write_line(
            f"{item.ratio:9.2f} ×  {item.what}：{item.ours * 1000:,.1f} ms；"
            f"{item.peer}：{item.theirs * 1000:,.1f} ms；目标：{item.goal}"
        )
