"""A new version of a year's data: laid over the one before, and sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from zoneeval.model.fields import FIELDS
from zoneeval.model.row_values import RowValues, SheetOrigin
from zoneeval.progress import Progress, silent
from zoneeval_db.data import details
from zoneeval_db.data.datasets import enterprise_codes, latest_dataset
from zoneeval_db.data.value_rows import Columns, Digests, ValueRow, insert_rows, stored_rows
from zoneeval_db.storage import codec
from zoneeval_db.storage.lock import now
from zoneeval_db.values import DatasetVersion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zoneeval.intake.draft import YearDraft
    from zoneeval.model.records import SourcedValue
    from zoneeval_db.data.sources import SourceBook
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace

_LAND_SUMS = ("land_registered", "land_leased_in", "land_leased_out")
"""Fields that are sums over parcels: newly imported parcels replace all three."""
_STEP = 1000
"""Enterprises between two reports of progress."""
_AT_ONCE = 20_000


def store_version(
    ws: Workspace,
    op: Operation,
    year: int,
    draft: YearDraft,
    book: SourceBook,
    note: str = "",
    progress: Progress = silent,
) -> int:
    """Store a new version: that of before with the new values laid over it; return its id."""
    conn = ws.conn
    before = latest_dataset(ws, year)
    (dataset_id,) = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM dataset").fetchone()
    (version,) = conn.execute(
        "SELECT coalesce(max(version), 0) + 1 FROM dataset WHERE year = ?", (year,)
    ).fetchone()
    codes = set(draft.values)
    if before is not None:
        codes.update(enterprise_codes(ws, before.id))
    ordered = sorted(codes)
    seal = _Seal(ws, year, ordered)
    said = f"正在保存 {year} 年数据"
    steps = len(draft.values) + (len(ordered) if before else 0)
    done = 0
    batch: list[ValueRow] = []
    for code, rows in _new_rows(ws, draft, dataset_id, before, book):
        batch += rows
        if before is None:
            seal.add(code, rows)
        done += 1
        if done % _STEP == 0:
            insert_rows(ws, batch)
            batch.clear()
            progress(done, steps, said)
    insert_rows(ws, batch)
    if before is not None:
        _lay_over(ws, dataset_id, before, draft, lambda: progress(done, steps, said))
    details.store(ws, dataset_id, before.id if before else None, draft, book)
    if before is not None:
        for code, rows in stored_rows(ws, dataset_id):
            seal.add(code, rows)
            done += 1
            if done % _STEP == 0:
                progress(min(done, steps), steps, said)
    progress(steps, steps, said)
    fingerprint = seal.write(dataset_id, lambda: progress(steps, steps, said))
    head = DatasetVersion(dataset_id, year, version, now(), fingerprint, len(ordered), note)
    op.write(
        "dataset",
        {"id": dataset_id},
        {
            "operation_id": op.id,
            "year": year,
            "version": version,
            "created_at": head.created_at,
            "fingerprint": fingerprint,
            "enterprises": len(ordered),
            "note": note,
            "seal": details.seal(ws, head),
        },
    )
    return int(dataset_id)


class _Seal:
    """What shows later that the values of a version were not altered."""

    def __init__(self, ws: Workspace, year: int, codes: Sequence[str]) -> None:
        self._ws = ws
        self._digests = Digests(ws, codes)
        self._columns = Columns(year, codes)

    def add(self, code: str, rows: Sequence[ValueRow]) -> None:
        """Take the values of an enterprise."""
        self._digests.add(code, rows)
        self._columns.add(code, rows)

    def write(self, dataset_id: int, working: Callable[[], None]) -> str:
        """Write the digest of every enterprise; return the fingerprint of the whole."""
        rows = ((dataset_id, code, digest) for code, digest in self._digests.found.items())
        while piece := list(islice(rows, _AT_ONCE)):
            self._ws.conn.executemany("INSERT INTO dataset_enterprise VALUES (?, ?, ?)", piece)
            working()
        dataset = self._columns.dataset()
        working()
        return dataset.fingerprint


def _lay_over(
    ws: Workspace,
    dataset_id: int,
    before: DatasetVersion,
    draft: YearDraft,
    working: Callable[[], None],
) -> None:
    """Take from the version before what the new one does not replace."""
    remeasured = codec.to_json(sorted({parcel.uscc for parcel in draft.parcels}))
    superseded = codec.to_json(sorted(f"{code} {key}" for code, key in draft.superseded))
    starts = ["", *enterprise_codes(ws, before.id)[_AT_ONCE::_AT_ONCE]]
    for start, end in zip_longest(starts, starts[1:], fillvalue="\U0010ffff"):
        ws.conn.execute(
            "INSERT OR IGNORE INTO dataset_value"
            " SELECT ?, uscc, field, number, text, sheet_id, row, col"
            " FROM dataset_value WHERE dataset_id = ? AND uscc >= ? AND uscc < ?"
            f" AND NOT (field IN {_LAND_SUMS}"
            " AND uscc IN (SELECT value FROM json_each(?)))"
            " AND uscc || ' ' || field NOT IN (SELECT value FROM json_each(?))",
            (dataset_id, before.id, start, end, remeasured, superseded),
        )
        working()


def _new_rows(
    ws: Workspace,
    draft: YearDraft,
    dataset_id: int,
    before: DatasetVersion | None,
    book: SourceBook,
) -> Iterator[tuple[str, list[ValueRow]]]:
    """Yield the rows of each enterprise in the order of the file, which is quickest."""
    placed = _zones_of(ws, before)
    numeric = frozenset(field.key for field in FIELDS.values() if field.is_number)
    sheets: dict[SheetOrigin, int | None] = {}
    for code in sorted(draft.values):
        fields = draft.values[code]
        if isinstance(fields, RowValues) and not fields.other:
            origin = fields.origin
            if origin not in sheets:
                sheets[origin] = book.place(origin.cell(fields.row, ""))[0]
            yield code, _plain_rows(dataset_id, code, fields, sheets[origin], numeric)
        else:
            yield code, _rows(dataset_id, code, fields, code in placed, book, numeric)


def _plain_rows(
    dataset_id: int, code: str, fields: RowValues, sheet: int | None, numeric: frozenset[str]
) -> list[ValueRow]:
    """Return the rows of an enterprise whose values all stand in one row of one sheet."""
    rows: list[ValueRow] = []
    plain, row = fields.plain, fields.row
    letter = fields.origin.letters.get
    for key in sorted(plain):
        value = plain[key]
        if key in numeric:
            number = codec.number(value)
            if number is not None:
                rows.append((dataset_id, code, key, number, None, sheet, row, letter(key, "")))
        elif value != "" and key != "uscc":
            words = codec.text(value)
            if words is not None:
                rows.append((dataset_id, code, key, None, words, sheet, row, letter(key, "")))
    return rows


def _rows(
    dataset_id: int,
    code: str,
    fields: Mapping[str, SourcedValue],
    placed: bool,
    book: SourceBook,
    numeric: frozenset[str],
) -> list[ValueRow]:
    rows: list[ValueRow] = []
    for key in sorted(fields):
        given = fields[key]
        if key == "uscc" or given.value == "":
            continue
        if key == "zone" and given.source is None and placed:
            continue  # the zone named for the whole import moves nobody
        number = codec.number(given.value) if key in numeric else None
        words = None if key in numeric else codec.text(given.value)
        if number is None and words is None:
            continue
        rows.append((dataset_id, code, key, number, words, *book.place(given.source)))
    return rows


def _zones_of(ws: Workspace, version: DatasetVersion | None) -> set[str]:
    """Return the enterprises of a version whose zone is known."""
    if version is None:
        return set()
    found = ws.conn.execute(
        "SELECT uscc FROM dataset_value WHERE dataset_id = ? AND field = 'zone'", (version.id,)
    )
    return {code for (code,) in found}
