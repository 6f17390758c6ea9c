"""Make a workbook of pages and put it in its place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from zoneeval.progress import Progress, silent
from zoneeval.report.workbook.columns import FactPage, Page

_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "·"))


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Return names that Excel accepts: at most 31 characters, none twice."""
    names: list[str] = []
    for name in wanted:
        base = name.translate(_FORBIDDEN).strip()[:31] or "表"
        candidate, n = base, 1
        while candidate.lower() in {known.lower() for known in names}:
            n += 1
            candidate = f"{base[:27]}（{n}）"
        names.append(candidate)
    return names


def write_book(
    path: Path, title: str, pages: Sequence[Page | FactPage], progress: Progress = silent
) -> None:
    """Write ``pages`` as the sheets of one workbook at ``path``, whole or not at all.

    ``progress`` is told of each sheet and may stop the work: nothing is written then.

    Raises:
        UserError: the file cannot be written; an older file is then unchanged.
    """
    # The spreadsheet library is slow to import, so only writing does it.
    from zoneeval.report.workbook.save import check_name, let_go, save_atomically
    from zoneeval.report.workbook.sheets import QuickBook, SheetWriter
    from zoneeval.report.workbook.styles import set_default_font

    check_name(path)
    workbook = QuickBook()
    workbook.properties.creator = "zoneeval"
    workbook.properties.lastModifiedBy = "zoneeval"
    workbook.properties.title = title
    set_default_font(workbook)
    workbook.calculation.fullCalcOnLoad = True
    names = sheet_names([page.name for page in pages])
    try:
        for done, (name, page) in enumerate(zip(names, pages, strict=True)):
            progress(done, len(pages) + 1, f"写入“{name}”")
            writer = SheetWriter(workbook, name)
            if isinstance(page, FactPage):
                writer.write_facts(page)
            else:
                writer.write_page(page)
        progress(len(pages), len(pages) + 1, f"保存“{path.name}”")
    except BaseException:
        let_go(workbook)
        raise
    save_atomically(workbook, path)
