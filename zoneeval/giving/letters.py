"""数据核实函: a letter to one department with the table of its values to confirm.

The look follows GB/T 9704—2012 (page, fonts, sizes, line spacing, place of the
signature); fonts that a computer lacks fall back to ones it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from zoneeval.giving.departments import Template
from zoneeval.giving.dossier import Dossier, LetterHead
from zoneeval.giving.letter_table import LetterTable, letter_table
from zoneeval.giving.word import (
    BODY_SIZE,
    HEI,
    add_table,
    begin_annex,
    new_document,
    paragraph,
    save_document,
)
from zoneeval.report.workbook.columns import display_width

_TITLE_ROOM = 38
"""Half-width characters that go on one line of a title."""


def write_letter(
    path: Path, head: LetterHead, template: Template, dossiers: Sequence[Dossier]
) -> None:
    """Write the letter to a department as a Word document.

    Raises:
        UserError: the file cannot be written.
    """
    table = letter_table(template, dossiers)
    document = new_document(_title(head).replace("\n", ""))
    _letter(document, head, template, table)
    begin_annex(document)
    paragraph(document, "附件", font=HEI, indent=False)
    paragraph(document, f"{head.year}年度{_annex(template)}", look="annex")
    for note in table.notes:
        paragraph(document, note, size=10.5, indent=False, spacing=16)
    add_table(document, table.headings, table.widths, table.rows, table.right)
    save_document(document, path)


def _annex(template: Template) -> str:
    return f"{template.title}（待核实）"


def _letter(document: Any, head: LetterHead, template: Template, table: LetterTable) -> None:
    paragraph(document, _title(head), look="title")
    paragraph(document, "", size=BODY_SIZE)
    paragraph(document, f"{template.addressee}：", indent=False)
    what = _what(template, table)
    paragraph(
        document,
        f"为做好{head.scope}工作，确保评价数据真实准确，现将拟用于评价的{what}"
        f"（共{table.enterprises}户企业、{len(table.rows)}条，详见附件）送请核实。",
    )
    paragraph(document, "一、请对照原始资料，逐条核对附件所列数据的数值、计量单位和统计口径。")
    paragraph(
        document,
        "二、数据无误的，在“核实意见”栏注明“无误”；有误的，写明正确数值和原因。",
    )
    if table.missing:
        paragraph(
            document,
            f"三、附件中以“—”表示的为尚未收到的数据（共 {table.missing} 处），请补充提供；"
            "确实没有的，请注明原因。有遗漏的企业，请一并补充。",
        )
    else:
        paragraph(document, "三、有遗漏的企业或者记录，请一并补充。")
    when = head.reply_by or "　　年　　月　　日"
    contact, phone = head.contact or "　　　　　　", head.phone or "　　　　　　"
    closing = (
        f"请于{when}前将核实后的附件加盖公章反馈我单位。",
        f"联系人：{contact}　　联系电话：{phone}",
        "",
        f"附件：{head.year}年度{_annex(template)}",
        "",
    )
    for text in closing:
        paragraph(document, text, together=True)
    paragraph(document, head.issuer or "（发函单位盖章）", look="signature", together=True)
    paragraph(document, "　　年　　月　　日", look="signature")


def _title(head: LetterHead) -> str:
    """Return the title, on two lines where it would not go on one."""
    text = f"关于核实{head.scope}数据的函"
    if display_width(text) <= _TITLE_ROOM:
        return text
    return f"关于核实{head.year}年度{head.zone}\n企业分类评价数据的函"


def _what(template: Template, table: LetterTable) -> str:
    """Return in words what is asked about."""
    if not table.labels:
        return template.title.removesuffix("表")
    few = "、".join(table.labels[:3])
    return f"{few}等数据" if len(table.labels) > 1 else f"{few}数据"
