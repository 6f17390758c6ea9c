"""The workspace file: opened by one writer, checked, backed up, closed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from zoneeval.errors import WorkspaceError
from zoneeval_db.storage import backup
from zoneeval_db.storage.history import Operation
from zoneeval_db.storage.lock import Lock, now, user_name
from zoneeval_db.storage.migrations import SCHEMA_VERSION, migrations
from zoneeval_db.storage.schema import APPLICATION_ID

if TYPE_CHECKING:
    from sqlite_utils import Database

    from zoneeval.model.dataset import Dataset

SUFFIX = ".zoneeval"
Kind = Literal["edit", "import", "evaluate", "undo"]

_BUSY_SECONDS = 5.0


class Workspace:
    """An open workspace; belongs to the thread that opened it."""

    def __init__(
        self, path: Path, conn: sqlite3.Connection, lock: Lock | None, *, read_only: bool
    ) -> None:
        self.path = path
        self.read_only = read_only
        self.loaded: dict[int, Dataset] = {}
        self._conn: sqlite3.Connection | None = conn
        self._lock = lock
        self._changed = False

    # -- opening and closing

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Workspace:
        """Make a new, empty workspace file and open it; never replaces a file."""
        target = Path(path).absolute()
        if target.suffix != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
        if target.exists():
            raise WorkspaceError(
                f"“{target}”已经存在，没有改动它。请换一个文件名，或直接打开该文件。"
            )
        if not target.parent.is_dir():
            raise WorkspaceError(f"文件夹“{target.parent}”不存在。请先建立该文件夹。")
        try:
            _build(target)
        except (OSError, sqlite3.OperationalError) as error:
            raise WorkspaceError(
                f"不能在“{target.parent}”中建立工作文件。请检查写入权限和剩余空间。"
            ) from error
        return cls.open(target)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, read_only: bool = False) -> Workspace:
        """Open a workspace after checking it; raise WorkspaceError if that cannot be.

        A file that is refused is left exactly as it was.
        """
        target = Path(path).absolute()
        _check_head(target)
        lock = None if read_only else Lock.take(target)
        conn = None
        try:
            conn = _connect(target, read_only=read_only)
            _check_inside(conn, target)
            if not read_only:
                _migrate(conn, target)
            elif conn.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
                conn = _upgraded_copy(conn)
        except BaseException as error:
            if conn is not None:
                conn.close()
            if lock is not None:
                lock.release()
            if isinstance(error, sqlite3.Error):
                raise _damaged(target) from error
            raise
        return cls(target, conn, lock, read_only=read_only)

    def close(self) -> None:
        """Close the file and, where it was changed, leave a copy of it.

        Raises WorkspaceError when the copy could not be written; the file itself is
        safe and closed then.
        """
        if self._conn is None:
            return
        conn, self._conn = self._conn, None
        self.loaded.clear()
        failure: Exception | None = None
        if self._changed:
            try:
                backup.back_up(conn, self.path)
            except (OSError, sqlite3.Error) as error:
                failure = error
        conn.close()
        if self._lock is not None:
            self._lock.release()
        if failure is not None:
            raise WorkspaceError(
                f"工作文件已保存，但备份没有写成（文件夹“{backup.folder_of(self.path)}”）。"
                "请检查剩余空间和写入权限。"
            ) from failure

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            with contextlib.suppress(WorkspaceError):
                self.close()

    # -- reading and writing

    @property
    def conn(self) -> sqlite3.Connection:
        """Return the connection, for the modules of this package."""
        if self._conn is None:
            raise WorkspaceError(f"工作文件“{self.path.name}”已经关闭，请重新打开。")
        return self._conn

    @cached_property
    def db(self) -> Database:
        """Return the file as sqlite-utils sees it."""
        from sqlite_utils import Database

        return Database(self.conn, execute_plugins=False)

    @property
    def changed(self) -> bool:
        """Tell whether anything was written since opening."""
        return self._changed

    @contextlib.contextmanager
    def operation(
        self, label: str, *, kind: Kind = "edit", undoes: int | None = None
    ) -> Iterator[Operation]:
        """Run one user action: all of it is stored, with a row that names it, or nothing."""
        if self.read_only:
            raise WorkspaceError(
                f"工作文件“{self.path.name}”是以只读方式打开的，不能{label}。"
                "请关闭后以普通方式打开。"
            )
        try:
            with self.db.atomic():
                cursor = self.conn.execute(
                    "INSERT INTO operation (label, kind, created_at, user, undoes)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (label, kind, now(), user_name(), undoes),
                )
                yield Operation(self, cursor.lastrowid or 0)
        except sqlite3.OperationalError as error:
            raise WorkspaceError(
                f"{label}没有完成，数据没有改动：工作文件“{self.path.name}”写不进去"
                "（磁盘已满、文件被占用或没有写入权限）。请处理后重试。"
            ) from error
        self._changed = True

    @contextlib.contextmanager
    def aside(self, label: str) -> Iterator[sqlite3.Connection]:
        """Write, all of it or nothing, what is no part of the data: no operation, no backup."""
        if self.read_only:
            raise WorkspaceError(f"工作文件“{self.path.name}”是以只读方式打开的，不能{label}。")
        try:
            with self.db.atomic():
                yield self.conn
        except sqlite3.OperationalError as error:
            raise WorkspaceError(
                f"{label}没有完成：工作文件“{self.path.name}”写不进去"
                "（磁盘已满、文件被占用或没有写入权限）。请处理后重试。"
            ) from error


def _uri(path: Path, mode: str) -> str:
    words = path.as_posix()
    return f"file://{'' if words.startswith('/') else '/'}{quote(os.fsencode(words))}?mode={mode}"


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    conn = sqlite3.connect(
        _uri(path, "ro" if read_only else "rw"),
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # the window closes it after its worker has stopped
    )
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA synchronous = FULL")
    return conn


def _build(target: Path) -> None:
    """Write an empty workspace beside its place and move it there in one step."""
    from sqlite_utils import Database

    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        conn = sqlite3.connect(name, isolation_level=None)
        try:
            conn.execute("PRAGMA journal_mode = DELETE")
            conn.execute("PRAGMA synchronous = FULL")
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migrations().apply(Database(conn, execute_plugins=False))
        finally:
            conn.close()
        if os.name == "posix":  # mkstemp allows nobody else to read
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(name, 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _check_head(path: Path) -> None:
    """Refuse, by its first 100 bytes, what is not a workspace."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise WorkspaceError(f"没有找到工作文件“{path}”。请检查路径和文件名。") from None
    except OSError as error:
        raise WorkspaceError(f"不能读取“{path}”。请检查它是否为文件，以及读取权限。") from error
    marked = len(head) == 100 and head.startswith(b"SQLite format 3\0")
    if not marked or struct.unpack(">I", head[68:72])[0] != APPLICATION_ID:
        raise WorkspaceError(
            f"“{path.name}”不是本程序的工作文件（{SUFFIX}），没有改动它。"
            "请选择由本程序新建的工作文件；Excel 表请用“导入”。"
        )


def _upgraded_copy(conn: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy in memory in the present shape; the file itself stays as it is."""
    from sqlite_utils import Database

    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    conn.backup(copy)
    conn.close()
    migrations().apply(Database(copy, execute_plugins=False))
    return copy


def _check_inside(conn: sqlite3.Connection, path: Path) -> None:
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise WorkspaceError(
            f"“{path.name}”由更新版本的程序建立（文件版本 {version}，本程序只认识到"
            f" {SCHEMA_VERSION}），没有改动它。请安装新版程序后再打开。"
        )
    if conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _damaged(path)


def _damaged(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"工作文件“{path.name}”读不出来，可能已经损坏或没有读写权限，没有改动它。"
        f"请从备份文件夹“{backup.folder_of(path).name}”中取最近的一份。"
    )


def _migrate(conn: sqlite3.Connection, path: Path) -> None:
    """Bring an older file up to date, after a copy of it was put aside."""
    if conn.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
        return
    from sqlite_utils import Database

    try:
        backup.back_up(conn, path, upgrade=True)
    except OSError as error:
        raise WorkspaceError(
            f"升级“{path.name}”之前不能写出备份，没有升级。请检查剩余空间和写入权限。"
        ) from error
    migrations().apply(Database(conn, execute_plugins=False))
