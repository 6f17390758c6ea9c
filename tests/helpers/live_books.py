"""Recalculate results workbooks with LibreOffice and hold them against the engine."""

from __future__ import annotations

import math
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl

from zoneeval.model.evaluation import Evaluation
from zoneeval.policy.resolve import resolved
from zoneeval.policy.schema import Policy

OFFICE = shutil.which("soffice")


def recalculated(books: Iterable[Path], folder: Path) -> None:
    """Open every workbook in LibreOffice, which works out the formulas, and save it again."""
    assert OFFICE is not None
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=900)


def process_rows(book: Path) -> list[dict[str, Any]]:
    """Return the rows of 得分过程 by heading."""
    workbook = openpyxl.load_workbook(book, data_only=True, read_only=True)
    rows = [list(row) for row in workbook["得分过程"].values]
    workbook.close()
    head = next(n for n, row in enumerate(rows) if row[0] == "企业名称")
    heads = [str(cell).replace("\n", "") for cell in rows[head]]
    return [dict(zip(heads, row, strict=True)) for row in rows[head + 1 :]]


def differences(policy: Policy, run: Evaluation, rows: list[dict[str, Any]]) -> list[str]:
    """Return where the recalculated sheet and the engine are apart, in words."""
    policy, out = resolved(policy, run.year), []
    for line in rows:
        row = run.row_of(str(line["统一社会信用代码"]))
        assert row is not None
        track = policy.track(str(run.track[row]))
        assert track is not None
        wanted: dict[str, float] = {"综合得分": float(run.composite[row])}
        for item in track.indicators:
            wanted[f"{item.shown_label}数值"] = float(run.values[item.key][row])
            wanted[f"{item.shown_label}得分"] = float(run.scores[item.key][row])
            if item.benchmark.kind != "none":
                wanted[f"{item.shown_label}基准值"] = float(run.benchmarks[item.key][row])
        for heading, value in wanted.items():
            if not _same(line[heading], value):
                out.append(f"{line['企业名称']} {heading}: {line[heading]} not {value}")
        exact = {
            "排名": run.rank[row],
            "名次": run.position[row],
            "类别": run.grade[row] or "—",
        }
        for heading, expected in exact.items():
            if line[heading] != expected:
                out.append(f"{line['企业名称']} {heading}: {line[heading]} not {expected}")
    return out


def _same(cell: object, value: float) -> bool:
    if math.isnan(value):
        return cell == "—"
    if not isinstance(cell, int | float):
        return False
    return math.isclose(cell, value, rel_tol=1e-9, abs_tol=1e-9)
