"""Every awkward workbook of the corpus gives exactly what is written beside its trap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.departments import code
from zoneeval.intake import read_workbooks
from zoneeval.model.issue import Severity

CORPUS = Path(__file__).resolve().parents[2] / "data" / "intake"
CASES: dict[str, Any] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))


def test_the_corpus_is_complete() -> None:
    ours = {p.name for p in CORPUS.iterdir() if p.suffix not in (".py", ".json")}
    assert ours - {"__pycache__"} == set(CASES)
    assert len(CASES) >= 40


@pytest.mark.parametrize("file", sorted(CASES))
def test_what_comes_out(file: str) -> None:
    expected = CASES[file]
    draft = read_workbooks([CORPUS / file], year=2024, zone="东园")
    told = {issue.code for issue in draft.issues}
    blocking = [i for i in draft.issues if i.severity is Severity.BLOCKING]
    if expected["refused"]:
        (issue,) = draft.issues
        assert (issue.code, issue.severity) == ("unreadable-file", Severity.BLOCKING)
        assert expected["refused"] in issue.message
        assert issue.message.endswith("。")
        assert file in issue.message
        assert not draft.years
        return
    places = sorted([[i.code, i.row, i.column] for i in blocking], key=str)
    assert places == sorted(expected["blocking"], key=str)
    assert set(expected["told"]) <= told
    found = draft.years[2024].values
    assert set(found) == {code(int(number)) for number in expected["values"]}
    for number, fields in expected["values"].items():
        values = found[code(int(number))]
        named = {key for key in values if key not in ("name", "zone")} | (
            {"name", "zone"} & set(fields)
        )
        assert named == set(fields), number
        for key, (value, row, column) in fields.items():
            source = values[key].source
            assert source is not None
            assert (values[key].value, source.row, source.column) == (value, row, column), key
