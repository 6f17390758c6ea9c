"""What Qt needs from a Linux system: shared libraries and a Chinese font.

Windows and macOS bring both. Debian and Ubuntu get what is missing when we are root; everyone
else reads one sentence with the one command.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sentences import SetupError, say

# Each entry lists the names a library goes by, newest release first; the last name is one that
# apt resolves on every release.
OFFSCREEN = (
    ("libgl1",),
    ("libegl1",),
    ("libglib2.0-0t64", "libglib2.0-0"),
    ("libdbus-1-3",),
    ("libfontconfig1",),
    ("libxkbcommon0",),
)
DISPLAY = (
    ("libxcb-cursor0",),
    ("libxcb-icccm4",),
    ("libxcb-keysyms1",),
    ("libxcb-shape0",),
    ("libxkbcommon-x11-0",),
)
FONT = (("fonts-wqy-microhei",),)

_PROBE = """
from PySide6.QtGui import QFontDatabase, QGuiApplication
import PySide6.QtWidgets
app = QGuiApplication([])
chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
print("fonts", len(chinese))
"""


def make_ready(python: Path, environment: dict[str, str]) -> bool:
    """Make sure Qt starts offscreen; return whether nothing is left to wish for.

    A missing library raises `SetupError`; a missing font is only said, because the lists come out
    right without one.
    """
    if not sys.platform.startswith("linux"):
        return True
    offscreen = {**environment, "QT_QPA_PLATFORM": "offscreen"}
    fonts, reason = _probe(python, offscreen)
    if fonts is None:
        apt_install(_names(OFFSCREEN), "Qt 需要的系统库")
        fonts, reason = _probe(python, offscreen)
        if fonts is None:
            raise SetupError(f"界面库 Qt 无法启动（{reason}）。{advice(_names(OFFSCREEN))}。")
    if fonts == 0:
        apt_install(_names(FONT), "中文字体")
        fonts, reason = _probe(python, offscreen)
    if not fonts:
        say(f"提示：没有中文字体，界面文字会显示成方框。{advice(_names(FONT))}。", error=True)
        return False
    return True


def has_display(environment: dict[str, str]) -> bool:
    """Tell whether a window can be tried at all."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def window_opens(python: Path, environment: dict[str, str]) -> bool:
    """Tell whether Qt reaches the display; install the libraries for it where we may."""
    if not has_display(environment):
        return False
    if not sys.platform.startswith("linux"):
        return True
    fonts, reason = _probe(python, environment)
    if fonts is None and "could not connect to display" not in reason:
        apt_install(_names(DISPLAY), "打开窗口需要的系统库")
        fonts, reason = _probe(python, environment)
    if fonts is not None:
        return True
    if "could not connect to display" in reason:
        say("提示：连不上环境变量 DISPLAY 指定的屏幕，本次不打开窗口。", error=True)
    else:
        say(f"提示：缺少系统库，本次不打开窗口。{advice(_names(DISPLAY))}。", error=True)
    return False


def _probe(python: Path, environment: dict[str, str]) -> tuple[int | None, str]:
    """Start Qt in a process of its own; the number of Chinese fonts or None, and the reason."""
    command = [str(python), "-c", _PROBE]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
    except subprocess.TimeoutExpired:
        return None, "启动超时"
    words = done.stdout.split()
    if done.returncode == 0 and "fonts" in words:
        return int(words[words.index("fonts") + 1]), ""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    telling = [line for line in lines if "display" in line or "cannot open" in line]
    return None, (telling or lines or ["没有说明原因"])[0 if telling else -1]


def apt_install(packages: list[str], what: str) -> bool:
    """Install packages on Debian or Ubuntu as root; False where that is not ours to do."""
    if not _may_install():
        return False
    say(f"正在安装{what}……")
    _apt_update()
    done = _apt_get("install", "-y", "-qq", "--no-install-recommends", *packages)
    if done.returncode != 0:
        say(done.stdout + done.stderr, error=True)
    return done.returncode == 0


def advice(packages: list[str]) -> str:
    """Return what to do about missing packages, as the end of a sentence."""
    names = " ".join(packages)
    if sys.platform.startswith("linux") and shutil.which("apt-get") is None:
        return f"请用系统的软件包管理器安装相当于 {names} 的软件包，然后再试一次"
    command = f"apt-get install -y {names}"
    return f"请运行：{command if _is_root() else 'sudo ' + command} ，然后再试一次"


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _may_install() -> bool:
    return _is_root() and shutil.which("apt-get") is not None


@functools.lru_cache(maxsize=1)
def _apt_update() -> None:
    _apt_get("update", "-qq")


def _apt_get(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["apt-get", *arguments],
        env=_apt_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _apt_environment() -> dict[str, str]:
    # dpkg refuses to work where the administrator's folders are not on PATH.
    folders = [os.environ.get("PATH", ""), "/usr/local/sbin", "/usr/sbin", "/sbin"]
    return {
        **os.environ,
        "PATH": os.pathsep.join(folder for folder in folders if folder),
        "DEBIAN_FRONTEND": "noninteractive",
        "LC_ALL": "C.UTF-8",
    }


def _names(wanted: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return for each library the first of its names that this release offers."""
    if _may_install():
        _apt_update()
    return [next((name for name in names if _has_candidate(name)), names[-1]) for names in wanted]


def _has_candidate(name: str) -> bool:
    if shutil.which("apt-cache") is None:
        return False
    done = subprocess.run(
        ["apt-cache", "policy", name],
        env=_apt_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.strip() for line in done.stdout.splitlines()]
    return any(line.startswith("Candidate:") and "(none)" not in line for line in lines)
