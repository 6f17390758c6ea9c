"""The page 公示调整 for tests: its parts, and what is decided before it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from tests.helpers.adjudicating import PERIOD, code_in
from zoneeval.model.adjudication import RunStatus
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.adjudication import AdjudicationPage
from zoneeval_ui.pages.adjudication.stepping import StepDialog


def page_of(made: Assembly) -> AdjudicationPage:
    page = made.window.page("adjudication")
    assert isinstance(page, AdjudicationPage)
    return page


def status(page: AdjudicationPage) -> RunStatus:
    assert page.content is not None
    assert page.content.state is not None
    return page.content.state.adjudication.status


def opened(dialog: object, kind: type[Any]) -> Any:
    assert isinstance(dialog, kind)
    return dialog


def step(page: AdjudicationPage, day: str, document: str = "") -> StepDialog:
    dialog = opened(page.take_next(), StepDialog)
    dialog.day.setText(day)
    dialog.document.setText(document)
    dialog.save.click()
    return dialog


def in_publicity(path: Path) -> tuple[str, str]:
    """Bring the newest run into publicity; return a C and a B enterprise."""
    with operations.open_workspace(path) as ws:
        operations.start_publicity(ws, **PERIOD)
        return code_in(ws, "C"), code_in(ws, "B")


def object_to(path: Path, uscc: str, claimed: float = 9000.0) -> int:
    with operations.open_workspace(path) as ws:
        made = operations.add_objection(
            ws, uscc, subject="tax_paid", content="漏计一笔", on="2025-06-04", claimed=claimed
        )
        return made.id


def label(page: AdjudicationPage, name: str) -> str:
    found = page.pane.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def button(page: AdjudicationPage, name: str) -> QPushButton | None:
    found = page.pane.findChild(QPushButton, name)
    return found if isinstance(found, QPushButton) else None
