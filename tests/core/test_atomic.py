"""Files come into their place whole, and clean-up never hides what went wrong."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import openpyxl
import pytest

from zoneeval.errors import UserError
from zoneeval.report.workbook.save import save_atomically


def test_a_read_only_disk_is_told_by_the_name_the_user_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "unlink", refuse)
    book = openpyxl.Workbook()
    monkeypatch.setattr(book, "save", lambda target: refuse(Path(target)))
    with pytest.raises(UserError, match=r"结果\.xlsx") as caught:
        save_atomically(book, tmp_path / "结果.xlsx")
    assert ".tmp" not in str(caught.value)
