"""A seeded sample of ``make fuzz``, and tables that hypothesis thinks of."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.judging import KINDS, WrongValueError, judge, judge_loosely, run_case
from tests.fuzz.making import BAD, WAYS, YEAR, Table, as_text, as_workbook, make_table
from tests.fuzz.mutating import parts_of, spoil, swap_sheets
from tests.helpers.departments import code
from zoneeval.intake import read_workbooks

_PLACES = {"revenue": 2, "tax_paid": 3}


def test_a_sample_of_every_kind(tmp_path: Path) -> None:
    kinds = Counter(run_case(seed, tmp_path) for seed in range(20 * len(set(KINDS))))
    assert set(kinds) == set(KINDS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Return a table whose cells are written in any of the ways."""
    made = Table([["统一社会信用代码", "企业名称", "主营业务收入（万元）", "税收实际贡献（万元）"]])
    for number in range(1, draw(st.integers(1, 4)) + 1):
        uscc = code(number)
        cells: list[Any] = [uscc, f"样例{number}有限公司"]
        made.truth[uscc] = {}
        for key, index in _PLACES.items():
            amount = draw(st.decimals(min_value="0.01", max_value="9999999", places=2))
            cell, truth = draw(st.sampled_from(WAYS))(float(amount))
            if isinstance(cell, str) and cell.endswith("万元"):
                truth = float(amount)
            cells.append(cell)
            made.truth[uscc][key] = truth
            made.places[uscc, key] = (number + 1, index)
        made.rows.append(cells)
    return made


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(table=tables(), seed=st.integers(0, 1000))
def test_a_number_is_what_was_written(table: Table, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.xlsx"
        path.write_bytes(as_workbook([table], random.Random(seed)))
        draft = read_workbooks([path], year=YEAR, zone="东园")
    found = {
        uscc: {key: (v.value, v.source.row, v.source.column) for key, v in values.items()
               if v.source is not None}
        for values_of in draft.years.values()
        for uscc, values in values_of.values.items()
    }  # fmt: skip
    judge(found, [table])
    read = sum(key in fields for fields in found.values() for key in _PLACES)
    assert read == sum(t is not BAD for fields in table.truth.values() for t in fields.values())


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(
    data=st.binary(max_size=400),
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]),
    suffix=st.sampled_from([".xlsx", ".xls", ".csv", ".ods"]),
)
def test_any_bytes_are_told_or_read(data: bytes, head: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"表{suffix}"
        path.write_bytes(head + data)
        draft = read_workbooks([path], year=YEAR)
    assert not draft.years
    assert draft.issues


def test_the_judges_find_wrong_values() -> None:
    table = make_table(random.Random(3), odd=0.0)
    uscc, key = next(iter(table.places))
    row, index = table.places[uscc, key]
    right = table.truth[uscc][key]
    letter = chr(65 + index)
    judge({uscc: {key: (right, row, letter)}}, [table])
    for wrong in ((right * 10, row, letter), (right, row + 1, letter)):
        with pytest.raises(WrongValueError):
            judge({uscc: {key: wrong}}, [table])
    judge_loosely({uscc: {key: (right, row, letter)}}, {(row, index): {f"{right}"}})
    with pytest.raises(WrongValueError):
        judge_loosely({uscc: {key: (right, row, letter)}}, {(row, index): {f"1{right}"}})


def test_files_are_spoiled_and_swapped() -> None:
    chance = random.Random(5)
    first, second = make_table(chance), make_table(chance, first=11)
    data = as_workbook([first, second], chance)
    before, after = parts_of(data), parts_of(swap_sheets(data))
    one, two = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    assert (before[one], before[two]) == (after[two], after[one])
    assert sum(spoil(data, chance) != data for _ in range(20)) > 15
    assert as_text(first, random.Random(1)) == as_text(first, random.Random(1))
