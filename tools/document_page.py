"""A Word template in the making: official paragraphs after GB/T 9704—2012, tables over lists."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zoneeval.giving.word import (
    FANG_SONG,
    HEI,
    TITLE_FONT,
    add_table,
    new_document,
    paragraph,
)

LINE = 28.95
_DAY = datetime(2025, 1, 1)
_UNUSED = ("thumbnail", "customXml", "numbering", "stylesWithEffects", "webSettings")
_SMALL = 10.5
CENTRED = ("序号", "类别", "上年类别", "本年类别", "变化", "连续年数")


class Page:
    """A template in the making: official paragraphs, and tables over lists."""

    def __init__(self, title: str) -> None:
        self.document = new_document(title)
        self.document.core_properties.created = _DAY
        self.document.core_properties.modified = _DAY
        self.document.core_properties.revision = 1
        _feet(self.document)

    def number(self) -> None:
        def make() -> None:
            self.centre("{{ 文号 }}")
            paragraph(self.document, "")

        self.only_if("文号", make)

    def title(self, *lines: str) -> None:
        for line in lines:
            paragraph(self.document, line, look="title")
            _off_grid(self.document.paragraphs[-1])
        paragraph(self.document, "")

    def centre(self, text: str) -> None:
        paragraph(self.document, text, indent=False)
        self.document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def warning(self) -> None:
        self.only_if("示意提示", lambda: self.text("{{ 示意提示 }}", font=HEI))

    def draft(self) -> None:
        self.only_if("草稿提示", lambda: self.text("{{ 草稿提示 }}", font=HEI))

    def to(self) -> None:
        paragraph(self.document, "{{ 主送 }}：", indent=False)

    def heading(self, text: str) -> None:
        paragraph(self.document, text, font=HEI, together=True)

    def text(self, text: str, *, font: str = FANG_SONG, together: bool = False) -> None:
        paragraph(self.document, text, font=font, together=together)

    def tag(self, tag: str) -> None:
        paragraph(self.document, f"{{%p {tag} %}}", indent=False)

    def only_if(self, condition: str, make: Callable[[], None]) -> None:
        self.tag(f"if {condition}")
        make()
        self.tag("endif")

    def each(self, loop: str, make: Callable[[], None]) -> None:
        self.tag(f"for {loop}")
        make()
        self.tag("endfor")

    def table(
        self,
        listed: str,
        columns: Sequence[tuple[str, float]],
        *,
        right: Sequence[str] = (),
        size: float = _SMALL,
        owner: str = "",
    ) -> None:
        """Add a table with a row for each entry of a list; columns are fields of it."""
        names = [name for name, _ in columns]
        begin = [f"{{%tr for 行 in {owner}{listed} %}}", *[""] * (len(names) - 1)]
        end = ["{%tr endfor %}", *[""] * (len(names) - 1)]
        rows = [begin, [f"{{{{ 行.{name} }}}}" for name in names], end]
        places = frozenset(names.index(name) for name in right)
        add_table(self.document, names, [wide for _, wide in columns], rows, places, size)
        _set_cells(self.document.tables[-1], names)

    def sign(self) -> None:
        """Sign below two empty lines; name and date are centred, four characters in."""
        for made in reversed(self.document.paragraphs):
            made.paragraph_format.keep_with_next = True
            if "{%" not in made.text:
                break
        for text in ("", ""):
            paragraph(self.document, text, together=True)
        for text in ("{{ 发文机关 }}", "{{ 成文日期 }}"):
            paragraph(self.document, text, indent=False, together=text.startswith("{{ 发"))
            made = self.document.paragraphs[-1]
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
            made.paragraph_format.left_indent = Mm(62)
            made.paragraph_format.right_indent = Mm(2)

    def contact(self) -> None:
        self.text("联系人：{{ 联系人 }}，联系电话：{{ 联系电话 }}，地址：{{ 联系地址 }}。")

    def annex(self, number: str, title: str, *, new_page: bool = True) -> None:
        paragraph(self.document, number, font=HEI, indent=False, together=True)
        self.document.paragraphs[-1].paragraph_format.page_break_before = new_page
        paragraph(self.document, title, look="annex")
        _off_grid(self.document.paragraphs[-1])
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def content(self) -> bytes:
        """Return the file, without what it does not use, the same bytes each time."""
        _theme(self.document)
        _grid(self.document)
        made = io.BytesIO()
        _thin(self.document)
        self.document.save(made)
        out = io.BytesIO()
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
            for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
                entry = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                new.writestr(entry, old.read(name), compresslevel=9)
        return out.getvalue()


def _feet(document: Any) -> None:
    """Put page numbers outside: odd ones right, even ones left, one character in."""
    section = document.sections[0]
    document.settings.odd_and_even_pages_header_footer = True
    odd = section.footer.paragraphs[0]
    odd.alignment, odd.paragraph_format.right_indent = WD_ALIGN_PARAGRAPH.RIGHT, Pt(14)
    even = section.even_page_footer.paragraphs[0]
    even.alignment, even.paragraph_format.left_indent = WD_ALIGN_PARAGRAPH.LEFT, Pt(14)
    for run in odd.runs:
        even._p.append(deepcopy(run._r))


def _set_cells(table: Any, names: Sequence[str]) -> None:
    """Lay the cells of a table: off the grid, in the middle of the row, short words centred."""
    for row in table.rows:
        for cell in row.cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            made = cell.paragraphs[0]
            made.paragraph_format.space_before = made.paragraph_format.space_after = Pt(2)
            _off_grid(made)
    for name, cell in zip(names, table.rows[2].cells, strict=True):
        if name in CENTRED:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        elif cell.paragraphs[0].alignment != WD_ALIGN_PARAGRAPH.RIGHT:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def _off_grid(made: Any) -> None:
    """Let a paragraph keep its own line spacing, whatever the grid of the page."""
    off = OxmlElement("w:snapToGrid")
    off.set(qn("w:val"), "0")
    made._p.get_or_add_pPr().find(qn("w:spacing")).addprevious(off)


def _grid(document: Any) -> None:
    """Lay 22 lines on a page."""
    for section in document.sections:
        properties = section._sectPr
        for old in properties.findall(qn("w:docGrid")):
            properties.remove(old)
        grid = OxmlElement("w:docGrid")
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(round(LINE * 20)))
        properties.append(grid)


def _theme(document: Any) -> None:
    """Name the fonts for Chinese in the theme as well."""
    for part in document.part.package.iter_parts():
        if str(part.partname).startswith("/word/theme/"):
            text = part.blob.decode()
            for tag, font in (("majorFont", TITLE_FONT), ("minorFont", FANG_SONG)):
                text = re.sub(
                    rf'(<a:{tag}>.*?<a:ea typeface=")[^"]*(")',
                    rf"\g<1>{font}\g<2>",
                    text,
                    flags=re.S,
                )
                text = re.sub(
                    rf'(<a:{tag}>.*?<a:font script="Hans" typeface=")[^"]*(")',
                    rf"\g<1>{font}\g<2>",
                    text,
                    count=1,
                    flags=re.S,
                )
            part._blob = text.encode()


def _thin(document: Any) -> None:
    """Take out styles that nothing uses, and the picture of another document."""
    used = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "TableGrid", "Footer"}
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:styleId")) not in used:
            styles.remove(style)
    for link in list(styles.iter(qn("w:link"))):
        link.getparent().remove(link)
    latent = styles.find(qn("w:latentStyles"))
    if latent is not None:
        styles.remove(latent)
    for owner in (document.part.package, document.part):
        for key, relation in list(owner.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED:
                del owner.rels[key]
