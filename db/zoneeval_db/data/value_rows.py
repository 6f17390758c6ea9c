"""Values as the file holds them, one enterprise after another: written, sealed, made columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from json.encoder import encode_basestring
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from zoneeval.model.dataset import Column, Dataset, is_number_key
from zoneeval.model.fields import FIELDS
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

ValueRow = tuple[int, str, str, float | None, str | None, int | None, int | None, str | None]
"""A row of ``dataset_value``: version, code, field, number, text, sheet, row, column."""

_WIDTH = 8
_AT_ONCE = 500
_ONE = f"({', '.join('?' * _WIDTH)})"
_INSERT = "INSERT INTO dataset_value VALUES "
_INSERT_MANY = _INSERT + ", ".join([_ONE] * _AT_ONCE)


def stored_rows(ws: Workspace, dataset_id: int) -> Iterator[tuple[str, list[ValueRow]]]:
    """Yield the codes of a version, ascending, each with its values by field."""
    cursor = ws.conn.execute(
        "SELECT dataset_id, uscc, field, number, text, sheet_id, row, col FROM dataset_value"
        " WHERE dataset_id = ? ORDER BY uscc, field",
        (dataset_id,),
    )
    for code, rows in groupby(cursor, key=itemgetter(1)):
        yield code, list(rows)


def insert_rows(ws: Workspace, rows: Sequence[ValueRow]) -> None:
    """Write rows, many with one statement, which is quicker."""
    whole = len(rows) - len(rows) % _AT_ONCE
    for start in range(0, whole, _AT_ONCE):
        given = list(chain.from_iterable(rows[start : start + _AT_ONCE]))
        ws.conn.execute(_INSERT_MANY, given)
    ws.conn.executemany(_INSERT + _ONE, rows[whole:])


class _Quoted(dict[str | None, str]):
    """Texts as JSON, each worked out once."""

    def __missing__(self, words: str | None) -> str:
        found = self[words] = "null" if words is None else encode_basestring(words)
        return found


class Digests:
    """A SHA-256 per enterprise over its values and their sources.

    What is hashed is compact JSON: a list of [field, value, file, sheet, row, column].
    """

    def __init__(self, ws: Workspace, codes: Iterable[str]) -> None:
        self._ws = ws
        self._places: dict[int | None, str] = {None: "null,null"}
        self._words = _Quoted()
        self.found = dict.fromkeys(codes, hashlib.sha256(b"[]").hexdigest())

    def add(self, code: str, rows: Iterable[ValueRow]) -> None:
        """Take the rows of an enterprise, in the order of their fields."""
        words, places = self._words, self._places
        parts = []
        for _, _, key, number, text, sheet_id, row, column in rows:
            value = repr(number) if number is not None else encode_basestring(text or "")
            place = places.get(sheet_id) or self._place(sheet_id)
            line = "null" if row is None else row
            parts.append(f"[{words[key]},{value},{place},{line},{words[column]}]")
        self.found[code] = hashlib.sha256(f"[{','.join(parts)}]".encode()).hexdigest()

    def _place(self, sheet_id: int | None) -> str:
        found = self._ws.conn.execute(
            "SELECT f.name, s.name FROM source_sheet s"
            " LEFT JOIN source_file f ON f.id = s.file_id WHERE s.id = ?",
            (sheet_id,),
        ).fetchone()
        file, sheet = found or (None, None)
        words = self._places[sheet_id] = f"{self._words[file]},{self._words[sheet]}"
        return words


class Columns:
    """Collects values into the columns of a dataset over the given codes."""

    def __init__(self, year: int, codes: Sequence[str]) -> None:
        self._year = year
        self._codes = codes
        self._row_of = {code: i for i, code in enumerate(codes)}
        self._values: dict[str, list[float | str | None]] = {}
        self._numeric: set[str] = set()

    def add(self, code: str, rows: Iterable[ValueRow]) -> None:
        """Take the rows of an enterprise."""
        values, numeric = self._values, self._numeric
        at = self._row_of.get(code)
        for _, _, key, number, words, *_ in rows:
            column = values.get(key)
            if column is None:
                column = values[key] = [None] * len(self._codes)
                if is_number_key(key):
                    numeric.add(key)
            if at is not None:
                column[at] = number if key in numeric else words

    def dataset(self) -> Dataset:
        """Return what was collected, in the order of the field registry."""
        order = {key: i for i, key in enumerate(FIELDS)}
        values: dict[str, Sequence[float | str | None]] = {
            key: [None] * len(self._codes) for key in ("uscc", "name", "zone")
        }
        values.update(self._values)
        values["uscc"] = self._codes
        columns: dict[str, Column] = {}
        for key in sorted(values, key=lambda key: (order.get(key, len(order)), key)):
            if is_number_key(key):
                columns[key] = np.array(values[key], dtype=np.float64)  # None becomes NaN
            else:
                columns[key] = codec.text_array(values[key])  # type: ignore[arg-type]
            columns[key].flags.writeable = False  # several callers share what was loaded
        return Dataset(columns, self._year)


def digests_of(
    ws: Workspace, rows: Iterable[tuple[str, list[ValueRow]]], codes: Iterable[str]
) -> Mapping[str, str]:
    """Return the digest of each enterprise; that of nothing where it has no values."""
    digests = Digests(ws, codes)
    for code, mine in rows:
        digests.add(code, mine)
    return digests.found
