"""一企一单: one sheet per enterprise with every value, its unit and source, for stamping."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from zoneeval.errors import InputError, system_reason
from zoneeval.giving.dossier import Dossier
from zoneeval.giving.slip import SlipWriter
from zoneeval.progress import Progress, silent
from zoneeval.report.workbook.book import sheet_names

Layout = Literal["sheets", "one", "files"]
LAYOUTS: dict[Layout, str] = {
    "sheets": "一个工作簿，每户一张工作表",
    "one": "一个工作簿，连续打印，每户另起一页",
    "files": "每户一个工作簿，放入一个文件夹",
}
"""How the slips are put together."""

MOST_SHEETS = 1000
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'\"<>|\t\r\n", "·"))


def write_confirmations(
    out: Path,
    year: int,
    dossiers: Sequence[Dossier],
    layout: Layout = "sheets",
    progress: Progress = silent,
) -> list[Path]:
    """Write a confirmation slip per enterprise and return the files.

    ``out`` is a workbook, or with ``files`` a folder.  A cancelled export leaves no
    half-written workbook.

    Raises:
        UserError: there is no enterprise, or a file cannot be written.
    """
    if not dossiers:
        raise InputError(f"{year} 年没有企业数据，不能制作一企一单。请先导入。")
    if layout == "files":
        return _many(out, year, dossiers, progress)
    if layout == "sheets" and len(dossiers) > MOST_SHEETS:
        raise InputError(
            f"共 {len(dossiers)} 户企业，一个工作簿放不下这么多工作表（最多 {MOST_SHEETS} 张）。"
            "请按园区分别导出，或选“连续打印”“每户一个工作簿”。"
        )
    _book(out, year, dossiers, layout == "one", progress)
    return [out]


def _book(
    path: Path, year: int, dossiers: Sequence[Dossier], joined: bool, progress: Progress
) -> None:
    # The spreadsheet library is slow to import, so only writing does it.
    from openpyxl import Workbook

    from zoneeval.report.workbook.save import check_name, save_atomically
    from zoneeval.report.workbook.styles import set_default_font

    check_name(path)
    book = Workbook()
    set_default_font(book)
    book.properties.creator = book.properties.lastModifiedBy = "zoneeval"
    book.properties.title = f"{year}年度企业数据确认单"
    book.remove(book.worksheets[0])
    names = sheet_names([d.name or d.uscc for d in dossiers]) if not joined else ["一企一单"]
    writer = SlipWriter(book, year)
    total = len(dossiers)
    for done, dossier in enumerate(dossiers):
        progress(done, total, f"正在制作一企一单：{dossier.name}")
        if not joined:
            writer.begin(names[done])
        elif done == 0:
            writer.begin(names[0])
        writer.write(dossier, new_page=joined and done > 0)
    progress(total, total, "正在保存工作簿")
    save_atomically(book, path)


def _many(folder: Path, year: int, dossiers: Sequence[Dossier], progress: Progress) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{folder}”：{system_reason(error)}。请换一个位置。"
        ) from error
    files = []
    for done, dossier in enumerate(dossiers):
        progress(done, len(dossiers), f"正在制作一企一单：{dossier.name}")
        name = (dossier.name or "企业").translate(_FORBIDDEN).strip(" .")[:60]
        path = folder / f"{name}（{dossier.uscc}）{year}年数据确认单.xlsx"
        _book(path, year, [dossier], False, silent)
        files.append(path)
    progress(len(dossiers), len(dossiers), "一企一单已写好")
    return files
