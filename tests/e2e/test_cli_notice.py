"""`export notice`: one document or a folder of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.command import good, refused


def test_one_or_all_of_a_class(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "告知书"
    good("export", "notice", workspace, "--all", "--grade", "C", "-o", folder)
    files = sorted(folder.glob("*评价告知书.docx"))
    assert files
    code = files[0].name.split("（")[1].split("）")[0]
    out = tmp_path / "一家.docx"
    assert str(out) in good("export", "notice", workspace, "--uscc", code, "-o", out).out
    assert out.stat().st_size > 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["notice", "-o", "a.docx"], "没有说明给哪家企业"),
        (["notice", "--all", "--uscc", "x", "-o", "a"], "只写其中一个"),
        (["notice", "--uscc", "x", "--uscc", "y", "-o", "a.docx"], "一次只能写一家"),
        (["notice", "--uscc", "x", "--grade", "C", "-o", "a.docx"], "和 --all 一起用"),
        (["notice", "--all", "--grade", "Z", "-o", "a"], "没有 Z 类的企业"),
        (["notice", "--uscc", "x", "-o", "a.docx"], "没有信用代码为“x”"),
        (["results", "--all", "-o", "a.xlsx"], "只用于 export notice"),
    ],
)
def test_what_is_refused(workspace: Path, words: list[str], sentence: str) -> None:
    kind, *rest = words
    assert sentence in refused("export", kind, workspace, *rest).err
