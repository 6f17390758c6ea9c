"""Workbooks into the workspace: all of it in one transaction, or nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoneeval.memory import collection_paused
from zoneeval.progress import Progress, silent
from zoneeval_db.data.aliases import alias_map, known_accounts
from zoneeval_db.data.drafts import remove_draft
from zoneeval_db.data.factors import energy_factors
from zoneeval_db.data.mappings import decided_layouts, remembered_mappings, store_layouts
from zoneeval_db.data.participation import store_decisions
from zoneeval_db.data.reference import reference_of
from zoneeval_db.data.repairing import repairs_label, store_repairs
from zoneeval_db.data.sources import SourceBook
from zoneeval_db.data.standing import against_stored
from zoneeval_db.data.storing import store_version
from zoneeval_db.data.successions import successions
from zoneeval_db.storage.part import TOTAL, part
from zoneeval_db.values import ImportOutcome
from zoneeval_db.zones.records import add_zone, store_zone_records

if TYPE_CHECKING:
    from zoneeval.intake.draft import Draft, YearDraft
    from zoneeval.intake.mapping import Choice, Layout
    from zoneeval.intake.shelf import Shelf
    from zoneeval.model.matching import Aliases
    from zoneeval.model.repair import CellEdit, RepairChoice
    from zoneeval_db.storage.history import Operation
    from zoneeval_db.storage.workspace import Workspace


def store_draft(
    ws: Workspace,
    draft: Draft,
    paths: Sequence[str | os.PathLike[str]],
    *,
    zone: str | None = None,
    remember: Iterable[Layout] = (),
    finished: int | None = None,
    progress: Progress = silent,
) -> dict[int, int]:
    """Store what an import read, and return the new dataset of each year.

    The draft must have no blocking finding left.  ``finished`` is the kept draft that
    ends with it.
    """
    files = [Path(path) for path in paths]
    datasets: dict[int, int] = {}
    label = _label(files) + repairs_label(draft.repaired)
    with ws.operation(label, kind="import") as op:
        book = SourceBook(ws, op, draft, files)
        if zone:
            add_zone(ws, op, zone)
        for done, (year, values) in enumerate(sorted(draft.years.items())):
            share = part(progress, TOTAL * done // len(draft.years),
                         TOTAL * (done + 1) // len(draft.years))  # fmt: skip
            share(0, 1, f"正在保存 {year} 年数据")
            if values.values or values.parcels or values.meters or values.events:
                datasets[year] = store_version(ws, op, year, values, book, label, share)
                _register(ws, op, values)
        store_zone_records(ws, op, draft.zone_values, draft.stars)
        store_decisions(ws, op, draft.decisions)
        store_layouts(op, remember)
        store_repairs(op, draft.repaired)
        if finished is not None:
            remove_draft(ws, finished)
        progress(len(draft.years), len(draft.years), "保存完成")
    return datasets


def _label(files: Sequence[Path]) -> str:
    names = "、".join(file.name for file in files[:3])
    return f"导入{names}" + (f" 等 {len(files)} 个文件" if len(files) > 3 else "")


def _register(ws: Workspace, op: Operation, draft: YearDraft) -> None:
    """Keep the newest name and zone of every enterprise, and every zone."""
    rows: list[tuple[str, str | None, str | None]] = []
    zones: dict[str, None] = {}
    for code, fields in draft.values.items():
        name, zone = fields.get("name"), fields.get("zone")
        place = str(zone.value) if zone and zone.source else None
        rows.append((code, str(name.value) if name else None, place))
        if place:
            zones[place] = None
    ws.conn.executemany(
        "INSERT INTO enterprise VALUES (?, ?, ?) ON CONFLICT (uscc) DO UPDATE SET"
        " name = coalesce(excluded.name, name), zone = coalesce(excluded.zone, zone)",
        rows,
    )
    for place in zones:
        add_zone(ws, op, place)


def _known(ws: Workspace) -> dict[str, str]:
    """Return the enterprises of earlier imports, by credit code."""
    return {
        code: name or code for code, name in ws.conn.execute("SELECT uscc, name FROM enterprise")
    }


def _matching(ws: Workspace, aliases: Aliases | None) -> dict[str, Any]:
    """Return what rows without a credit code are joined by."""
    return {
        "aliases": {**alias_map(ws), **(aliases or {})},
        "accounts": known_accounts(ws),
        "successions": successions(ws),
    }


@collection_paused()
def import_workbooks(
    ws: Workspace,
    paths: Sequence[str | os.PathLike[str]],
    *,
    year: int,
    zone: str | None = None,
    mapping: Mapping[str, Choice | str] | None = None,
    layouts: Mapping[str, Layout] | None = None,
    set_aside: bool = False,
    dry_run: bool = False,
    repairs: Sequence[RepairChoice] = (),
    edits: Sequence[CellEdit] = (),
    aliases: Aliases | None = None,
    shelf: Shelf | None = None,
    finished: int | None = None,
    progress: Progress = silent,
) -> ImportOutcome:
    """Read workbooks and store them as a new version of each year's data.

    Nothing is stored while a blocking finding is left, or with ``dry_run``; faults of
    the data are in the draft's findings and raise nothing.  ``mapping`` are decisions by
    heading for this import; ``layouts`` are decisions for layouts, remembered with it.
    ``repairs`` are the findings that are to be mended and ``edits`` what was typed into
    cells; what was done is recorded with the operation.  ``shelf`` keeps the workbooks for
    a check that follows; ``finished`` is the kept draft that is removed once they are stored.
    ``aliases`` are decisions about rows without a credit code, besides those
    remembered.
    """
    from zoneeval.intake import read_workbooks

    decided = decided_layouts(remembered_mappings(ws), layouts)
    draft = read_workbooks(
        [Path(path) for path in paths],
        year=year,
        zone=zone,
        known=_known(ws),
        mapping=mapping,
        layouts=decided,
        factors=energy_factors(ws),
        set_aside=set_aside,
        reference=reference_of(ws, year, part(progress, 0, 5)),
        repairs=repairs,
        edits=edits,
        shelf=shelf,
        **_matching(ws, aliases),
        progress=part(progress, 5, 80),
    )
    draft = against_stored(ws, draft, part(progress, 80, 81))
    if draft.has_blocking or dry_run:
        return ImportOutcome(draft, False, {})
    datasets = store_draft(
        ws, draft, paths, zone=zone, remember=[decided[key] for key in layouts or {}],
        finished=finished, progress=part(progress, 81, TOTAL),
    )  # fmt: skip
    return ImportOutcome(draft, True, datasets)
