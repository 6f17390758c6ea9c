"""Word documents in the manner of GB/T 9704—2012: page, fonts, line spacing, tables."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

from zoneeval.atomic import replacing
from zoneeval.errors import UserError, system_reason

TITLE_FONT, HEI, FANG_SONG, KAI = "方正小标宋简体", "黑体", "仿宋_GB2312", "楷体_GB2312"
BODY_SIZE = 16.0
"""三号."""

_FALLBACKS = {
    TITLE_FONT: "方正小标宋_GBK;小标宋;华文中宋;宋体;SimSun",
    FANG_SONG: "仿宋;FangSong;华文仿宋;STFangsong",
    HEI: "SimHei;微软雅黑",
    KAI: "楷体;KaiTi;华文楷体;STKaiti",
    "宋体": "SimSun",
}
_LINE = 28.95
"""Points from line to line: 22 lines on a page whose type area is 225 mm high."""

Look = Literal["body", "title", "annex", "signature"]


def new_document(title: str) -> Any:
    """Return an empty document, A4 with the margins of an official document."""
    # The library is slow to import, so only writing does it.
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    document.core_properties.title = title
    document.core_properties.author = document.core_properties.last_modified_by = "zoneeval"
    document.core_properties.comments = ""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(BODY_SIZE)
    _east_asian(normal.element.get_or_add_rPr(), FANG_SONG)
    _chinese(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _page_number(section)
    _name_fallbacks(document)
    return document


def begin_annex(document: Any) -> None:
    """Begin a section across, in which wide tables have room."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin = section.right_margin = Mm(15)
    section.footer_distance = Mm(10)


def paragraph(
    document: Any,
    text: str,
    *,
    look: Look = "body",
    font: str = FANG_SONG,
    size: float = BODY_SIZE,
    indent: bool = True,
    spacing: float = _LINE,
    together: bool = False,
) -> None:
    """Add a paragraph; the body's first line is indented by two characters.

    ``together`` keeps it on one page with the next, so that no signature stands alone.
    """
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    made = document.add_paragraph()
    form = made.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing = Pt(spacing)
    form.keep_with_next = together
    if look in ("title", "annex"):
        font, size = TITLE_FONT, 22.0 if look == "title" else 18.0
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        form.line_spacing = Pt(35)
        form.space_after = Pt(4 if look == "annex" else 0)
    elif look == "signature":
        made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form.right_indent = Pt(size * 2)
    elif indent:
        form.first_line_indent = Pt(size * 2)
    run = made.add_run(text)
    run.font.size = Pt(size)
    _east_asian(run._element.get_or_add_rPr(), font)


def add_table(
    document: Any,
    headings: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    right: frozenset[int] = frozenset(),
    size: float | None = None,
) -> None:
    """Add a table over the full width, its headings repeated on every page.

    ``size`` is that of its text in points (None: by how wide it is).

    Rows are copied from a model row: adding them one by one through the library would
    take a time that grows with the square of their number.
    """
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = document.add_table(rows=2, cols=len(headings))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    section = document.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    size = size or (9.0 if sum(widths) <= 165 else 8.0 if sum(widths) <= 190 else 7.5)
    share = [int(room * width / sum(widths)) for width in widths]
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            cell.width = share[column]
            made = cell.paragraphs[0]
            made.paragraph_format.space_after = Pt(0)
            made.paragraph_format.line_spacing = Pt(size + 4)
            run = made.add_run(headings[column] if number == 0 else " ")
            run.font.size = Pt(size)
            run.font.bold = number == 0
            _east_asian(run._element.get_or_add_rPr(), HEI if number == 0 else "宋体")
            if number == 0:
                made.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif column in right:
                made.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            elif column == 0:
                made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        keep = row._tr.get_or_add_trPr()
        keep.append(OxmlElement("w:cantSplit"))
        if number == 0:
            keep.append(OxmlElement("w:tblHeader"))
    for column, wide in enumerate(share):
        table.columns[column].width = wide
    _cell_margins(table, Mm(1))
    model = table.rows[1]._tr
    body = model.getparent()
    body.remove(model)
    text_tag = qn("w:t")
    for words in rows:
        copy = deepcopy(model)
        for holder, text in zip(copy.iter(text_tag), words, strict=True):
            holder.text = _clean(text)
        body.append(copy)


def _cell_margins(table: Any, space: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(int(space / 635)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _clean(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\t\n")


def _east_asian(properties: Any, font: str) -> None:
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:ascii"), "Times New Roman")
    fonts.set(qn("w:hAnsi"), "Times New Roman")
    fonts.set(qn("w:hint"), "eastAsia")


def _chinese(document: Any) -> None:
    """Say that the text is Chinese, so that marks and letters take their mainland shapes."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _page_number(section: Any) -> None:
    """Put — 1 — in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    made = section.footer.paragraphs[0]
    made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in ("— ", "", " —"):
        run = made.add_run(text)
        run.font.size = Pt(14)
        _east_asian(run._element.get_or_add_rPr(), "宋体")
        if not text:
            for kind in ("begin", "PAGE", "end"):
                if kind == "PAGE":
                    part = OxmlElement("w:instrText")
                    part.set(qn("xml:space"), "preserve")
                    part.text = "PAGE"
                else:
                    part = OxmlElement("w:fldChar")
                    part.set(qn("w:fldCharType"), kind)
                run._element.append(part)


def _name_fallbacks(document: Any) -> None:
    """Say in the font table which fonts stand in for those a computer lacks."""
    for part in document.part.package.iter_parts():
        if str(part.partname) != "/word/fontTable.xml":
            continue
        entries = "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{others}"/>'
            '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
            for name, others in _FALLBACKS.items()
        )
        part._blob = part.blob.replace(b"</w:fonts>", f"{entries}</w:fonts>".encode())


def save_document(document: Any, path: Path) -> None:
    """Write a document beside ``path`` and rename it, so that a failure changes nothing.

    Raises:
        UserError: the name does not fit, or the file cannot be written.
    """
    if path.suffix.lower() != ".docx":
        raise UserError(f"函件的文件名要以 .docx 结尾，现在是“{path.name}”。请改名后再导出。")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as beside:
            document.save(str(beside))
    except PermissionError as error:
        raise UserError(
            f"不能写入“{path.name}”：文件正被 Word 或 WPS 打开，或没有写入权限。"
            "请关闭后再导出，或换一个位置。"
        ) from error
    except OSError as error:
        raise UserError(
            f"不能写入“{path}”：{system_reason(error)}。请检查磁盘空间和文件夹，或换一个位置。"
        ) from error
