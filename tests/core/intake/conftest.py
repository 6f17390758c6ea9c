"""Small workbooks for the tests of reading them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.helpers.departments import DIRECTORY_HEADINGS, MakeBook, Rows, listed, save_book


@pytest.fixture
def book(tmp_path: Path) -> MakeBook:
    def make(name: str, sheets: Mapping[str, Rows]) -> Path:
        return save_book(tmp_path / name, sheets)

    return make


@pytest.fixture
def directory(book: MakeBook) -> Path:
    return book("名录.xlsx", {"名录": [DIRECTORY_HEADINGS, *(listed(n) for n in (1, 2, 3))]})
