"""Undo and the record of who did what: one mechanism.

What can be edited is written through :meth:`Operation.write`, which keeps the row
before and after.  Undoing writes the rows of before back as a new operation; of an
imported dataset it withdraws the version, for versions are never removed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from zoneeval.errors import WorkspaceError
from zoneeval_db.deciding.publication import GUARDED, refuse_published
from zoneeval_db.storage import codec
from zoneeval_db.values import OperationInfo

if TYPE_CHECKING:
    from zoneeval_db.storage.workspace import Workspace

Value = str | int | float | None
Row = dict[str, Value]

_KEYS: dict[str, tuple[str, ...]] = {
    "zone": ("name",),
    "zone_value": ("zone", "year", "indicator"),
    "star_record": ("zone", "year", "kind"),
    "dataset": ("id",),
    "setting": ("key",),
    "layout_mapping": ("signature",),
    "enterprise_alias": ("kind", "alias"),
    "succession": ("old_uscc",),
    "merged_member": ("year", "uscc"),
    "participation_decision": ("year", "uscc"),
    "zone_period_value": ("zone", "period", "indicator"),
    "zone_choice": ("zone", "period", "indicator"),
    "zone_profile": ("zone",),
    "zone_target": ("id",),
    "zone_event": ("id",),
    "zone_standing": ("zone", "year", "rule"),
    "adjudication": ("run_id",),
    "holiday": ("day",),
    "objection": ("id",),
    "grade_override": ("run_id", "uscc"),
    "other_surcharge": ("id",),
    "utility_list": ("id",),
    "utility_feedback": ("list_id", "account", "period"),
    "exit_case": ("id",),
    "exit_step": ("id",),
    "idle_asset": ("id",),
    "policy_effect": ("id",),
    "document_template": ("name",),
}
"""Tables that may be edited, and their keys."""

_LOGGED = ("repair",)
"""What is recorded beside the rows of tables."""


class Operation:
    """One user action inside its transaction."""

    def __init__(self, workspace: Workspace, number: int) -> None:
        self.id = number
        self._workspace = workspace

    def write(self, table: str, pk: Mapping[str, Value], new: Mapping[str, Value] | None) -> None:
        """Write one row (None: remove it) and record it as it was and as it is.

        ``new`` holds the columns besides the key; columns left out keep their value.
        A row that would not change is not touched.
        """
        if tuple(pk) != _KEYS[table]:
            raise ValueError(f"{table} is keyed by {_KEYS[table]}, not {tuple(pk)}")
        conn = self._workspace.conn
        before = self._row(table, pk)
        where = " AND ".join(f"{name} = ?" for name in pk)
        if new is None:
            conn.execute(f"DELETE FROM {table} WHERE {where}", tuple(pk.values()))
        elif before is None:
            row = {**pk, **new}
            marks = ", ".join("?" * len(row))
            conn.execute(
                f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
            )
        elif new and any(before[name] != value for name, value in new.items()):
            sets = ", ".join(f"{name} = ?" for name in new)
            conn.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*new.values(), *pk.values()))
        after = self._row(table, pk)
        if before != after:
            conn.execute(
                "INSERT INTO change (operation_id, table_name, pk, before, after)"
                " VALUES (?, ?, ?, ?, ?)",
                (self.id, table, codec.to_json(dict(pk)), _image(before), _image(after)),
            )

    def next_id(self, table: str) -> int:
        """Return a number that no row of the table ever had, also none that was removed."""
        if _KEYS[table] != ("id",):
            raise ValueError(f"{table} is not numbered")
        (there,) = self._workspace.conn.execute(f"SELECT max(id) FROM {table}").fetchone()
        (ever,) = self._workspace.conn.execute(
            "SELECT max(json_extract(pk, '$.id')) FROM change WHERE table_name = ?", (table,)
        ).fetchone()
        return max(there or 0, ever or 0) + 1

    def log(
        self, what: str, place: Mapping[str, Value], before: Row | None, after: Row | None
    ) -> None:
        """Record something that was done to what came in, not to a row: undo leaves it alone."""
        if what not in _LOGGED:
            raise ValueError(f"nothing of the kind {what} is logged")
        self._workspace.conn.execute(
            "INSERT INTO change (operation_id, table_name, pk, before, after)"
            " VALUES (?, ?, ?, ?, ?)",
            (self.id, what, codec.to_json(dict(place)), _image(before), _image(after)),
        )

    def _row(self, table: str, pk: Mapping[str, Value]) -> Row | None:
        where = " AND ".join(f"{name} = ?" for name in pk)
        cursor = self._workspace.conn.execute(
            f"SELECT * FROM {table} WHERE {where}", tuple(pk.values())
        )
        found = cursor.fetchone()
        names = [column[0] for column in cursor.description]
        return None if found is None else dict(zip(names, found, strict=True))

    def take_back(self, table: str, pk: Row, before: Row | None, after: Row | None) -> None:
        """Write a row back as it was; raise WorkspaceError if it has changed since."""
        if table == "dataset" and before is None:
            self.write(table, pk, {"withdrawn": 1})
            return
        if self._row(table, pk) != after:
            raise WorkspaceError(
                "这一步之后同一条记录又被改动过，不能直接撤销。请在相应页面改回需要的值。"
            )
        rest = None
        if before is not None:
            rest = {name: value for name, value in before.items() if name not in pk}
        self.write(table, pk, rest)


def _image(row: Row | None) -> str | None:
    return None if row is None else codec.to_json(row)


def _plain(image: str | None) -> Row | None:
    return None if image is None else json.loads(image)


_ALWAYS_RECORDED = {
    "zone_value": "园区指标",
    "star_record": "星级记录",
    "enterprise_alias": "名称对应",
    "succession": "更名合并记录",
    "merged_member": "合并评价",
    "participation_decision": "参评决定",
    "zone_period_value": "园区季度月度指标",
    "zone_choice": "园区指标采用口径",
    "zone_profile": "园区类别",
    "zone_target": "园区目标",
    "zone_event": "园区事项",
    "zone_standing": "园区自评记录",
    "adjudication": "评价程序",
    "holiday": "节假日",
    "objection": "异议",
    "grade_override": "人工调整",
    "other_surcharge": "其他加价",
    "utility_list": "执行名单",
    "utility_feedback": "执行反馈",
    "exit_case": "退出转型台账",
    "exit_step": "退出转型步骤",
    "idle_asset": "低效资产",
    "policy_effect": "政策成效",
    "document_template": "文书模板",
}
"""Tables that only :meth:`Operation.write` may write, as the interface calls them."""


def altered_records(ws: Workspace) -> list[str]:
    """Return, in words, the records that stand otherwise than they were last written."""
    out = []
    for table, words in _ALWAYS_RECORDED.items():
        expected: dict[str, Row | None] = {}
        for pk, after in ws.conn.execute(
            "SELECT pk, after FROM change WHERE table_name = ? ORDER BY id", (table,)
        ):
            expected[pk] = _plain(after)
        cursor = ws.conn.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        present: dict[str, Row] = {}
        for values in cursor:
            row = dict(zip(names, values, strict=True))
            present[codec.to_json({name: row[name] for name in _KEYS[table]})] = row
        for pk in sorted({*expected, *present}):
            if expected.get(pk) != present.get(pk):
                which = "、".join(str(part) for part in json.loads(pk).values())
                out.append(f"{words}（{which}）与操作记录不一致，保存后被改动过。")
    return out


_OPERATIONS = """
SELECT o.id, o.label, o.kind, o.created_at, o.user, o.undoes,
       EXISTS (SELECT 1 FROM operation u WHERE u.undoes = o.id) AS undone,
       o.kind IN ('edit', 'import')
         AND EXISTS (SELECT 1 FROM change c WHERE c.operation_id = o.id
                     AND c.table_name <> 'repair') AS has_images
FROM operation o
"""


def _info(row: tuple[int, str, str, str, str, int | None, int, int]) -> OperationInfo:
    number, label, kind, created_at, user, undoes, undone, has_images = row
    return OperationInfo(
        id=number,
        label=label,
        kind=kind,
        created_at=created_at,
        user=user,
        undoes=undoes,
        undone=bool(undone),
        undoable=bool(has_images) and not undone,
    )


def last_operations(ws: Workspace, n: int = 50) -> list[OperationInfo]:
    """Return the newest operations, newest first."""
    found = ws.conn.execute(_OPERATIONS + "ORDER BY o.id DESC LIMIT ?", (n,)).fetchall()
    return [_info(row) for row in found]


def undoable(ws: Workspace) -> OperationInfo | None:
    """Return the operation that :func:`undo` would take back, or None."""
    found = ws.conn.execute(
        _OPERATIONS + "WHERE has_images AND NOT undone ORDER BY o.id DESC LIMIT 1"
    ).fetchone()
    return None if found is None else _info(found)


def undo_barrier(ws: Workspace) -> tuple[int, str] | None:
    """Return the newest operation that can never be taken back, and why; None where none is.

    It belongs to what is published; nothing before it can be taken back either.
    """
    places = ",".join("?" * len(GUARDED))
    guarded: dict[int, tuple[str, list[tuple[Any, ...]]]] = {}
    for number, label, *change in ws.conn.execute(
        "SELECT o.id, o.label, c.table_name, c.pk, c.before, c.after"
        " FROM operation o JOIN change c ON c.operation_id = o.id"
        f" WHERE o.kind IN ('edit', 'import') AND c.table_name IN ({places})"
        " AND NOT EXISTS (SELECT 1 FROM operation u WHERE u.undoes = o.id) ORDER BY o.id DESC",
        GUARDED,
    ):
        guarded.setdefault(number, (label, []))[1].append(tuple(change))
    for number, (label, changes) in guarded.items():
        try:
            refuse_published(ws, label, changes)
        except WorkspaceError as refusal:
            return number, str(refusal)
    return None


def undo(ws: Workspace) -> OperationInfo:
    """Take back the newest operation that can be taken back, and return it.

    Raises WorkspaceError where there is none, its rows have changed since, or it belongs
    to what is published.
    """
    target = undoable(ws)
    if target is None:
        raise WorkspaceError("没有可以撤销的操作。")
    changes = ws.conn.execute(
        "SELECT table_name, pk, before, after FROM change WHERE operation_id = ?"
        " AND table_name <> 'repair' ORDER BY id DESC",
        (target.id,),
    ).fetchall()
    refuse_published(ws, target.label, changes)
    with ws.operation(f"撤销：{target.label}", kind="undo", undoes=target.id) as op:
        for table, pk, before, after in changes:
            op.take_back(table, json.loads(pk), _plain(before), _plain(after))
    return target
