"""`document` and `notice`: templates out and in, and documents after them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.helpers.command import good, refused


def test_kinds_and_fields_are_listed(workspace: Path) -> None:
    kinds = good("document", "list", workspace, "--json").document
    assert [one["kind"] for one in kinds] == [
        "report",
        "publicity",
        "notice",
        "reply",
        "recognition",
        "execution",
    ]
    assert not any(one["own"] for one in kinds)
    assert "自带的" in good("document", "list", workspace).out
    fields = good("document", "fields", "notice", "--json").document
    assert {"name": "得分", "list": "指标表", "kind": "text", "about": "得分"} in fields
    assert "指标表.得分" in good("document", "fields", "企业告知书").out


def test_a_template_goes_out_and_comes_back(workspace: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "模板.docx", tmp_path / "告知书.docx"
    good("document", "template", "export", "notice", workspace, "-o", path)
    document = Document(str(path))
    document.add_paragraph("特此告知{{ 企业名称 }}。")
    document.save(str(path))
    assert "已改用" in good("document", "template", "import", "notice", workspace, path).out
    cases = good("data", workspace, "--year", "2024", "--json").document["enterprises"]
    code, name = cases[0]["uscc"], cases[0]["name"]
    good("notice", workspace, code, "--on", "2025-06-09", "-o", out)
    texts = [paragraph.text for paragraph in Document(str(out)).paragraphs]
    assert f"特此告知{name}。" in texts
    assert "2025年6月9日" in texts
    good("document", "template", "reset", "notice", workspace)
    assert "没有" not in good("document", "list", workspace).out
    good("notice", workspace, code, "-o", out)
    assert "特此告知" not in "".join(p.text for p in Document(str(out)).paragraphs)


def test_documents_are_written(workspace: Path, tmp_path: Path) -> None:
    said = good("document", "sender", workspace, "--issuer", "样例办", "--json").document
    assert said["issuer"] == "样例办"
    assert said["phone"] is None
    assert "发文机关：样例办" in good("document", "sender", workspace).out
    for kind in ("report", "publicity", "recognition"):
        out = tmp_path / f"{kind}.docx"
        assert str(out) in good("document", "write", kind, workspace, "-o", out).out
        assert any(p.text == "样例办" for p in Document(str(out)).paragraphs)
    folder = tmp_path / "告知书"
    good("document", "write", "notice", workspace, "--grade", "C", "-o", folder)
    state = good("run", "status", workspace, "--json").document
    assert len(list(folder.glob("*.docx"))) == state["final_counts"]["C"]
    good("document", "write", "execution", workspace, "-o", tmp_path / "通知")
    assert len(list((tmp_path / "通知").glob("*.docx"))) == 6


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["fields", "信"], "没有“信”这种文书"),
        (["write", "reply", "FILE", "-o", "x"], "没有答复可写"),
        (["write", "report", "FILE", "--utility", "供电", "-o", "x.docx"], "不能用于这种文书"),
        (["write", "report", "FILE", "--tariff", "henan", "-o", "x.docx"], "--tariff 只用于"),
        (["write", "report", "FILE", "-o", "x.pdf"], ".docx 结尾"),
        (["template", "import", "notice", "FILE", "没有.docx"], "不能读取"),
        (["template", "reset", "notice", "FILE"], "自带的模板"),
    ],
)
def test_what_is_refused(
    workspace: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = refused("document", *(str(workspace) if w == "FILE" else w for w in words))
    assert sentence in answer.err
