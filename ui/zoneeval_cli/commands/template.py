"""`template`: blank workbooks for the departments."""

from __future__ import annotations

from pathlib import Path

import click

from zoneeval.errors import InputError
from zoneeval_cli import output
from zoneeval_cli.chinese import Command
from zoneeval_cli.options import path_of


@click.command("template", cls=Command, short_help="下发给部门填报的空白模板")
@click.argument("department", metavar="[DEPARTMENT]", required=False)
@click.option("--all", "every", is_flag=True, help="全部模板，写入 -o 指明的文件夹")
@click.option("-o", "--out", type=path_of, metavar="FILE.xlsx|DIR", help="写到哪里")
def template_command(department: str | None, every: bool, out: Path | None) -> None:
    """写出部门填报用的空白模板；不写部门时列出有哪些。

    填好的模板不需要列对应关系就可以导入。
    """
    from zoneeval_db import operations

    if department is None and not every:
        if out is not None:
            raise InputError("没有说明要哪个部门的模板。请写部门名称，或用 --all 写出全部。")
        for name in operations.template_departments():
            output.say(name)
        return
    if department is not None and every:
        raise InputError("部门名称和 --all 只能写一个。")
    if out is None:
        raise InputError("没有说明写到哪里。请用 -o 指明。")
    if department is None:
        files = operations.write_templates(out, output.stderr_progress())
    else:
        files = operations.write_template(out, department)
    for path in files:
        output.say(f"已写出“{path}”。")
