"""Who has the workspace open: one writer at a time, named to everybody else.

A file beside the workspace holds who and since when, and is locked through the
operating system, so that a crash leaves nothing that would have to be cleared away.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path

from zoneeval.errors import WorkspaceError, WorkspaceLockedError

_BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def user_name() -> str:
    """Return the name of who sits at the computer ("" where it is not known)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def now() -> str:
    """Return the local time with its offset, to the second."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _take(descriptor: int) -> bool | None:
    """Lock the open file: True taken, False another has it, None not supported here."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _BUSY else None
    return True


def _same_file(descriptor: int, path: Path) -> bool:
    """Tell whether the open file is still the one at the path."""
    try:
        there = path.stat()
    except OSError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)


def _reader(path: Path) -> dict[str, object]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _refusal(path: Path, workspace: Path, *, away: bool) -> WorkspaceError:
    who = _reader(path)
    user, host = str(who.get("user") or "另一位用户"), str(who.get("host") or "")
    since = str(who.get("since") or "").replace("T", " ")[:16]
    name = f"{user}（计算机“{host}”）" if host else user
    advice = "请等对方关闭后再打开，或以只读方式打开。"
    if away:
        advice += f"如已确认对方不再使用，请删除“{path.name}”后重试。"
    when = f"从 {since} 起" if since else ""
    return WorkspaceLockedError(f"工作文件“{workspace.name}”正由 {name}{when}打开。{advice}")


class Lock:
    """The mark that this process may write to the workspace."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, workspace: Path) -> Lock:
        """Take the lock of a workspace; raise WorkspaceError naming who has it."""
        path = workspace.with_name(workspace.name + ".lock")
        for _ in range(5):
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                raise WorkspaceLockedError(
                    f"不能写入工作文件“{workspace.name}”所在的文件夹“{workspace.parent}”。"
                    "请检查该文件夹的写入权限，或以只读方式打开。"
                ) from error
            taken = _take(descriptor)
            who = _reader(path)
            away = bool(who) and who.get("host") != socket.gethostname()
            if taken is False or away or (taken is None and who):
                os.close(descriptor)
                raise _refusal(path, workspace, away=away or taken is None)
            if _same_file(descriptor, path):
                cls._write(descriptor)
                return cls(path, descriptor)
            os.close(descriptor)
        raise _refusal(path, workspace, away=False)

    @staticmethod
    def _write(descriptor: int) -> None:
        record = {
            "user": user_name(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "since": now(),
        }
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, json.dumps(record, ensure_ascii=False).encode())

    def release(self) -> None:
        """Give the lock back and remove its file; a second call does nothing."""
        if self._descriptor < 0:
            return
        descriptor, self._descriptor = self._descriptor, -1
        if sys.platform == "win32":  # an open file cannot be removed there
            os.close(descriptor)
            with contextlib.suppress(OSError):
                self.path.unlink()
        else:
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(descriptor)
