"""Templates of documents: those that are shipped, and what is refused of others."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from zoneeval.errors import InputError, UserError
from zoneeval.giving.documents.fields import KINDS, document_kind, sample_of, walk
from zoneeval.giving.documents.template import DocumentTemplate, clean

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "zoneeval/giving/documents/templates"
KEYS = [kind.key for kind in KINDS]


def shipped(key: str) -> bytes:
    return (FOLDER / f"{key}.docx").read_bytes()


def changed(key: str, change: Callable[[Any], object]) -> DocumentTemplate:
    """Return the shipped template as somebody changed it in Word."""
    document = Document(io.BytesIO(shipped(key)))
    change(document)
    made = io.BytesIO()
    document.save(made)
    return DocumentTemplate(document_kind(key), made.getvalue(), "我的模板.docx")


def with_text(*texts: str) -> Callable[[Any], object]:
    return lambda document: [document.add_paragraph(text) for text in texts]


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_shipped_templates_are_those_that_the_tool_makes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-B", str(ROOT / "tools" / "make_document_templates.py"), str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert sorted(path.stem for path in tmp_path.iterdir()) == sorted(KEYS)
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(KEYS)
    for key in KEYS:
        assert parts((tmp_path / f"{key}.docx").read_bytes()) == parts(shipped(key))


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_template_can_be_filled_in(key: str) -> None:
    kind = document_kind(key)
    template = DocumentTemplate(kind, shipped(key))
    template.check()
    text = words(template.document(sample_of(kind.fields)))
    assert "{" not in text
    assert "发文机关" in text


@pytest.mark.parametrize("key", KEYS)
def test_the_page_is_that_of_an_official_document(key: str) -> None:
    document = Document(io.BytesIO(shipped(key)))
    page = document.sections[0]
    sides = (page.top_margin, page.left_margin, page.bottom_margin, page.right_margin)
    assert [round(side.mm) for side in sides if side is not None] == [37, 28, 35, 26]
    assert page.page_width is not None
    assert page.page_height is not None
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    fonts = {f.get(qn("w:eastAsia")) for f in document.element.body.iter(qn("w:rFonts"))}
    assert {"方正小标宋简体", "仿宋_GB2312"} <= fonts
    with zipfile.ZipFile(io.BytesIO(shipped(key))) as archive:
        table = archive.read("word/fontTable.xml").decode()
        theme = archive.read("word/theme/theme1.xml").decode()
        feet = archive.read("word/footer1.xml").decode()
    assert 'w:altName w:val="仿宋;FangSong' in table
    assert '<a:ea typeface="仿宋_GB2312"' in theme
    assert "PAGE" in feet


def test_every_field_is_explained_and_named_once() -> None:
    for kind in KINDS:
        found = [(owner, field.name) for owner, field in walk(kind.fields)]
        assert len(found) == len(set(found))
        assert all(field.about and field.name.isidentifier() for _, field in walk(kind.fields))
    assert document_kind("企业告知书").key == "notice"
    with pytest.raises(InputError, match="没有“书信”这种文书"):
        document_kind("书信")


def test_text_is_taken_as_text() -> None:
    template = changed("reply", with_text("答：{{ 异议内容 }}"))
    content = sample_of(document_kind("reply").fields)
    content["异议内容"] = clean('甲<乙>&"丙"\x0b{{ 企业名称 }}\n完')
    assert '答：甲<乙>&"丙"{{ 企业名称 }} 完' in words(template.document(content))


def test_conditions_and_names_that_a_template_sets_are_understood() -> None:
    template = changed(
        "notice",
        with_text(
            "{%p for 项 in 指标表 %}",
            "{%p set 头 = loop.index %}",
            "第{{ 头 }}项{% if 项.得分 and not loop.last %}，{% endif %}",
            "{%p endfor %}",
            "{{ 指标表|length }}项，{{ 指标表[0]['得分'] }}",
        ),
    )
    template.check()
    text = words(template.document(sample_of(document_kind("notice").fields)))
    assert "第1项，\n第2项\n2项，得分" in text


def test_quotes_in_tags_may_be_written_as_any_program_saves_them() -> None:
    content = shipped("reply")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts(content).items():
            if name == "word/document.xml":
                asked = "企业名称 != &apos;甲&apos; and 提出人 &gt; &quot;&quot;"
                told = f"{{% if {asked} %}}收到{{% endif %}}如有疑问"
                data = data.replace("如有疑问".encode(), told.encode(), 1)
            archive.writestr(name, data)
    template = DocumentTemplate(document_kind("reply"), made.getvalue())
    assert "收到如有疑问" in words(template.document(sample_of(template.kind.fields)))


def test_a_tag_that_word_has_torn_is_still_read() -> None:
    def torn(document: Any) -> None:
        made = document.add_paragraph()
        for piece in ("甲{", "{ 企业", "名称 }", "}乙"):
            made.add_run(piece)

    content = sample_of(document_kind("reply").fields)
    assert "甲企业名称乙" in words(changed("reply", torn).document(content))


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        (("{{ 企业名 }}",), "不认识的字段：“企业名”。"),
        (("{%p for 项 in 企业名单 %}", "{%p endfor %}"), "“企业名单”"),
        (("{%p for 项 in 指标表 %}", "{{ 项.分数 }}", "{%p endfor %}"), "“项.分数”"),
        (("{% if 年份 %}甲{% endif %}",), "“年份”"),
        (("{{ 企业名称.__class__ }}",), "“企业名称.__class__”"),
        (("{{ 项.得分 }}",), "“项”"),
    ],
)
def test_an_unknown_field_is_named(texts: tuple[str, ...], named: str) -> None:
    with pytest.raises(InputError, match="请对照“企业告知书”的字段表") as caught:
        changed("notice", with_text(*texts))
    assert named in str(caught.value)
    assert "我的模板.docx" in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "near"),
    [
        (("致{{ 企业名称 }",), "致{{ 企业名称 }"),
        (("{%p for 项 in 指标表 %}", "{{ 项.得分 }}"), "成对出现"),
        (("甲{% endif %}乙",), "甲{% endif %}乙"),
        (("{% 如果 类别 %}",), "{% 如果 类别 %}"),
    ],
)
def test_a_broken_tag_is_quoted(texts: tuple[str, ...], near: str) -> None:
    with pytest.raises(InputError, match="标签写得不完整") as caught:
        changed("notice", with_text(*texts))
    assert near in str(caught.value)


def test_a_pair_that_tears_paragraphs_apart_is_refused() -> None:
    template = changed("notice", with_text("{% for 项 in 指标表 %}", "{{ 项.得分 }}{% endfor %}"))
    template.check()  # whole paragraphs are repeated: that is a document
    torn = changed("notice", with_text("{%p for 项 in 指标表 %}", "甲{% endfor %}乙"))
    with pytest.raises(InputError, match="不能成为 Word 文档"):
        torn.check()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是 Word 文档"),
        (b"PK\x03\x04 and nothing else", "不是 Word 文档"),
        (b"0" * 5_000_001, "超过 5 MB"),
    ],
)
def test_what_is_no_word_file_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        DocumentTemplate(document_kind("notice"), content, "我的模板.docx")


def test_an_archive_without_text_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("说明.txt", "不是文档")
    with pytest.raises(InputError, match="不是 Word 文档"):
        DocumentTemplate(document_kind("notice"), made.getvalue(), "我的模板.docx")


def test_what_cannot_be_written_says_why(tmp_path: Path) -> None:
    template = DocumentTemplate(document_kind("reply"), shipped("reply"))
    content = sample_of(document_kind("reply").fields)
    with pytest.raises(UserError, match=r"\.docx 结尾"):
        template.write(tmp_path / "答复.pdf", content)
    (tmp_path / "占用").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="不能写入"):
        template.write(tmp_path / "占用" / "答复.docx", content)
    template.write(tmp_path / "新" / "答复.docx", content)
    assert [path.name for path in (tmp_path / "新").iterdir()] == ["答复.docx"]
