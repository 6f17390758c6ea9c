"""Documents on paper: painted from what stands in the Word file, as PDF or on a printer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtPrintSupport import QPrinter

from zoneeval.atomic import replacing
from zoneeval.errors import UserError, system_reason
from zoneeval.giving.documents.sheets import Block, Grid, Piece, Sheet
from zoneeval.progress import Progress, silent

PX = 96 / 72
"""Pixels of a text document for a point; the painter is scaled to the device."""
LINE, PADDING = 1.0, 2.0
NUMBER_SIZE = 14.0
SERIF = ("FangSong", "仿宋", "SimSun", "宋体", "Noto Serif CJK SC", "Noto Sans CJK SC")
SANS = ("SimHei", "黑体", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
_SANS_WORDS = ("黑体", "SimHei", "小标宋", "YaHei")
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}


def write_document_pdf(path: Path, title: str, sheets: Sequence[Sheet]) -> None:
    """Write sheets as a PDF; raise UserError where the file cannot be written."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(300)
    writer.setTitle(title)
    writer.setCreator("zoneeval")
    paint_sheets(writer, [sheets])
    del writer
    buffer.close()
    try:
        with replacing(path) as beside:
            Path(beside).write_bytes(held.data())
    except OSError as error:
        raise UserError(
            f"不能写入“{path.name}”：{system_reason(error)}。"
            "请关闭正打开它的程序，或换一个位置再导出。"
        ) from error


def paint_sheets(
    device: QPagedPaintDevice,
    documents: Sequence[Sequence[Sheet]],
    progress: Progress = silent,
) -> int:
    """Paint documents one behind the other, each with its own page numbers; return the pages.

    Where it is cancelled or fails, a printer prints nothing.
    """
    QEventLoop()  # a long text sets a timer, and a worker's thread has no dispatcher for it
    painter = QPainter()
    painted = 0
    try:
        for place, sheets in enumerate(documents):
            progress(place, len(documents), f"第 {place + 1} 份，共 {len(documents)} 份")
            first = painted
            for sheet in sheets:
                painted = _paint_sheet(painter, device, sheet, painted, first)
    except BaseException:
        if isinstance(device, QPrinter):
            device.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return painted


def _paint_sheet(
    painter: QPainter, device: QPagedPaintDevice, sheet: Sheet, painted: int, first: int
) -> int:
    """Paint one sheet after so many pages, numbered from ``first``; return how many there are.

    The text document does not outlive this: its timer belongs to the thread.
    """
    document = text_of(sheet)
    for page in range(document.pageCount()):
        device.setPageLayout(_layout(sheet))
        if painted:
            device.newPage()
        else:
            painter.begin(device)
        painted += 1
        _paint_page(painter, device, document, sheet, page, painted - first)
    return painted


def _layout(sheet: Sheet) -> QPageLayout:
    landscape = sheet.width > sheet.height
    size = QPageSize(
        QSizeF(min(sheet.width, sheet.height), max(sheet.width, sheet.height)),
        QPageSize.Unit.Point,
        "",
        QPageSize.SizeMatchPolicy.FuzzyMatch,
    )
    orientation = (
        QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    )
    layout = QPageLayout(size, orientation, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout


def _paint_page(
    painter: QPainter,
    device: QPagedPaintDevice,
    document: QTextDocument,
    sheet: Sheet,
    page: int,
    number: int,
) -> None:
    left, top, _right, bottom = (margin * PX for margin in sheet.margins)
    room = document.pageSize()
    scale = device.logicalDpiX() / 96
    painter.save()
    painter.scale(scale, scale)
    painter.save()
    painter.translate(left, top - page * room.height())
    document.drawContents(painter, QRectF(0, page * room.height(), room.width(), room.height()))
    painter.restore()
    font = _font("宋体", NUMBER_SIZE, bold=False)
    painter.setFont(font)
    flag = Qt.AlignmentFlag.AlignRight if number % 2 else Qt.AlignmentFlag.AlignLeft
    foot = QRectF(left, top + room.height() + bottom * 0.28, room.width(), NUMBER_SIZE * 2)
    inset = NUMBER_SIZE * PX
    painter.drawText(foot.adjusted(inset, 0, -inset, 0), flag, f"— {number} —")
    painter.restore()


def text_of(sheet: Sheet) -> QTextDocument:
    """Return a sheet as a text document of pages; lengths are pixels of 1/96 inch."""
    left, top, right, bottom = sheet.margins
    document = QTextDocument()
    document.setUseDesignMetrics(True)
    document.setDocumentMargin(0)
    document.setDefaultFont(_font("仿宋", 16.0, bold=False))
    document.setPageSize(
        QSizeF((sheet.width - left - right) * PX, (sheet.height - top - bottom) * PX)
    )
    cursor = QTextCursor(document)
    fresh = True
    for item in sheet.content:
        if isinstance(item, Grid):
            _insert_grid(cursor, item)
            fresh = True
            continue
        _insert_block(cursor, item, fresh=fresh)
        fresh = False
    return document


def _insert_block(cursor: QTextCursor, block: Block, *, fresh: bool) -> None:
    form = QTextBlockFormat()
    form.setAlignment(_ALIGN[block.align])
    form.setTextIndent(block.first * PX)
    form.setLeftMargin(block.left * PX)
    form.setRightMargin(block.right * PX)
    form.setTopMargin(block.before * PX)
    form.setBottomMargin(block.after * PX)
    if block.line is not None:
        kind = QTextBlockFormat.LineHeightTypes.FixedHeight
        form.setLineHeight(block.line * PX, kind.value)
    if block.new_page:
        form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    usual = _char(block.pieces[0]) if block.pieces else QTextCharFormat()
    if fresh:
        cursor.setBlockFormat(form)
        cursor.setBlockCharFormat(usual)
    else:
        cursor.insertBlock(form, usual)
    for piece in block.pieces:
        cursor.insertText(piece.text, _char(piece))


def _insert_grid(cursor: QTextCursor, grid: Grid) -> None:
    columns = max((len(row) for row in grid.rows), default=0)
    if not columns:
        return
    form = QTextTableFormat()
    form.setBorder(LINE)
    form.setBorderCollapse(True)
    form.setBorderBrush(QBrush(Qt.GlobalColor.black))
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setCellPadding(PADDING)
    form.setCellSpacing(0)
    form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    form.setHeaderRowCount(grid.headings)
    taken = LINE + 0.5
    if len(grid.widths) == columns and all(grid.widths):
        form.setColumnWidthConstraints(
            [
                QTextLength(QTextLength.Type.FixedLength, max(width * PX - taken, 8.0))
                for width in grid.widths
            ]
        )
    table: QTextTable = cursor.insertTable(len(grid.rows), columns, form)
    lined = QTextTableCellFormat()
    lined.setBorder(LINE)
    lined.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    lined.setBorderBrush(QBrush(Qt.GlobalColor.black))
    lined.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
    for at, row in enumerate(grid.rows):
        for place, cell in enumerate(row):
            held = table.cellAt(at, place)
            held.setFormat(lined)
            inside = held.firstCursorPosition()
            for number, block in enumerate(cell):
                _insert_block(inside, block, fresh=number == 0)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _char(piece: Piece) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFont(_font(piece.font, piece.size, bold=piece.bold))
    return form


def _font(name: str, points: float, *, bold: bool) -> QFont:
    font = QFont()
    sans = any(word in name for word in _SANS_WORDS)
    usual = SANS if sans else SERIF
    font.setFamilies([*([name] if name else []), *usual, *font.families()])
    font.setPixelSize(max(1, round(points * PX)))
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
