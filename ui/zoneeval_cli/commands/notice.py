"""The part of `export` that tells enterprises about their class."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from zoneeval.errors import InputError
from zoneeval_cli import output

if TYPE_CHECKING:
    from zoneeval_db.operations import Workspace


def give_notices(
    ws: Workspace,
    out: Path,
    run_id: int | None,
    codes: tuple[str, ...],
    every: bool,
    grade: str | None,
) -> list[Path]:
    """Write the notice to one enterprise into a document, or to all into a folder."""
    from zoneeval_db import operations

    if every == bool(codes):
        raise InputError(
            "没有说明给哪家企业写告知书：请写 --uscc 信用代码（一家），或 --all（全部参评企业）"
            "，只写其中一个。"
        )
    if len(codes) > 1:
        raise InputError("--uscc 一次只能写一家企业的告知书。要写多家请用 --all。")
    if grade is not None and not every:
        raise InputError("--grade 要和 --all 一起用：它只写某一类企业的告知书。")
    if every:
        return operations.export_notices(ws, out, run_id, grade, output.stderr_progress())
    return operations.export_notice(ws, out, codes[0], run_id)
