"""A year's data in immutable versions, with the cell each value came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from zoneeval.errors import WorkspaceError
from zoneeval.model.dataset import Dataset
from zoneeval.model.fields import unit_of
from zoneeval.model.records import SourceCell
from zoneeval.progress import Progress, silent
from zoneeval_db.data.sources import cell
from zoneeval_db.data.successions import successors_in
from zoneeval_db.data.value_rows import Columns, digests_of, stored_rows
from zoneeval_db.values import DatasetVersion, EnterpriseData, StoredValue

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

_VERSION = "SELECT id, year, version, created_at, fingerprint, enterprises, note FROM dataset"
_KEPT = 4
"""How many loaded versions stay in memory; a version never changes."""


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
        " UNION SELECT CAST(substr(period, 1, 4) AS INTEGER) FROM zone_period_value"
        " UNION SELECT year FROM star_record ORDER BY 1"
    )
    return [year for (year,) in found]


def load_dataset(
    ws: Workspace, dataset_id: int, zone: str | None = None, progress: Progress = silent
) -> Dataset:
    """Return the enterprises of a version, by credit code; of one zone where given.

    The columns are those of the whole version, whichever zone is asked for.
    """
    whole = ws.loaded.get(dataset_id)
    if whole is None:
        whole = read_dataset(ws, dataset_id, progress)
        while len(ws.loaded) >= _KEPT:
            del ws.loaded[next(iter(ws.loaded))]
        ws.loaded[dataset_id] = whole
    return of_zone(whole, zone)


def of_zone(dataset: Dataset, zone: str | None) -> Dataset:
    """Return the enterprises of a zone; all of them where none is named."""
    if zone is None:
        return dataset
    return dataset.take(np.flatnonzero(dataset.text("zone") == zone))


def read_dataset(ws: Workspace, dataset_id: int, progress: Progress = silent) -> Dataset:
    """Return a version as the file holds it now, whatever was loaded before."""
    version = dataset_version(ws, dataset_id)
    columns = Columns(version.year, enterprise_codes(ws, dataset_id))
    for done, (code, rows) in enumerate(stored_rows(ws, dataset_id)):
        if done % 1000 == 0:
            progress(done, version.enterprises, f"正在读取已存入的 {version.year} 年数据")
        columns.add(code, rows)
    return columns.dataset()


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


def enterprise_digests(ws: Workspace, dataset_id: int, codes: Iterable[str]) -> Mapping[str, str]:
    """Return, per enterprise, a SHA-256 over its stored values and their sources."""
    return digests_of(ws, stored_rows(ws, dataset_id), codes)
