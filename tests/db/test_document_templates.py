"""Templates that the office changed in Word, and who sends the documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.helpers.adjudicating import code_in
from zoneeval.errors import InputError
from zoneeval_db import operations
from zoneeval_db.storage.workspace import Workspace


def words(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def write(ws: Workspace, folder: Path, code: str) -> str:
    """Write the notice to one enterprise and return what stands in it."""
    order = operations.DocumentOrder("notice", codes=(code,))
    (path,) = operations.write_document(ws, order, folder / "写.docx")
    return words(path)


def edited(folder: Path, ws: Workspace, *texts: str) -> Path:
    """Export the template of the notice, add to it as in Word, and return the file."""
    path = folder / "改.docx"
    operations.export_document_template(ws, "notice", path)
    document = Document(str(path))
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def templates(ws: Workspace) -> list[tuple[Any, ...]]:
    return ws.conn.execute("SELECT * FROM document_template ORDER BY name").fetchall()


def test_the_office_uses_its_own_template(ws: Workspace, tmp_path: Path) -> None:
    code, out = code_in(ws, "C"), tmp_path / "告知.docx"
    assert not any(one.is_own for one in operations.document_templates(ws))
    path = edited(tmp_path, ws, "另请{{ 企业名称 }}注意。")
    operations.import_document_template(ws, "企业告知书", path)
    (own,) = [one for one in operations.document_templates(ws) if one.is_own]
    assert own.kind.key == "notice"
    name = operations.notice(ws, code).name
    assert f"另请{name}注意。" in write(ws, tmp_path, code)
    operations.export_notice(ws, out, code)
    assert f"另请{name}注意。" in words(out)
    again = tmp_path / "再.docx"
    operations.export_document_template(ws, "notice", again)
    assert again.read_bytes() == path.read_bytes()
    before = templates(ws)
    operations.reset_document_template(ws, "notice")
    assert templates(ws) == []
    assert "注意" not in write(ws, tmp_path, code)
    operations.undo(ws)
    assert templates(ws) == before
    operations.undo(ws)
    assert templates(ws) == []
    with pytest.raises(InputError, match="现在用的就是自带的模板"):
        operations.reset_document_template(ws, "notice")
    assert all(check.ok for check in operations.verify(ws))


def test_a_bad_template_changes_nothing(ws: Workspace, tmp_path: Path) -> None:
    operations.import_document_template(ws, "notice", edited(tmp_path, ws, "甲"))
    before, done = templates(ws), len(operations.last_operations(ws))
    with pytest.raises(InputError, match=r"“改\.docx”中有不认识的字段：“名字”"):
        operations.import_document_template(ws, "notice", edited(tmp_path, ws, "{{ 名字 }}"))
    with pytest.raises(InputError, match="不能读取"):
        operations.import_document_template(ws, "notice", tmp_path / "没有.docx")
    assert templates(ws) == before
    assert len(operations.last_operations(ws)) == done


def test_the_sender_can_be_undone(ws: Workspace) -> None:
    operations.set_document_sender(ws, {"issuer": " 样例办 ", "phone": "000"})
    operations.set_document_sender(ws, {"phone": ""})
    assert operations.document_sender(ws).issuer == "样例办"
    assert operations.document_sender(ws).phone == ""
    operations.undo(ws)
    assert operations.document_sender(ws).phone == "000"
    done = len(operations.last_operations(ws))
    operations.set_document_sender(ws, {"phone": "000"})
    assert len(operations.last_operations(ws)) == done
    with pytest.raises(InputError, match="没有“fax”"):
        operations.set_document_sender(ws, {"fax": "1"})
    with pytest.raises(InputError, match="超过 80 个字"):
        operations.set_document_sender(ws, {"issuer": "长" * 81})


@pytest.mark.parametrize("tag", ["{{ 1 / 0 }}", "{{ ''.__class__.__mro__ }}", "{{ 企业名称 + 1 }}"])
def test_a_tag_that_cannot_be_followed_is_refused_in_chinese(
    ws: Workspace, tmp_path: Path, tag: str
) -> None:
    path = edited(tmp_path, ws, tag)
    with pytest.raises(InputError, match="标签不能填写") as refusal:
        operations.import_document_template(ws, "notice", path)
    assert not [word for word in ("unsafe", "zero", "str", "type") if word in str(refusal.value)]
    assert templates(ws) == []


def test_a_template_without_any_field_is_refused(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "空.docx"
    document = Document()
    document.add_paragraph("没有字段")
    document.save(str(path))
    with pytest.raises(InputError, match="一个字段也没有"):
        operations.import_document_template(ws, "notice", path)
    assert templates(ws) == []
