"""One enterprise over all years, opened from the pages and from the search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyqtgraph as pg
import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.core.engine.test_estimate import TEXT
from tests.helpers.adjudicating import HAND, PERIOD, code_in, published
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.enterprises import EnterprisesPage
from zoneeval_ui.pages.enterprises.years import YearsDialog, open_years
from zoneeval_ui.pages.evaluation import EvaluationPage
from zoneeval_ui.theme import Tone
from zoneeval_ui.widgets.year_bars import YearBars, YearSeries

MakeWindow = Callable[..., Assembly]


@pytest.fixture
def lived(workspace: Path) -> tuple[Path, str]:
    """Return a workspace, and an enterprise of class C with an objection, a case and a step."""
    with operations.open_workspace(workspace) as ws:
        code = code_in(ws, "C")
        operations.start_publicity(ws, **PERIOD)
        operations.add_objection(ws, code, subject="tax_paid", content="漏计", on="2025-06-04")
        operations.override_grade(ws, code, "B", **HAND)
        operations.remove_override(ws, code)
        operations.open_exit_cases(ws, on="2025-06-20")
        number = operations.exit_cases(ws, uscc=code)[0].id
        operations.add_exit_step(ws, number, "签订协议")
    return workspace, code


def dialog_of(made: Assembly) -> YearsDialog:
    (dialog,) = made.window.findChildren(YearsDialog)
    return dialog


def test_years_stand_side_by_side_and_the_chosen_row_is_drawn(
    make_window: MakeWindow, lived: tuple[Path, str]
) -> None:
    path, code = lived
    made = make_window("enterprises", path)
    dialog = open_years(made.window, made.session, code)
    assert dialog.found is not None
    assert [one.year for one in dialog.found.years] == [2023, 2024]
    model = dialog.table.table_model
    items = list(model.values("item"))
    assert model.values("1")[items.index("最终类别")] == "C"
    assert dialog.chart.years == ("2023 年", "2024 年")
    (series,) = dialog.chart.series
    results = [one.result for one in dialog.found.years]
    assert series.values == tuple(made.composite for made in results if made is not None)
    dialog.table.select_id("tax_paid")
    assert dialog.chart.series[0].name == "税收实际贡献"
    dialog.choose("scores")
    assert "综合得分" in list(dialog.table.table_model.values("item"))
    dialog.choose("exit")
    assert "签订协议" in list(dialog.table.table_model.values("what"))
    dialog.choose("events")
    assert "异议" in list(dialog.table.table_model.values("kind"))
    assert "人工调整" not in list(dialog.table.table_model.values("kind"))
    assert dialog.chart.isHidden()
    assert dialog.words.text().startswith("日期：")
    dialog.choose("prices")
    assert dialog.below.isHidden()
    dialog.accept()


def test_prices_are_those_of_the_lists_that_were_sent(
    make_window: MakeWindow, workspace: Path
) -> None:
    with operations.open_workspace(workspace) as ws:
        operations.save_tariff(ws, TEXT)
        published(ws)
        code = code_in(ws, "C")
        operations.issue_lists(ws, "own", ["供电"], document="执行〔示意〕1号", on="2025-06-20")
    made = make_window("enterprises", workspace)
    dialog = open_years(made.window, made.session, code)
    dialog.choose("prices")
    model = dialog.table.table_model
    assert set(model.values("utility")) == {"供电"}
    assert set(model.values("rate")) == {"加价 0.1 元/千瓦时"}
    assert set(model.values("document")) == {"执行〔示意〕1号"}
    assert set(model.values("basis")) == {"示意〔2024〕1号"}
    assert "执行单位：供电" in dialog.words.text()
    dialog.accept()


def test_it_is_opened_from_enterprises_evaluation_and_search(
    make_window: MakeWindow, lived: tuple[Path, str]
) -> None:
    path, code = lived
    made = make_window("enterprises", path)
    page = made.window.page("enterprises")
    assert isinstance(page, EnterprisesPage)
    page.select_enterprise(code)
    button = page.pane.findChild(QPushButton, "enterpriseYears")
    assert isinstance(button, QPushButton)
    button.click()
    assert dialog_of(made).found is not None
    dialog_of(made).accept()
    judged = made.window.go_to("evaluation")
    assert isinstance(judged, EvaluationPage)
    judged.select_enterprise(code)
    button = judged.pane.findChild(QPushButton, "reasonsYears")
    assert isinstance(button, QPushButton)
    button.click()
    found = [d.found for d in made.window.findChildren(YearsDialog) if d.isVisible()]
    assert [one.uscc for one in found if one is not None] == [code]
    for dialog in made.window.findChildren(YearsDialog):
        dialog.accept()
    items = [item for item in made.desk._find_enterprise(code) if item.title.endswith("历年情况")]
    assert len(items) == 1
    items[0].run()
    assert any(d.isVisible() for d in made.window.findChildren(YearsDialog))


def test_bars_are_drawn_for_what_is_known_and_a_dash_for_the_rest(qtbot: QtBot) -> None:
    bars = YearBars("bars")
    qtbot.addWidget(bars)
    series = [
        YearSeries("A 类", Tone.A, (12.0, None, -3.0)),
        YearSeries("C 类", Tone.C, (None, 4.0, 5.0)),
    ]
    bars.set_bars("利润", "万元", ["2022", "2023", "2024"], series)
    items = bars.plot.getPlotItem().items
    drawn = [item for item in items if isinstance(item, pg.BarGraphItem)]
    assert [list(item.opts["height"]) for item in drawn] == [[12.0, -3.0], [4.0, 5.0]]
    texts = [item.toPlainText() for item in items if isinstance(item, pg.TextItem)]
    assert texts == ["12", "—", "-3", "—", "4", "5"]
    assert "2023 A 类 —" in bars.accessibleDescription()


def test_the_workbook_has_every_sheet(
    make_window: MakeWindow, lived: tuple[Path, str], tmp_path: Path
) -> None:
    path, code = lived
    made = make_window("enterprises", path)
    dialog = open_years(made.window, made.session, code)
    out = tmp_path / "历年.xlsx"
    dialog.ask_file = lambda _title, _path: out  # type: ignore[method-assign]
    dialog.export_button.click()
    assert dialog.note.files == [out]
    assert load_workbook(out).sheetnames == ["历年情况", "各项得分", "大事记", "退出转型"]


def test_an_unknown_code_is_refused_with_a_sentence(
    make_window: MakeWindow, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_window("enterprises", workspace)
    said: list[str] = []
    monkeypatch.setattr(
        made.window, "show_failure", lambda error, _doing="": said.append(str(error))
    )
    dialog = open_years(made.window, made.session, "91419900MA0000000X")
    assert not dialog.isVisible()
    assert "没有信用代码为“91419900MA0000000X”的企业" in said[0]
