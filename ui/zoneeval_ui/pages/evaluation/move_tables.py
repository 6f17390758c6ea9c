"""The table of moves between classes, and the list of who moves, as tables of the window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from zoneeval_ui.tables import Column, TableData, Tint

if TYPE_CHECKING:
    from zoneeval.engine.comparison import Compared
    from zoneeval.engine.moves import Move, MoveTable
    from zoneeval.engine.sensitivity import Robustness

translate = QCoreApplication.translate
TINTS = {"上升": Tint.GOOD, "下降": Tint.POOR}


def matrix_data(table: MoveTable) -> TableData:
    """Return the table of moves: classes before at the left, classes after on top."""
    none = translate("Moves", "无类别")
    columns = [Column("before", translate("Moves", "原＼现"), width=5)]
    values: dict[str, list[object]] = {
        "before": [none if one == "—" else one for one in table.before]
    }
    tints: dict[tuple[int, str], Tint] = {}
    for other in table.after:
        columns.append(Column(other, none if other == "—" else other, kind="integer", width=3))
        values[other] = [table.count(one, other) for one in table.before]
        for row, one in enumerate(table.before):
            if one != other and table.count(one, other):
                tints[row, other] = Tint.NOTE
            elif one != other:
                tints[row, other] = Tint.MUTED
    return TableData(tuple(columns), values, ids=list(table.before), tints=tints)


def moved_data(moves: Sequence[Move]) -> TableData:
    """Return who moves, from which class to which."""
    columns = (
        Column("name", translate("Moves", "企业名称"), width=16),
        Column("before", translate("Moves", "原"), kind="grade", width=3),
        Column("after", translate("Moves", "现"), kind="grade", width=3),
        Column("direction", translate("Moves", "变化"), width=5),
        Column("score_before", translate("Moves", "原得分"), kind="number"),
        Column("score_after", translate("Moves", "现得分"), kind="number"),
        Column("zone", translate("Moves", "园区"), width=10),
    )
    values = {column.key: [getattr(move, column.key) for move in moves] for column in columns}
    tints = {
        (row, "direction"): TINTS[move.direction]
        for row, move in enumerate(moves)
        if move.direction in TINTS
    }
    return TableData(columns, values, ids=[move.uscc for move in moves], tints=tints)


def compared_data(rows: Sequence[Compared]) -> TableData:
    """Return enterprises of two runs with what moved them."""
    columns = (
        Column("name", translate("Moves", "企业名称"), width=16),
        Column("before", translate("Moves", "原"), kind="grade", width=3),
        Column("after", translate("Moves", "现"), kind="grade", width=3),
        Column("direction", translate("Moves", "变化"), width=5),
        Column("driver", translate("Moves", "变动最大的一项"), width=14),
        Column("score_before", translate("Moves", "原得分"), kind="number"),
        Column("score_after", translate("Moves", "现得分"), kind="number"),
        Column("rank_before", translate("Moves", "原排名"), kind="integer"),
        Column("rank_after", translate("Moves", "现排名"), kind="integer"),
        Column("zone", translate("Moves", "园区"), width=10),
    )
    values: dict[str, list[object]] = {column.key: [] for column in columns}
    tints: dict[tuple[int, str], Tint] = {}
    for place, row in enumerate(rows):
        move = row.move
        same = move.before == move.after
        direction = translate("Moves", "不变") if same else move.direction
        for key in ("name", "before", "after", "score_before", "score_after", "zone"):
            values[key].append(getattr(move, key))
        values["direction"].append(direction)
        values["driver"].append(row.driver)
        values["rank_before"].append(row.rank_before)
        values["rank_after"].append(row.rank_after)
        if same or move.direction in TINTS:
            tints[place, "direction"] = Tint.MUTED if same else TINTS[move.direction]
    return TableData(columns, values, ids=[row.move.uscc for row in rows], tints=tints)


def kept_data(found: Robustness) -> TableData:
    """Return how often each enterprise keeps its class, the least certain first."""
    letters = sorted({letter for row in found.rows for letter in row.shares})
    columns = [
        Column("name", translate("Moves", "企业名称"), width=16),
        Column("grade", translate("Moves", "类别"), kind="grade", width=4),
        Column("kept", translate("Moves", "保持率"), kind="share", strong=True),
        *(Column(f"in:{letter}", letter, kind="share") for letter in letters),
        Column("zone", translate("Moves", "园区"), width=10),
    ]
    values: dict[str, list[object]] = {
        "name": [row.name for row in found.rows],
        "grade": [row.grade for row in found.rows],
        "kept": [row.kept for row in found.rows],
        "zone": [row.zone for row in found.rows],
    }
    for letter in letters:
        values[f"in:{letter}"] = [row.shares.get(letter, 0.0) for row in found.rows]
    near = {row.uscc for row in found.near}
    tints = {
        (place, "kept"): Tint.UNCERTAIN for place, row in enumerate(found.rows) if row.uscc in near
    }
    return TableData(tuple(columns), values, ids=[row.uscc for row in found.rows], tints=tints)
