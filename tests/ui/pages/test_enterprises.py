"""企业: filters, search, and every value with its source cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from zoneeval.model.fields import FIELDS
from zoneeval_db import operations
from zoneeval_ui.launch import Assembly
from zoneeval_ui.pages.enterprises import EnterprisesPage
from zoneeval_ui.pages.enterprises.content import NEEDED
from zoneeval_ui.pages.enterprises.detail import formula_text

ZONE = "示例市东园产业集聚区"


def page_of(made: Assembly) -> EnterprisesPage:
    page = made.window.page("enterprises")
    assert isinstance(page, EnterprisesPage)
    return page


def texts(page: EnterprisesPage) -> list[str]:
    return [label.text() for label in page.pane.findChildren(QLabel)]


def press(page: EnterprisesPage, chip: str) -> int:
    button = page.findChild(QPushButton, f"enterpriseFilter-{chip}")
    button.click()
    return int(button.text().split()[-1])


def test_an_empty_file_leads_to_the_import(make_window, empty_workspace: Path):
    made = make_window("enterprises", empty_workspace)
    page = page_of(made)
    assert page.state == "empty"
    page.empty_state.clicked.emit()
    assert made.window.current_page.id == "import"


def test_chips_count_what_they_show(make_window, workspace: Path):
    page = page_of(make_window("enterprises", workspace))
    model = page.table.table_model
    assert model.rowCount() == model.total == 125
    shown = {}
    for chip in ("above", "below", "stopped", "lacking", "all"):
        assert press(page, chip) == model.rowCount()
        shown[chip] = model.rowCount()
    assert shown["above"] + shown["below"] == shown["all"]
    assert 0 < shown["lacking"] < shown["all"]


def test_lacking_means_that_a_needed_figure_is_missing(make_window, workspace: Path):
    page = page_of(make_window("enterprises", workspace))
    press(page, "lacking")
    model = page.table.table_model
    shown = {model.id_at(row) for row in range(model.rowCount())}
    with operations.open_workspace(workspace, read_only=True) as ws:
        stored = {e.uscc: set(e.values) for e in operations.enterprise_data(ws, 2024)}
    base = set(NEEDED) - {"land_area"} | {"land_registered"}
    assert shown == {code for code, keys in stored.items() if not base <= keys}


def test_search_narrows_the_table(make_window, workspace: Path):
    page = page_of(make_window("enterprises", workspace))
    search = page.findChild(QLineEdit, "enterpriseSearch")
    search.setText("制药")
    model = page.table.table_model
    assert 0 < model.rowCount() < 125
    column = model.column_of("name")
    names = [model.index(row, column).data() for row in range(model.rowCount())]
    assert all("制药" in name for name in names)
    search.setText("没有这样的企业")
    assert model.rowCount() == 0


def test_every_stored_value_is_shown_with_its_cell(make_window, workspace: Path):
    made = make_window("enterprises", workspace)
    page = page_of(made)
    with operations.open_workspace(workspace, read_only=True) as ws:
        version = operations.latest_dataset(ws, 2024)
        data = operations.enterprise_data(ws, 2024)[3]
        meters = operations.meters(ws, version.id, data.uscc)
        parcels = operations.parcels(ws, version.id, data.uscc)
    page.select_enterprise(data.uscc)
    assert page.pane.uscc == data.uscc
    shown = texts(page)
    for key, value in data.values.items():
        if key in ("name", "uscc"):
            continue
        assert FIELDS[key].label in shown
        assert value.source.place in shown
    assert meters
    assert all(any(m.account in text for text in shown) for m in meters)
    assert all(p.certificate in shown for p in parcels)
    assert "2023" in shown
    assert "2024" in shown
    assert formula_text(FIELDS["tax_per_mu"]) in shown


def test_an_enterprise_hidden_by_the_filter_comes_into_sight(make_window, workspace: Path):
    page = page_of(make_window("enterprises", workspace))
    code = page.table.table_model.id_at(0)
    page.findChild(QLineEdit, "enterpriseSearch").setText("没有这样的企业")
    page.select_enterprise(code)
    assert page.table.selected_id() == code
    assert page.pane.uscc == code


def test_an_enterprise_of_another_zone_is_one_click_away(make_window, workspace: Path):
    made = make_window("enterprises", workspace)
    page = page_of(made)
    model = page.table.table_model
    column = model.column_of("zone")
    row = next(r for r in range(model.rowCount()) if model.index(r, column).data() != ZONE)
    code = model.id_at(row)
    made.window.set_context(replace(made.window.context, zone=ZONE))
    assert page.table.table_model.rowCount() < 125
    page.select_enterprise(code)
    assert "没有这户企业" in page.banner.text
    page.banner.action_clicked.emit()
    assert made.window.context.zone == ""
    assert page.table.table_model.rowCount() == 125


def test_the_desk_finds_an_enterprise_by_name(make_window, workspace: Path):
    made = make_window("overview", workspace)
    with operations.open_workspace(workspace, read_only=True) as ws:
        data = operations.enterprise_data(ws, 2024)[7]
    item, years = made.desk._find_enterprise(data.name)
    assert (item.title, years.title) == (data.name, f"{data.name}历年情况")
    item.run()
    page = page_of(made)
    assert made.window.current_page is page
    assert page.pane.uscc == data.uscc


def test_formulas_are_written_in_words():
    assert formula_text(FIELDS["tax_per_mu"]) == "税收实际贡献 ÷ 用地面积"
    assert formula_text(FIELDS["land_area"]) == FIELDS["land_area"].note
