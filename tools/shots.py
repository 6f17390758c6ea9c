"""Take a picture of every page of the window, light and dark, with the sample loaded.

python tools/shots.py [folder]        on a real display where there is one, else offscreen
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from zoneeval_ui.shell import MainWindow

SIZES = ((1440, 900), (1280, 720))


def settle(milliseconds: int = 400) -> None:
    """Let the window work and paint for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until_idle(runner: object) -> None:
    """Wait until no job runs any more."""
    settle(150)
    while getattr(runner, "is_busy", False):
        settle(50)
    settle(250)


def adjudicate(workspace: Path) -> None:
    """Let the newest run be before the public, so that there is something to decide."""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        evaluation = operations.load_run(ws).evaluation
        held = dict(zip(evaluation.grade.tolist(), evaluation.uscc.tolist(), strict=True))
        operations.start_publicity(ws, on="2025-06-02", days=5, document="公示〔示意〕1号")
        operations.add_objection(
            ws,
            str(held["C"]),
            subject="tax_paid",
            content="漏计一笔入库的税款（示意）。",
            on="2025-06-04",
            claimed=500,
            evidence="完税证明（示意）",
        )
        operations.override_grade(
            ws,
            str(held["B"]),
            "A",
            reason="实地核查（示意）",
            document="纪要〔示意〕3号",
            approver="联席会议",
            on="2025-06-05",
        )


def chase(workspace: Path) -> None:
    """Open the cases of the newest run and let some be acted on, all of it made up."""
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        first, second, *_ = operations.open_exit_cases(
            ws,
            on="2025-06-20",
            responsible="园区管委会（示意）",
            due=f"{date.today().year + 1}-12-31",
        ).opened
        operations.update_exit_case(ws, first.id, path="转型升级")
        operations.close_exit_case(
            ws,
            first.id,
            on="2025-11-01",
            outcome="完成转型（示意）",
            document="验收〔示意〕1号",
            freed_land=12.5,
        )
        operations.update_exit_case(ws, second.id, path="兼并重组", due="2025-10-31")
        operations.add_exit_step(ws, second.id, "资产评估（示意）", due="2025-09-30")
        operations.set_asset_rule(ws, "tax_per_mu", 3.0, 2, "〔示意〕1号")
        operations.record_found_assets(ws, 2024, on="2025-07-01")
        for period, amount in (("2023", 120.0), ("2024", 180.0)):
            operations.add_effect(ws, period, "C", "charged", amount, document="决算（示意）")


def keep_tariffs(workspace: Path) -> None:
    """Keep two price tables with made-up rates, so that there is something to compare."""
    from zoneeval.policy.loader import load_tariff
    from zoneeval.policy.tariff_editing import add_rate, copy_tariff, set_measure
    from zoneeval_db import operations

    with operations.open_workspace(workspace) as ws:
        for draft, amount in (("甲", 0.05), ("乙", 0.1)):
            name = "shiyi-a" if draft == "甲" else "shiyi-b"
            title = f"示意价格表（{draft}稿）"
            text = copy_tariff(load_tariff("henan").text, name, title, "示意〔2025〕2号", 2025)
            for at, (year, figure) in enumerate(((1, amount), (2, 2 * amount))):
                text = add_rate(text, "C")
                for key, value in (
                    ("amount", figure),
                    ("from_consecutive_year", year),
                    ("illustrative", True),
                ):
                    text = set_measure(text, ("rates", at, key), value)
            operations.save_tariff(ws, text, "征求意见（示意）")


def list_segments(window: MainWindow, folder: Path, ending: str) -> None:
    """Photograph every segment of 名单与政策, every view of a tariff, and its editor."""
    from zoneeval_ui.pages.lists import ListsPage
    from zoneeval_ui.pages.lists.measures import MeasuresSegment

    page = window.page("lists")
    assert isinstance(page, ListsPage)
    page.choose_tariff("shiyi-b")
    wait_until_idle(window.runner)

    def take(key: str, view: str = "") -> None:
        wait_until_idle(window.runner)
        name = "-".join(filter(None, ("lists", key, view, ending)))
        window.grab().save(str(folder / f"{name}.png"))

    for key in ("utilities", "documents", "measures"):
        segment = page.open_segment(key)
        if isinstance(segment, MeasuresSegment):
            for view in segment.views:
                segment.open_view(view)
                take(key, view)
            segment.actions_bar.edit()
            take(key, "edit")
            segment.stop_editing()
            segment.open_view("text")
        else:
            take(key)
    page.open_segment("handing")


def exit_segments(window: MainWindow, folder: Path, ending: str) -> None:
    """Photograph every segment of 退出转型, and one enterprise over all years."""
    from zoneeval_ui.pages.exits import ExitsPage
    from zoneeval_ui.pages.exits.ledger import LedgerSegment

    page = window.page("exits")
    assert isinstance(page, ExitsPage)
    for key in ("assets", "candidates", "effects", "ledger"):
        segment = page.open_segment(key)
        if isinstance(segment, LedgerSegment):
            segment.select_case(2)
        wait_until_idle(window.runner)
        window.grab().save(str(folder / f"exits-{key}-{ending}.png"))
    codes = [case.uscc for case in page.content.cases if case.uscc] if page.content else []
    for code in codes[:1]:
        years = page.open_years(code)
        wait_until_idle(window.runner)
        years.grab().save(str(folder / f"years-{ending}.png"))
        years.accept()


def star_segments(window: MainWindow, folder: Path, ending: str) -> None:
    """Photograph every segment of the page on stars, and every view of the gap."""
    from zoneeval_ui.pages.stars import StarsPage
    from zoneeval_ui.pages.stars.gaps import GapSegment

    page = window.page("stars")
    assert isinstance(page, StarsPage)
    for key in ("trend", "data", "ladders", "gap"):
        segment = page.open_segment(key)
        views = ("lacks", "levers", "try") if isinstance(segment, GapSegment) else ("",)
        for view in views:
            if isinstance(segment, GapSegment):
                segment.open_view(view)
            wait_until_idle(window.runner)
            name = "-".join(filter(None, ("stars", key, view, ending)))
            window.grab().save(str(folder / f"{name}.png"))
    page.open_segment("rating")


def main(folder: Path) -> None:
    """Make the sample workspace, open it, and photograph every page."""
    from zoneeval_cli.window import has_display
    from zoneeval_db import operations
    from zoneeval_ui.application import create_application
    from zoneeval_ui.launch import assemble
    from zoneeval_ui.theme import ThemeMode, current_theme

    if sys.platform == "linux" and not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, scratch)
        summary = operations.demo(Path(scratch) / "out")
        adjudicate(summary.workspace)
        chase(summary.workspace)
        keep_tariffs(summary.workspace)
        app = create_application(sys.argv[:1])
        made = assemble()
        made.window.show()
        made.session.open(summary.workspace)
        wait_until_idle(made.window.runner)
        for size in SIZES:
            made.window.resize(*size)
            for mode in (ThemeMode.LIGHT, ThemeMode.DARK):
                current_theme().set_mode(mode)
                for page_id in made.window.page_ids:
                    made.window.go_to(page_id)
                    wait_until_idle(made.window.runner)
                    name = f"{page_id}-{size[0]}-{mode.value}.png"
                    made.window.grab().save(str(folder / name))
                    if page_id == "stars":
                        star_segments(made.window, folder, f"{size[0]}-{mode.value}")
                    if page_id == "lists":
                        list_segments(made.window, folder, f"{size[0]}-{mode.value}")
                    if page_id == "exits":
                        exit_segments(made.window, folder, f"{size[0]}-{mode.value}")
        made.window.close()
        made.session.close()
        QCoreApplication.processEvents()
        QApplication.closeAllWindows()
        app.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "shots"))
