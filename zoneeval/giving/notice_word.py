"""企业评价告知书 as a Word document of one page."""

from __future__ import annotations

from pathlib import Path

from zoneeval.giving.notice import HEADINGS, RIGHT, WIDTHS, Notice
from zoneeval.giving.word import HEI, add_table, new_document, paragraph, save_document
from zoneeval.report.workbook.columns import display_width

_ROOM = 238.0
"""Millimetres from the top margin to the bottom one, less what the footer takes."""
_LOOKS = ((12.0, 20.0), (11.0, 18.0), (10.5, 16.5), (10.0, 14.5), (9.0, 12.5))
"""Text sizes with their line spacing, in points: the largest that goes on a page is taken."""
_MM = 25.4 / 72


def write_notice(path: Path, notice: Notice) -> None:
    """Write the notice to one enterprise as a Word document.

    Raises:
        UserError: the file cannot be written.
    """
    from docx.shared import Mm

    document = new_document(f"{notice.title}（{notice.name}）")
    section = document.sections[0]
    section.top_margin, section.bottom_margin = Mm(25), Mm(25)
    section.left_margin = section.right_margin = Mm(25)
    section.footer_distance = Mm(14)
    size, spacing = next((look for look in _LOOKS if _height(notice, *look) <= _ROOM), _LOOKS[-1])
    paragraph(document, notice.title, look="title")
    if notice.warning:
        paragraph(document, notice.warning, font=HEI, size=size - 1, indent=False, spacing=spacing)
    paragraph(document, f"{notice.name}：", size=size, indent=False, spacing=spacing)
    paragraph(document, notice.opening, size=size, spacing=spacing)
    for label, words in notice.facts:
        paragraph(document, f"{label}：{words}", size=size, spacing=spacing)
    paragraph(document, notice.sentence + notice.adjusted, size=size, spacing=spacing)
    if notice.rows:
        add_table(document, HEADINGS, WIDTHS, notice.rows, RIGHT)
    for label, words in notice.result:
        paragraph(document, f"{label}：{words}", size=size, indent=False, spacing=spacing)
    for text in notice.notes:
        paragraph(document, text, size=9.0, indent=False, spacing=12.5)
    for text in notice.objection:
        paragraph(document, text, size=size, spacing=spacing, together=True)
    paragraph(document, "", size=size, spacing=spacing, together=True)
    seal, date = notice.signature
    paragraph(document, seal, look="signature", size=size, spacing=spacing, together=True)
    paragraph(document, date, look="signature", size=size, spacing=spacing)
    save_document(document, path)


def _height(notice: Notice, size: float, spacing: float) -> float:
    """Return about how high the notice will be, in millimetres."""
    flowing = [notice.name, notice.opening, notice.sentence + notice.adjusted, *notice.objection]
    if notice.warning:
        flowing.append(notice.warning)
    flowing += [f"{label}：{words}" for label, words in (*notice.facts, *notice.result)]
    points = 35 + spacing * (3 + sum(_lines(text, 160, size, 4) for text in flowing))
    points += 12.5 * sum(_lines(text, 160, 9.0) for text in notice.notes)
    for row in (HEADINGS, *notice.rows) if notice.rows else ():
        deepest = max(_lines(text, width - 3, 9.0) for text, width in zip(row, WIDTHS, strict=True))
        points += 13.5 * deepest
    return points * _MM


def _lines(text: str, width: float, size: float, indent: int = 0) -> int:
    """Return on how many lines a text goes that is ``width`` millimetres wide."""
    fits = max(int(width / (size * _MM / 2)), 1)
    return max(-(-(display_width(text) + indent) // fits), 1)
