"""A year's data in immutable versions, with the cell each value came from."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from zoneeval.errors import WorkspaceError
from zoneeval.model.dataset import Column, Dataset, is_number_key
from zoneeval.model.fields import FIELDS, unit_of
from zoneeval.model.records import SourceCell
from zoneeval_db import codec, details
from zoneeval_db.lock import now
from zoneeval_db.sources import cell
from zoneeval_db.successions import successors_in
from zoneeval_db.values import DatasetVersion, EnterpriseData, StoredValue

if TYPE_CHECKING:
    from zoneeval.intake.draft import YearDraft
    from zoneeval_db.history import Operation
    from zoneeval_db.sources import SourceBook
    from zoneeval_db.workspace import Workspace

_VERSION = "SELECT id, year, version, created_at, fingerprint, enterprises, note FROM dataset"
_KEPT = 4
"""How many loaded versions stay in memory; a version never changes."""
_LAND_SUMS = ("land_registered", "land_leased_in", "land_leased_out")
"""Fields that are sums over parcels: newly imported parcels replace all three."""


def latest_dataset(ws: Workspace, year: int) -> DatasetVersion | None:
    """Return the newest version of a year that was not withdrawn, or None."""
    found = ws.conn.execute(
        f"{_VERSION} WHERE year = ? AND NOT withdrawn ORDER BY version DESC LIMIT 1", (year,)
    ).fetchone()
    return None if found is None else DatasetVersion(*found)


def dataset_version(ws: Workspace, dataset_id: int) -> DatasetVersion:
    """Return a version by its number, withdrawn or not."""
    found = ws.conn.execute(f"{_VERSION} WHERE id = ?", (dataset_id,)).fetchone()
    if found is None:
        raise WorkspaceError(f"工作文件中没有编号为 {dataset_id} 的数据版本。")
    return DatasetVersion(*found)


def version_seal(ws: Workspace, dataset_id: int) -> str:
    """Return the SHA-256 that was recorded when the version was stored."""
    sql = "SELECT seal FROM dataset WHERE id = ?"
    return str(ws.conn.execute(sql, (dataset_id,)).fetchone()[0])


def years(ws: Workspace) -> list[int]:
    """Return the years that hold data or figures of zones, ascending."""
    found = ws.conn.execute(
        "SELECT year FROM dataset WHERE NOT withdrawn UNION SELECT year FROM zone_value"
        " UNION SELECT year FROM star_record ORDER BY 1"
    )
    return [year for (year,) in found]


def load_dataset(ws: Workspace, dataset_id: int, zone: str | None = None) -> Dataset:
    """Return the enterprises of a version, by credit code; of one zone where given.

    The columns are those of the whole version, whichever zone is asked for.
    """
    whole = ws.loaded.get(dataset_id)
    if whole is None:
        whole = read_dataset(ws, dataset_id)
        while len(ws.loaded) >= _KEPT:
            del ws.loaded[next(iter(ws.loaded))]
        ws.loaded[dataset_id] = whole
    return of_zone(whole, zone)


def of_zone(dataset: Dataset, zone: str | None) -> Dataset:
    """Return the enterprises of a zone; all of them where none is named."""
    if zone is None:
        return dataset
    return dataset.take(np.flatnonzero(dataset.text("zone") == zone))


def read_dataset(ws: Workspace, dataset_id: int) -> Dataset:
    """Return a version as the file holds it now, whatever was loaded before."""
    version = dataset_version(ws, dataset_id)
    rows = _stored_rows(ws, dataset_id)
    return _dataset_of(rows, version.year, enterprise_codes(ws, dataset_id))


_ValueRow = tuple[int, str, str, float | None, str | None, int | None, int | None, str | None]
"""A row of ``dataset_value``: version, code, field, number, text, sheet, row, column."""


def _stored_rows(ws: Workspace, dataset_id: int) -> list[_ValueRow]:
    """Return the values of a version as they are stored, by code and field."""
    return ws.conn.execute(
        "SELECT dataset_id, uscc, field, number, text, sheet_id, row, col FROM dataset_value"
        " WHERE dataset_id = ? ORDER BY uscc, field",
        (dataset_id,),
    ).fetchall()


def _dataset_of(rows: Iterable[_ValueRow], year: int, codes: list[str]) -> Dataset:
    order = {key: i for i, key in enumerate(FIELDS)}
    row_of = {code: i for i, code in enumerate(codes)}
    numeric: set[str] = set()
    values: dict[str, list[float | str | None]] = {}
    for _, code, key, number, words, *_ in rows:
        column = values.get(key)
        if column is None:
            column = values[key] = [None] * len(codes)
            if is_number_key(key):
                numeric.add(key)
        row = row_of.get(code)
        if row is not None:
            column[row] = number if key in numeric else words
    for key in ("uscc", "name", "zone"):
        values.setdefault(key, [None] * len(codes))
    values["uscc"] = [*codes]
    columns: dict[str, Column] = {}
    for key in sorted(values, key=lambda key: (order.get(key, len(order)), key)):
        if is_number_key(key):
            columns[key] = np.array(values[key], dtype=np.float64)  # None becomes NaN
        else:
            columns[key] = codec.text_array(values[key])  # type: ignore[arg-type]
        columns[key].flags.writeable = False  # several callers share what was loaded
    return Dataset(columns, year)


def enterprise_codes(ws: Workspace, dataset_id: int) -> list[str]:
    """Return the credit codes of a version, ascending."""
    sql = "SELECT uscc FROM dataset_enterprise WHERE dataset_id = ? ORDER BY uscc"
    return [code for (code,) in ws.conn.execute(sql, (dataset_id,))]


def enterprise_data(ws: Workspace, year: int, zone: str | None = None) -> list[EnterpriseData]:
    """Return what is stored of a year's newest version, by credit code.

    A code that was given up shows as the one that stands for it, unless both have data.
    """
    version = latest_dataset(ws, year)
    if version is None:
        return []
    values: dict[str, dict[str, StoredValue]] = defaultdict(dict)
    for code, key, value, source in _values(ws, version.id):
        values[code][key] = StoredValue(value, unit_of(key), source)
    out = []
    codes = enterprise_codes(ws, version.id)
    now = {step.old: step.new for step in successors_in(ws, year, codes)}
    for code in codes:
        mine = values[code]
        name, place = mine.get("name"), mine.get("zone")
        if zone is not None and (place is None or place.value != zone):
            continue
        out.append(
            EnterpriseData(
                uscc=code if now.get(code, code) in values else now[code],
                name=str(name.value) if name else None,
                zone=str(place.value) if place else None,
                values=mine,
            )
        )
    return sorted(out, key=lambda entry: entry.uscc)


def sources(ws: Workspace, dataset_id: int, uscc: str) -> dict[str, SourceCell]:
    """Return where the values of one enterprise came from, by field."""
    return {
        key: source for _, key, _, source in _values(ws, dataset_id, uscc) if source is not None
    }


_ROWS = (
    "SELECT v.uscc, v.field, coalesce(v.number, v.text), f.name, s.name, v.row, v.col"
    " FROM dataset_value v LEFT JOIN source_sheet s ON s.id = v.sheet_id"
    " LEFT JOIN source_file f ON f.id = s.file_id WHERE v.dataset_id = ?"
)
_Stored = tuple[str, str, float | str, SourceCell | None]


def _values(ws: Workspace, dataset_id: int, uscc: str | None = None) -> Iterable[_Stored]:
    sql, given = _ROWS, (dataset_id,) if uscc is None else (dataset_id, uscc)
    if uscc is not None:
        sql += " AND v.uscc = ?"
    for code, key, value, *place in ws.conn.execute(sql + " ORDER BY v.uscc, v.field", given):
        yield code, key, value, cell(*place)


def enterprise_digests(ws: Workspace, dataset_id: int, codes: Iterable[str]) -> dict[str, str]:
    """Return, per enterprise, a SHA-256 over its stored values and their sources."""
    return _digests(ws, _stored_rows(ws, dataset_id), codes)


def _digests(ws: Workspace, rows: Iterable[_ValueRow], codes: Iterable[str]) -> dict[str, str]:
    """Return the digests of rows that are in the order of code and field."""
    places: dict[int | None, tuple[str | None, str | None]] = {None: (None, None)}
    for sheet_id, file, sheet in ws.conn.execute(
        "SELECT s.id, f.name, s.name FROM source_sheet s"
        " LEFT JOIN source_file f ON f.id = s.file_id"
    ):
        places[sheet_id] = file, sheet
    found = dict.fromkeys(codes, hashlib.sha256(b"[]").hexdigest())
    for code, mine in groupby(rows, key=itemgetter(1)):
        cells = [
            (key, words if number is None else number, *places[sheet_id], row, column)
            for _, _, key, number, words, sheet_id, row, column in mine
        ]
        found[code] = hashlib.sha256(codec.to_json(cells).encode()).hexdigest()
    return found


def store_version(
    ws: Workspace, op: Operation, year: int, draft: YearDraft, book: SourceBook, note: str = ""
) -> int:
    """Store a new version: that of before with the new values laid over it; return its id."""
    conn = ws.conn
    before = latest_dataset(ws, year)
    (dataset_id,) = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM dataset").fetchone()
    (version,) = conn.execute(
        "SELECT coalesce(max(version), 0) + 1 FROM dataset WHERE year = ?", (year,)
    ).fetchone()
    placed = _zones_of(ws, before)
    numeric = {field.key for field in FIELDS.values() if field.is_number}
    rows: list[_ValueRow] = []
    place = book.place
    for code in sorted(draft.values):  # in the order of the file, which is quickest
        fields = draft.values[code]
        for key in sorted(fields):
            given = fields[key]
            if key == "uscc" or given.value == "":
                continue
            if key == "zone" and given.source is None and code in placed:
                continue  # the zone named for the whole import moves nobody
            number = codec.number(given.value) if key in numeric else None
            words = None if key in numeric else codec.text(given.value)
            if number is None and words is None:
                continue
            rows.append((dataset_id, code, key, number, words, *place(given.source)))
    conn.executemany("INSERT INTO dataset_value VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if before is not None:
        remeasured = codec.to_json(sorted({parcel.uscc for parcel in draft.parcels}))
        superseded = codec.to_json(sorted(f"{code} {key}" for code, key in draft.superseded))
        conn.execute(
            "INSERT OR IGNORE INTO dataset_value"
            " SELECT ?, uscc, field, number, text, sheet_id, row, col"
            " FROM dataset_value WHERE dataset_id = ?"
            f" AND NOT (field IN {_LAND_SUMS}"
            " AND uscc IN (SELECT value FROM json_each(?)))"
            " AND uscc || ' ' || field NOT IN (SELECT value FROM json_each(?))",
            (dataset_id, before.id, remeasured, superseded),
        )
    details.store(ws, dataset_id, before.id if before else None, draft, book)
    if before is not None:
        rows = _stored_rows(ws, dataset_id)
    _seal(ws, op, dataset_id, year, version, draft, before, note, rows)
    return int(dataset_id)


def _zones_of(ws: Workspace, version: DatasetVersion | None) -> set[str]:
    """Return the enterprises of a version whose zone is known."""
    if version is None:
        return set()
    found = ws.conn.execute(
        "SELECT uscc FROM dataset_value WHERE dataset_id = ? AND field = 'zone'", (version.id,)
    )
    return {code for (code,) in found}


def _seal(
    ws: Workspace,
    op: Operation,
    dataset_id: int,
    year: int,
    version: int,
    draft: YearDraft,
    before: DatasetVersion | None,
    note: str,
    rows: Sequence[_ValueRow],
) -> None:
    """Write the row of a version whose values, ``rows``, are in place, with its fingerprints."""
    codes = set(draft.values)
    if before is not None:
        codes.update(enterprise_codes(ws, before.id))
    digests = _digests(ws, rows, sorted(codes))
    ws.conn.executemany(
        "INSERT INTO dataset_enterprise VALUES (?, ?, ?)",
        [(dataset_id, code, digest) for code, digest in digests.items()],
    )
    fingerprint = _dataset_of(rows, year, sorted(codes)).fingerprint
    head = DatasetVersion(dataset_id, year, version, now(), fingerprint, len(codes), note)
    op.write(
        "dataset",
        {"id": dataset_id},
        {
            "operation_id": op.id,
            "year": year,
            "version": version,
            "created_at": head.created_at,
            "fingerprint": fingerprint,
            "enterprises": len(codes),
            "note": note,
            "seal": details.seal(ws, head),
        },
    )
