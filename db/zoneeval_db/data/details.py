"""Parcels, meters and events of a dataset version."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from zoneeval.model.records import Event, Meter, Parcel
from zoneeval_db.data.sources import cell
from zoneeval_db.storage import codec

if TYPE_CHECKING:
    from zoneeval.intake.draft import YearDraft
    from zoneeval_db.data.sources import SourceBook
    from zoneeval_db.storage.workspace import Workspace
    from zoneeval_db.values import DatasetVersion

_COLUMNS = {
    "parcel": "uscc, certificate, location, registered, leased_in, leased_out",
    "meter": "uscc, utility, account, account_name, use",
    "event": "uscc, kind, occurred_on, description, document",
}


def store(
    ws: Workspace, dataset_id: int, before: int | None, draft: YearDraft, book: SourceBook
) -> None:
    """Store the records of a new version.

    An enterprise's new parcels replace its earlier ones; so do its new meters of the
    same utility and its new events of the same kind.
    """
    parcels = [
        (
            p.uscc,
            codec.text(p.certificate),
            codec.text(p.location),
            codec.number(p.registered),
            codec.number(p.leased_in),
            codec.number(p.leased_out),
            *book.place(p.source),
        )
        for p in draft.parcels
    ]
    meters = [
        (
            m.uscc,
            m.utility,
            m.account,
            codec.text(m.account_name),
            codec.number(m.use),
            *book.place(m.source),
        )
        for m in draft.meters
    ]
    events = [
        (
            e.uscc,
            e.kind,
            codec.text(e.occurred_on),
            codec.text(e.description),
            codec.text(e.document),
            *book.place(e.source),
        )
        for e in draft.events
    ]
    replaced = {
        "parcel": ("uscc", {row[0] for row in parcels}),
        "meter": ("uscc || ' ' || utility", {f"{m.uscc} {m.utility}" for m in draft.meters}),
        "event": ("uscc || ' ' || kind", {f"{e.uscc} {e.kind}" for e in draft.events}),
    }
    for table, rows in (("parcel", parcels), ("meter", meters), ("event", events)):
        columns = f"{_COLUMNS[table]}, sheet_id, row, col"
        if before is not None:
            key, values = replaced[table]
            ws.conn.execute(
                f"INSERT INTO {table} (dataset_id, {columns}) SELECT ?, {columns} FROM {table}"
                f" WHERE dataset_id = ? AND {key} NOT IN (SELECT value FROM json_each(?))"
                " ORDER BY id",
                (dataset_id, before, codec.to_json(sorted(values))),
            )
        marks = ", ".join("?" * (columns.count(",") + 2))
        ws.conn.executemany(
            f"INSERT INTO {table} (dataset_id, {columns}) VALUES ({marks})",
            [(dataset_id, *row) for row in rows],
        )


_Stored = tuple[dict[str, Any], tuple[Any, Any, Any, Any]]


def _rows(ws: Workspace, table: str, dataset_id: int, uscc: str | None) -> list[_Stored]:
    columns = ", ".join(f"t.{name}" for name in _COLUMNS[table].split(", "))
    sql = (
        f"SELECT {columns}, f.name, s.name, t.row, t.col FROM {table} t"
        " LEFT JOIN source_sheet s ON s.id = t.sheet_id"
        " LEFT JOIN source_file f ON f.id = s.file_id WHERE t.dataset_id = ?"
    )
    given: tuple[int | str, ...] = (dataset_id,)
    if uscc is not None:
        sql, given = sql + " AND t.uscc = ?", (dataset_id, uscc)
    found = ws.conn.execute(sql + " ORDER BY t.uscc, t.id", given)
    names = _COLUMNS[table].split(", ")
    return [(dict(zip(names, row, strict=False)), row[-4:]) for row in found]


def parcels(ws: Workspace, dataset_id: int, uscc: str | None = None) -> list[Parcel]:
    """Return the parcels of a version, by credit code; of one enterprise where given."""
    found = _rows(ws, "parcel", dataset_id, uscc)
    return [Parcel(**row, source=cell(*place)) for row, place in found]


def meters(ws: Workspace, dataset_id: int, uscc: str | None = None) -> list[Meter]:
    """Return the utility accounts of a version, by credit code."""
    found = _rows(ws, "meter", dataset_id, uscc)
    return [Meter(**row, source=cell(*place)) for row, place in found]


def events(ws: Workspace, dataset_id: int, uscc: str | None = None) -> list[Event]:
    """Return the accidents and penalties of a version, by credit code."""
    found = _rows(ws, "event", dataset_id, uscc)
    return [Event(**row, source=cell(*place)) for row, place in found]


def seal(ws: Workspace, version: DatasetVersion) -> str:
    """Return a SHA-256 over a version's head and all its records with their sources."""
    digest = hashlib.sha256(codec.to_json(astuple(version)).encode())
    for table in _COLUMNS:
        for row in _rows(ws, table, version.id, None):
            digest.update((codec.to_json([table, *row]) + "\n").encode())
    return digest.hexdigest()
