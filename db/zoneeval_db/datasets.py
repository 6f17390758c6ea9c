"""A year's data in immutable versions, with the cell each value came from."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from zoneeval.errors import WorkspaceError
from zoneeval.model.dataset import Column, Dataset, is_number_key
from zoneeval.model.fields import FIELDS, unit_of
from zoneeval.model.records import SourceCell
from zoneeval_db import codec, details
from zoneeval_db.lock import now
from zoneeval_db.sources import cell
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
    return _load(ws, dataset_id, version.year, enterprise_codes(ws, dataset_id))


def _load(ws: Workspace, dataset_id: int, year: int, codes: list[str]) -> Dataset:
    row_of = {code: i for i, code in enumerate(codes)}
    order = {key: i for i, key in enumerate(FIELDS)}
    stored = ws.conn.execute(
        "SELECT DISTINCT field FROM dataset_value WHERE dataset_id = ?", (dataset_id,)
    )
    keys = {"uscc", "name", "zone", *(key for (key,) in stored)}
    numeric = {key for key in keys if is_number_key(key)}
    columns: dict[str, Column] = {}
    for key in sorted(keys, key=lambda key: (order.get(key, len(order)), key)):
        columns[key] = (
            np.full(len(codes), np.nan) if key in numeric else np.full(len(codes), None, object)
        )
    values = ws.conn.execute(
        "SELECT uscc, field, number, text FROM dataset_value WHERE dataset_id = ?", (dataset_id,)
    )
    for code, key, number, words in values:
        row = row_of.get(code)
        value = number if key in numeric else words
        if row is not None and value is not None:
            columns[key][row] = value
    columns["uscc"] = codec.text_array(codes)
    for column in columns.values():
        column.flags.writeable = False  # several callers share what was loaded
    return Dataset(columns, year)


def enterprise_codes(ws: Workspace, dataset_id: int) -> list[str]:
    """Return the credit codes of a version, ascending."""
    sql = "SELECT uscc FROM dataset_enterprise WHERE dataset_id = ? ORDER BY uscc"
    return [code for (code,) in ws.conn.execute(sql, (dataset_id,))]


def enterprise_data(ws: Workspace, year: int, zone: str | None = None) -> list[EnterpriseData]:
    """Return what is stored of a year's newest version, by credit code."""
    version = latest_dataset(ws, year)
    if version is None:
        return []
    values: dict[str, dict[str, StoredValue]] = defaultdict(dict)
    for code, key, value, source in _values(ws, version.id):
        values[code][key] = StoredValue(value, unit_of(key), source)
    out = []
    for code in enterprise_codes(ws, version.id):
        mine = values[code]
        name, place = mine.get("name"), mine.get("zone")
        if zone is not None and (place is None or place.value != zone):
            continue
        out.append(
            EnterpriseData(
                uscc=code,
                name=str(name.value) if name else None,
                zone=str(place.value) if place else None,
                values=mine,
            )
        )
    return out


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
    stored: dict[str, list[tuple[object, ...]]] = {code: [] for code in codes}
    for code, *row in ws.conn.execute(_ROWS + " ORDER BY v.uscc, v.field", (dataset_id,)):
        stored.setdefault(code, []).append(tuple(row))
    return {
        code: hashlib.sha256(codec.to_json(rows).encode()).hexdigest()
        for code, rows in stored.items()
    }


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
    rows = []
    for code, fields in draft.values.items():
        for key, given in fields.items():
            if key == "uscc" or given.value == "":
                continue
            if key == "zone" and given.source is None and code in placed:
                continue  # the zone named for the whole import moves nobody
            number = codec.number(given.value) if key in numeric else None
            words = None if key in numeric else codec.text(given.value)
            if number is None and words is None:
                continue
            rows.append((dataset_id, code, key, number, words, *book.place(given.source)))
    conn.executemany("INSERT INTO dataset_value VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if before is not None:
        remeasured = codec.to_json(sorted({parcel.uscc for parcel in draft.parcels}))
        conn.execute(
            "INSERT OR IGNORE INTO dataset_value"
            " SELECT ?, uscc, field, number, text, sheet_id, row, col"
            " FROM dataset_value WHERE dataset_id = ?"
            f" AND NOT (field IN {_LAND_SUMS}"
            " AND uscc IN (SELECT value FROM json_each(?)))",
            (dataset_id, before.id, remeasured),
        )
    details.store(ws, dataset_id, before.id if before else None, draft, book)
    _seal(ws, op, dataset_id, year, version, draft, before, note)
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
) -> None:
    """Write the row of a version whose values are in place, with its fingerprints."""
    codes = set(draft.values)
    if before is not None:
        codes.update(enterprise_codes(ws, before.id))
    digests = enterprise_digests(ws, dataset_id, sorted(codes))
    ws.conn.executemany(
        "INSERT INTO dataset_enterprise VALUES (?, ?, ?)",
        [(dataset_id, code, digest) for code, digest in digests.items()],
    )
    fingerprint = _load(ws, dataset_id, year, sorted(codes)).fingerprint
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
