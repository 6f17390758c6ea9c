"""`template`, `participation`, and what `export` gives out before anything is scored."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.helpers.command import good, refused


def first_code(workspace: Path) -> str:
    rows = good("data", workspace, "--year", 2024, "--json").document["enterprises"]
    return str(rows[0]["uscc"])


def test_templates_are_listed_and_written(tmp_path: Path) -> None:
    names = good("template").out.split()
    assert names[:2] == ["企业名录", "税务"]
    out = tmp_path / "税务.xlsx"
    assert str(out) in good("template", "税务", "-o", out).out
    assert openpyxl.load_workbook(out).sheetnames == ["税务", "填表说明"]
    good("template", "--all", "-o", tmp_path / "模板")
    assert len(list((tmp_path / "模板").glob("*.xlsx"))) == len(names) == 14


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["海关", "-o", "a.xlsx"], "没有“海关”的空白模板"),
        (["税务"], "没有说明写到哪里"),
        (["税务", "--all", "-o", "a"], "只能写一个"),
        (["-o", "a.xlsx"], "没有说明要哪个部门"),
        (["税务", "-o", "a.doc"], ".xlsx 结尾"),
    ],
)
def test_a_template_that_cannot_be_written(words: list[str], sentence: str) -> None:
    assert sentence in refused("template", *words).err


def test_decisions_are_set_listed_used_and_cleared(workspace: Path) -> None:
    code = first_code(workspace)
    at = ("--year", 2024)
    assert "没有人工参评决定" in good("participation", "list", workspace, *at).out
    reason = ("--reason", "停产整治", "--document", "纪要〔示意〕1号")
    good("participation", "set", workspace, code, "不参评", *at, *reason)
    listed = good("participation", "list", workspace, *at, "--json").document["decisions"]
    assert [(d["uscc"], d["decision"], d["reason"]) for d in listed] == [(code, "out", "停产整治")]
    assert "停产整治" in good("participation", "list", workspace, *at).out
    scored = good("evaluate", workspace, *at, "--policy", "zhengzhou-2018", "--json").document
    (mine,) = [e for e in scored["enterprises"] if e["uscc"] == code]
    assert mine["grade"] is None
    assert mine["reasons"][0] == "人工决定：停产整治（纪要〔示意〕1号）"
    good("verify", workspace)
    good("participation", "clear", workspace, code, *at)
    assert good("participation", "list", workspace, *at, "--json").document["decisions"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["{code}", "maybe", "--reason", "理由"], "无法识别"),
        (["{code}", "in", "--reason", " "], "没有写理由"),
        (["X", "in", "--reason", "理由"], "没有信用代码为“X”"),
        (["{code}", "in"], "--reason"),
    ],
)
def test_a_decision_that_cannot_be_stored(workspace: Path, words: list[str], sentence: str) -> None:
    filled = [word.format(code=first_code(workspace)) for word in words]
    before = workspace.read_bytes()
    answer = refused("participation", "set", workspace, *filled, "--year", 2024)
    assert sentence in answer.err
    assert workspace.read_bytes() == before


def test_what_is_given_out(demo_workspace: Path, tmp_path: Path) -> None:
    for kind in ("participants", "land"):
        out = tmp_path / f"{kind}.xlsx"
        good("export", kind, demo_workspace, "--year", 2024, "-o", out)
        assert openpyxl.load_workbook(out, read_only=True).sheetnames
    code = first_code(demo_workspace)
    slip = tmp_path / "单.xlsx"
    good("export", "confirm", demo_workspace, "--uscc", code, "-o", slip)
    assert len(openpyxl.load_workbook(slip).sheetnames) == 1
    folder = tmp_path / "函"
    words = ("--department", "税务", "--issuer", "示例办公室", "--reply-by", "2025年3月1日")
    good("export", "letters", demo_workspace, *words, "-o", folder)
    (letter,) = folder.glob("*.docx")
    text = "\n".join(p.text for p in Document(str(letter)).paragraphs)
    assert "示例办公室" in text
    assert "2025年3月1日" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["land", "--run", "1"], "--run 只用于"),
        (["results", "--zone", "东园"], "--zone 只用于"),
        (["confirm", "--layout", "book"], "无法识别"),
        (["confirm", "--zone", "没有"], "没有园区“没有”"),
        (["land", "--year", "2001"], "没有 2001 年的企业数据"),
        (["letters", "--department", "海关"], "没有“海关”"),
        (["participants", "--policy", "none"], "none"),
    ],
)
def test_what_cannot_be_given_out(
    demo_workspace: Path, tmp_path: Path, words: list[str], sentence: str
) -> None:
    kind, *options = words
    out = tmp_path / "a.xlsx"
    assert sentence in refused("export", kind, demo_workspace, *options, "-o", out).err
    assert not out.is_file()
