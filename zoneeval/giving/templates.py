"""Blank workbooks for the departments; filled in, they need no mapping to be imported."""

from __future__ import annotations

from pathlib import Path

from zoneeval.errors import InputError, system_reason
from zoneeval.giving.departments import TEMPLATES, Template, find_template
from zoneeval.giving.form import Form, line_to_fill_in, make_form
from zoneeval.progress import Progress, silent


def write_template(department: str, path: Path) -> None:
    """Write the blank workbook of a department.

    Raises:
        UserError: there is no such department, or the file cannot be written.
    """
    from zoneeval.report.workbook.save import check_name, save_atomically

    template = find_template(department)
    check_name(path)
    save_atomically(make_form(_form(template)), path)


def _form(template: Template) -> Form:
    return Form(
        name=template.department,
        title=template.title,
        items=template.items,
        lines=(line_to_fill_in(template.items),),
        rules=template.rules,
    )


def write_templates(folder: Path, progress: Progress = silent) -> list[Path]:
    """Write every blank workbook into a folder, which is made where it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"不能建立文件夹“{folder}”：{system_reason(error)}。请换一个位置。"
        ) from error
    files = []
    for done, template in enumerate(TEMPLATES):
        progress(done, len(TEMPLATES), f"正在写{template.department}模板")
        path = folder / template.file_name
        write_template(template.department, path)
        files.append(path)
    progress(len(TEMPLATES), len(TEMPLATES), "模板已写好")
    return files
