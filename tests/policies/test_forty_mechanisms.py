"""The table of the forty ways that documents have of ruling is whole and leads somewhere."""

from __future__ import annotations

import re

import pytest

from tests.helpers.cases import CASES

TEXT = (CASES / "README.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| \d+ \|", line)
]
LINK = re.compile(r"\]\(([^)]+)\)")
OUTSIDE = ("在办法以外", "不能写进办法")


def test_every_number_is_there_once_and_in_order() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 41))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_has_a_document_and_a_test_or_says_why_not(row: list[str]) -> None:
    _number, what, document, tests, note = row
    assert what
    assert document
    links = LINK.findall(tests)
    assert links or note.startswith(OUTSIDE), "without a test a row says why"
    for link in links:
        path = (CASES / link).resolve()
        assert path.is_file(), link
        found = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            assert "def test_" in found
        else:
            assert re.search(r'^(?:rule|source) = "..+"', found, re.M), "names its document"


def test_every_small_policy_stands_in_the_table() -> None:
    linked = {(CASES / link).resolve() for link in LINK.findall(TEXT)}
    lost = [p.name for p in (CASES / "mechanisms").glob("*/*.toml") if p.resolve() not in linked]
    assert lost == []


def test_no_small_policy_uses_one_column_for_another() -> None:
    for path in (CASES / "mechanisms").glob("*/*.toml"):
        assert "代替" not in path.read_text(encoding="utf-8"), path.name
