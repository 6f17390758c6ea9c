"""A document in Word as plain values: what stands on its sheets, to be painted for print.

Only what the templates of official documents use is read: paragraphs with alignment,
indents, line heights and fonts, tables with widths and headings, and sections with their
paper.  Pictures are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from zoneeval.errors import InputError

if TYPE_CHECKING:
    from docx.section import Section
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

Align = Literal["left", "center", "right", "justify"]
SIZE = 16.0
"""Points of a text that names no size: 三号."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAK = f"{_W}br"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one font; ``font`` is that of the Chinese characters, "" where none is named."""

    text: str
    size: float
    bold: bool
    font: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; lengths in points.  ``line`` None is the usual height of the font."""

    pieces: tuple[Piece, ...]
    align: Align
    first: float
    left: float
    right: float
    before: float
    after: float
    line: float | None
    new_page: bool

    @property
    def text(self) -> str:
        """Return the text alone."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: rows of cells of paragraphs, ``widths`` in points, how many rows are headings."""

    rows: tuple[tuple[tuple[Block, ...], ...], ...]
    widths: tuple[float, ...]
    headings: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section: paper and margins (left, top, right, bottom) in points, and what is on it."""

    width: float
    height: float
    margins: tuple[float, float, float, float]
    content: tuple[Block | Grid, ...]


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return the sections of a document; raise InputError where it is no Word file."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise InputError(f"“{path.name}”不是 Word 文档（.docx），不能打印。") from error
    return tuple(_sheet(section) for section in document.sections)


def _sheet(section: Section) -> Sheet:
    margins = (
        _points(section.left_margin, 79.0),
        _points(section.top_margin, 105.0),
        _points(section.right_margin, 74.0),
        _points(section.bottom_margin, 99.0),
    )
    return Sheet(
        _points(section.page_width, 595.3),
        _points(section.page_height, 841.9),
        margins,
        tuple(_content(section)),
    )


def _content(section: Section) -> Iterator[Block | Grid]:
    from docx.text.paragraph import Paragraph

    for item in section.iter_inner_content():
        yield _block(item) if isinstance(item, Paragraph) else _grid(item)


def _grid(table: Table) -> Grid:
    rows = tuple(
        tuple(tuple(_block(paragraph) for paragraph in cell.paragraphs) for cell in row.cells)
        for row in table.rows
    )
    headings = 0
    for row in table.rows:
        if row._tr.find(f"{_W}trPr/{_W}tblHeader") is None:
            break
        headings += 1
    widths = tuple(_points(column.width, 0.0) for column in table.columns)
    return Grid(rows, widths, headings)


def _block(paragraph: Paragraph) -> Block:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING

    align: dict[Any, Align] = {
        WD_ALIGN_PARAGRAPH.CENTER: "center",
        WD_ALIGN_PARAGRAPH.RIGHT: "right",
        WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
    }
    spacing = _of(paragraph, "line_spacing")
    exact = _of(paragraph, "line_spacing_rule") in (
        WD_LINE_SPACING.EXACTLY,
        WD_LINE_SPACING.AT_LEAST,
    )
    breaks = [mark for mark in paragraph._p.iter(_BREAK) if mark.get(f"{_W}type") == "page"]
    return Block(
        tuple(_pieces(paragraph)),
        align.get(_of(paragraph, "alignment"), "left"),
        _points(_of(paragraph, "first_line_indent"), 0.0),
        _points(_of(paragraph, "left_indent"), 0.0),
        _points(_of(paragraph, "right_indent"), 0.0),
        _points(_of(paragraph, "space_before"), 0.0),
        _points(_of(paragraph, "space_after"), 0.0),
        _points(spacing, 0.0) if exact and spacing is not None else None,
        bool(_of(paragraph, "page_break_before")) or bool(breaks),
    )


def _of(paragraph: Paragraph, name: str) -> Any:
    """Return what a paragraph says of itself, else its style or one that it is based on."""
    found = getattr(paragraph.paragraph_format, name)
    style: Any = paragraph.style
    while found is None and style is not None:
        found = getattr(style.paragraph_format, name)
        style = style.base_style
    return found


def _pieces(paragraph: Paragraph) -> Iterator[Piece]:
    for run in paragraph.runs:
        text = run.text.replace("\f", "")
        if text:
            yield Piece(text, _size(paragraph, run), bool(run.bold), _font(paragraph, run))


def _size(paragraph: Paragraph, run: Run) -> float:
    found = run.font.size
    style: Any = paragraph.style
    while found is None and style is not None:
        found = style.font.size
        style = style.base_style
    return _points(found, SIZE)


def _font(paragraph: Paragraph, run: Run) -> str:
    style: Any = paragraph.style
    held: Any = run._r.rPr
    while True:
        fonts = None if held is None else held.find(f"{_W}rFonts")
        name = None if fonts is None else fonts.get(f"{_W}eastAsia")
        if name or style is None:
            return str(name or "")
        held, style = style.element.rPr, style.base_style


def _points(length: Any, otherwise: float) -> float:
    return otherwise if length is None else float(length.pt)
