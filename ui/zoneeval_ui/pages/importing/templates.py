"""下载空白模板: a menu of the departments' blank workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QPushButton

from zoneeval.errors import UserError
from zoneeval_ui.pages import exporting
from zoneeval_ui.theme import Tone

if TYPE_CHECKING:
    from zoneeval.progress import Progress
    from zoneeval_ui.pages.base import WorkspacePage


class TemplateMenu(QObject):
    """Fill a button's menu with departments, and write the template that is chosen.

    The menu is filled when it is first opened: what it lists is slow to load.
    """

    def __init__(self, page: WorkspacePage, button: QPushButton) -> None:
        super().__init__(page)
        self._page = page
        self.menu = QMenu(page)
        self.menu.setObjectName("templateMenu")
        self.menu.aboutToShow.connect(self.fill)
        button.setMenu(self.menu)

    def fill(self) -> None:
        """List the departments, unless they are listed."""
        if self.menu.actions():
            return
        from zoneeval_db import operations

        for department in operations.template_departments():
            action = self.menu.addAction(department)
            action.setObjectName(f"template-{department}")
            action.triggered.connect(lambda _checked=False, name=department: self.save(name))
        self.menu.addSeparator()
        every = self.menu.addAction(self.tr("全部模板…"))
        every.setObjectName("templateAll")
        every.triggered.connect(lambda _checked=False: self.save_all())

    def ask_file(self, name: str) -> Path | None:
        """Ask for a workbook's name."""
        folder = exporting.export_folder(self._page.session.path)
        return exporting.ask_file(self._page, self.tr("保存空白模板"), folder / name)

    def ask_folder(self) -> Path | None:
        """Ask for the folder that takes all templates."""
        folder = exporting.export_folder(self._page.session.path)
        return exporting.ask_folder(self._page, self.tr("保存全部模板到哪个文件夹"), folder)

    def save(self, department: str) -> None:
        """Write one blank template."""
        out = self.ask_file(f"{department}（空白模板）.xlsx")
        if out is None:
            return

        def work(_progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.write_template(out, department)

        self._page.session.runner.run(
            work, title=self.tr("正在写模板"), on_success=self._written, on_failure=self._failed
        )

    def save_all(self) -> None:
        """Write every blank template into a folder."""
        out = self.ask_folder()
        if out is None:
            return

        def work(progress: Progress) -> list[Path]:
            from zoneeval_db import operations

            return operations.write_templates(out, progress)

        self._page.session.runner.run(
            work, title=self.tr("正在写模板"), on_success=self._written, on_failure=self._failed
        )

    def _written(self, files: list[Path]) -> None:
        if len(files) == 1:
            text = self.tr("已保存空白模板“{name}”，填好后直接导入即可。").format(
                name=files[0].name
            )
        else:
            text = self.tr("已保存 {n} 个空白模板到“{folder}”，填好后直接导入即可。").format(
                n=len(files), folder=files[0].parent.name
            )
        self._page.banner.show_message(text, tone=Tone.ACCENT)

    def _failed(self, error: BaseException) -> None:
        text = str(error) if isinstance(error, UserError) else self.tr("程序内部出错，没有保存。")
        self._page.banner.show_message(text, tone=Tone.C)
