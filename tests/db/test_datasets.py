"""Versions of a year's data, and where each value came from."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zoneeval.errors import WorkspaceError
from zoneeval.intake import YearDraft
from zoneeval.model.records import Event, Meter, Parcel, SourceCell, SourcedValue
from zoneeval_db import operations
from zoneeval_db.data.importing import store_draft
from zoneeval_db.storage.workspace import Workspace


def _store(ws: Workspace, city: Any, year: int, draft: YearDraft, **more: Any) -> int:
    whole = replace(city.draft_of({year: draft}), zone_values=(), stars=())
    return int(store_draft(ws, whole, [], **more)[year])


def _only(code: str, **values: SourcedValue) -> YearDraft:
    return YearDraft({code: values}, (), (), ())


def test_what_was_stored_is_loaded(ws: Workspace, city: Any) -> None:
    version = operations.latest_dataset(ws, 2024)
    assert version is not None
    assert (version.version, version.enterprises) == (1, 24)
    dataset = operations.load_dataset(ws, version.id)
    draft = city.year_draft(2024)
    assert dataset.year == 2024
    assert list(dataset.text("uscc")) == sorted(draft.values)
    for row, code in enumerate(dataset.text("uscc")):
        for key, given in draft.values[code].items():
            assert dataset.columns[key][row] == given.value
    assert not dataset.has("land_area")
    assert not dataset.has("water_use")
    assert dataset.fingerprint == version.fingerprint


def test_reopening_shows_the_same(file: Path) -> None:
    def shown(ws: Workspace) -> list[object]:
        return [
            operations.zones(ws),
            operations.years(ws),
            operations.enterprise_data(ws, 2024),
            operations.parcels(ws, 2),
            operations.meters(ws, 2),
            operations.events(ws, 2),
            operations.runs(ws),
            operations.load_run(ws).evaluation.canonical_bytes(),
            operations.zone_values(ws, 2024),
            operations.star_records(ws, 2024),
            operations.last_operations(ws, 9),
        ]

    with Workspace.open(file) as ws:
        before = shown(ws)
    with Workspace.open(file, read_only=True) as ws:
        assert shown(ws) == before
    assert before[1] == [2023, 2024]


def test_a_zone_keeps_the_columns_of_the_whole(ws: Workspace) -> None:
    whole, east = operations.load_dataset(ws, 2), operations.load_dataset(ws, 2, "东园")
    assert list(east.columns) == list(whole.columns)
    assert set(east.text("zone")) == {"东园"}
    assert east.size == 12
    assert operations.load_dataset(ws, 2, "没有").size == 0


def test_sources_name_the_cell(ws: Workspace, city: Any) -> None:
    cells = operations.sources(ws, 2, city.code(3))
    assert cells["name"] == SourceCell(city.book, "统计数据", 7, "A")
    (data,) = [e for e in operations.enterprise_data(ws, 2024, "东园") if e.uscc == city.code(3)]
    assert data.values["tax_paid"].value == 100 + 37 * 3 + 4
    assert data.values["tax_paid"].unit == "万元"
    assert data.values["tax_paid"].source == cells["tax_paid"]


def test_a_later_import_lies_over_the_earlier(ws: Workspace, city: Any) -> None:
    code, other = city.code(3), city.code(4)
    cell = SourceCell("税务局.xlsx", "税收", 9, "C")
    made = _store(ws, city, 2024, _only(code, tax_paid=SourcedValue(1.5, cell)))
    assert operations.latest_dataset(ws, 2024).version == 2  # type: ignore[union-attr]
    old, new = operations.load_dataset(ws, 2), operations.load_dataset(ws, made)
    row = list(new.text("uscc")).index(code)
    assert new.number("tax_paid")[row] == 1.5
    assert old.number("tax_paid")[row] == 100 + 37 * 3 + 4
    assert operations.sources(ws, made, code)["tax_paid"] == cell
    assert operations.sources(ws, made, other) == operations.sources(ws, 2, other)
    assert np.array_equal(new.number("revenue"), old.number("revenue"))
    assert operations.parcels(ws, made) == operations.parcels(ws, 2)
    assert operations.meters(ws, made) == operations.meters(ws, 2)
    assert operations.events(ws, made) == operations.events(ws, 2)


def test_new_records_replace_those_of_the_same_enterprise(ws: Workspace, city: Any) -> None:
    code, kept = city.code(0), city.code(1)
    draft = YearDraft(
        {code: {"land_leased_in": SourcedValue(4.0)}},
        (Parcel(code, "新证", None, None, 4.0, None),),
        (Meter(code, "供水", "S1", None, 2.0),),
        (Event(code, "penalty", "2024-03-01", None, "〔示意〕"),),
    )
    made = _store(ws, city, 2024, draft)
    assert [p.certificate for p in operations.parcels(ws, made, code)] == ["新证"]
    assert operations.parcels(ws, made, kept) == operations.parcels(ws, 2, kept)
    assert [m.utility for m in operations.meters(ws, made, code)] == ["供电", "供水"]
    assert [e.kind for e in operations.events(ws, made, code)] == ["accident", "penalty"]
    dataset = operations.load_dataset(ws, made)
    assert np.isnan(dataset.number("land_registered")[0])
    assert dataset.number("land_leased_in")[0] == 4.0
    assert dataset.number("land_registered")[1] == 11.0


def test_the_zone_of_a_whole_import_moves_nobody(ws: Workspace, city: Any) -> None:
    old, new = city.code(0), city.code(99)
    draft = YearDraft(
        {
            old: {"zone": SourcedValue("南园"), "tax_paid": SourcedValue(1.0)},
            new: {"zone": SourcedValue("南园"), "tax_paid": SourcedValue(2.0)},
        },
        (),
        (),
        (),
    )
    made = _store(ws, city, 2024, draft, zone="南园")
    zones = {e.uscc: e.zone for e in operations.enterprise_data(ws, 2024)}
    assert (zones[old], zones[new]) == ("西园", "南园")
    assert operations.load_dataset(ws, made).size == 25
    assert "南园" in operations.zones(ws)


def test_missing_is_missing(empty: Workspace, city: Any) -> None:
    code = city.code(1)
    draft = _only(
        code,
        name=SourcedValue("样例"),
        town=SourcedValue(""),
        tax_paid=SourcedValue(float("nan")),
        revenue=SourcedValue(0.0),
    )
    made = _store(empty, city, 2024, draft)
    dataset = operations.load_dataset(empty, made)
    assert list(dataset.columns) == ["uscc", "name", "zone", "revenue"]
    assert dataset.number("revenue")[0] == 0.0
    assert dataset.text("zone")[0] is None


def test_a_draft_of_the_wrong_kind_leaves_nothing(ws: Workspace, city: Any) -> None:
    before = list(ws.conn.iterdump())
    with pytest.raises(TypeError):
        _store(ws, city, 2024, _only(city.code(1), tax_paid=SourcedValue("许多")))
    assert list(ws.conn.iterdump()) == before


def test_unknown_version(ws: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="99"):
        operations.load_dataset(ws, 99)
    assert operations.latest_dataset(ws, 1999) is None
    assert operations.enterprise_data(ws, 1999) == []


def test_values_need_a_version(ws: Workspace) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        ws.conn.execute("INSERT INTO dataset_enterprise VALUES (99, 'x', '')")
