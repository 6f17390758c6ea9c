"""The pages of the window, in the order of the year's work."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from zoneeval_ui.session import Session
    from zoneeval_ui.shell import MainWindow, Page, PageSpec

translate = QCoreApplication.translate


def page_specs(session: Session) -> list[PageSpec]:
    """Return the pages for a session; each module is imported when its page is shown."""
    from zoneeval_ui.shell import PageSpec

    data, judge, act, zone, rules = (
        translate("Pages", "数据"),
        translate("Pages", "评价"),
        translate("Pages", "落实"),
        translate("Pages", "园区"),
        translate("Pages", "规则"),
    )

    def made(module: str, name: str) -> Callable[[MainWindow], Page]:
        def make(window: MainWindow) -> Page:
            found = getattr(import_module(f"zoneeval_ui.pages.{module}"), name)
            page: Page = found(window, session)
            return page

        return make

    return [
        PageSpec("overview", translate("Pages", "总览"), "", made("overview", "OverviewPage")),
        PageSpec(
            "enterprises", translate("Pages", "企业"), data, made("enterprises", "EnterprisesPage")
        ),
        PageSpec("import", translate("Pages", "导入"), data, made("importing", "ImportPage")),
        PageSpec(
            "evaluation",
            translate("Pages", "综合评价"),
            judge,
            made("evaluation", "EvaluationPage"),
        ),
        PageSpec(
            "adjudication",
            translate("Pages", "公示调整"),
            judge,
            made("adjudication", "AdjudicationPage"),
        ),
        PageSpec("lists", translate("Pages", "名单与政策"), act, made("lists", "ListsPage")),
        PageSpec("exits", translate("Pages", "退出转型"), act, made("exits", "ExitsPage")),
        PageSpec("stars", translate("Pages", "园区星级"), zone, made("stars", "StarsPage")),
        PageSpec(
            "policies", translate("Pages", "评价办法"), rules, made("policies", "PoliciesPage")
        ),
        PageSpec("history", translate("Pages", "操作记录"), rules, made("history", "HistoryPage")),
    ]
