"""What is painted for print is what stands in the Word file."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from zoneeval.errors import InputError
from zoneeval.giving.documents.sheets import Block, Grid, read_sheets


def written(path: Path) -> Path:
    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(210), Mm(297)
    document.styles["Normal"].font.size = Pt(16)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("关于执行的通知").font.size = Pt(22)
    body = document.add_paragraph("正文")
    body.paragraph_format.first_line_indent = Pt(32)
    body.paragraph_format.line_spacing = Pt(28)
    section = document.add_section()
    section.page_width, section.page_height = Mm(297), Mm(210)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "户号"
    table.cell(1, 1).text = "0012"
    document.save(str(path))
    return path


def test_paragraphs_tables_and_paper_are_read(tmp_path: Path) -> None:
    first, second = read_sheets(written(tmp_path / "通知.docx"))
    blocks = [item for item in first.content if isinstance(item, Block)]
    assert (blocks[0].text, blocks[0].align, blocks[0].pieces[0].size) == (
        "关于执行的通知",
        "center",
        22,
    )
    assert (blocks[1].first, blocks[1].line, blocks[1].pieces[0].size) == (32, 28, 16)
    assert first.width < first.height
    assert second.width > second.height
    grid = next(item for item in second.content if isinstance(item, Grid))
    assert [[cell[0].text for cell in row] for row in grid.rows] == [["户号", ""], ["", "0012"]]


def test_what_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_text("不是文档", encoding="utf-8")
    with pytest.raises(InputError, match="不是 Word 文档"):
        read_sheets(path)
