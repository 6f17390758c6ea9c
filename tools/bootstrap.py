"""Create `.venv` and install the locked dependencies; standard library only.

    python3 tools/bootstrap.py          what the program needs
    python3 tools/bootstrap.py --dev    the tests and tools as well

A second run finds its stamp and ends at once. The syntax stays readable for old Pythons,
so that they get a sentence instead of a SyntaxError.
"""

from __future__ import annotations

import compileall
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import qt_system
from sentences import SetupError, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "zoneeval-stamp.json"
OLDEST = (3, 11)
# Whatever changes what has to be installed, or how.
INPUTS = (
    "requirements.lock",
    "requirements-build.lock",
    "requirements-dev.lock",
    "pyproject.toml",
    "setup.py",
)
COMPILE_LIBRARIES = """
import compileall, sysconfig
compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)
"""
PIP_OPTIONS = ("-qq", "--no-input", "--disable-pip-version-check", "--no-warn-script-location")


def tool(name: str) -> Path:
    """Return the path of a command inside `.venv`."""
    if os.name == "nt":
        return VENV / "Scripts" / (name + ".exe")
    return VENV / "bin" / name


def clean_environment() -> dict[str, str]:
    """Return the environment without what would point a venv's Python elsewhere."""
    unwanted = {"PYTHONHOME", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"}
    return {key: value for key, value in os.environ.items() if key not in unwanted}


def prepare(dev: bool) -> None:
    """Make `.venv` ready; raise `SetupError` with a sentence when that needs the user."""
    if sys.version_info[:2] < OLDEST:
        raise SetupError(
            "本程序需要 Python 3.11 或更高版本，当前的 python3 是 "
            f"{sys.version_info[0]}.{sys.version_info[1]}。请安装新版 Python 后再运行一次。"
        )
    wanted = _fingerprint()
    stamp = _read_stamp()
    if not (stamp.get("inputs") == wanted and bool(stamp.get("dev")) >= dev):
        moved = stamp.get("root", str(ROOT)) != str(ROOT)
        _create_venv(clear=moved)
        dev = dev or bool(stamp.get("dev"))
        _install(dev)
        stamp = {"root": str(ROOT), "inputs": wanted, "dev": dev, "qt": False}
        _write_stamp(stamp)
    _compile_sources()
    if not stamp.get("qt"):
        stamp["qt"] = qt_system.make_ready(tool("python"), clean_environment())
        _write_stamp(stamp)


def _fingerprint() -> str:
    digest = hashlib.sha256(str(ROOT).encode())
    for name in INPUTS:
        digest.update(b"\0" + (ROOT / name).read_bytes())
    return digest.hexdigest()


def _read_stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and tool("python").exists() else {}


def _write_stamp(stamp: dict[str, object]) -> None:
    STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def _create_venv(clear: bool) -> None:
    if not clear and _venv_works():
        return
    if any(importlib.util.find_spec(name) is None for name in ("venv", "ensurepip")):
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not qt_system.apt_install([package], f" {package}（建立虚拟环境需要）"):
            raise SetupError(
                "这台机器的 Python 缺少 venv 组件，无法建立虚拟环境。"
                f"{qt_system.advice([package])}。"
            )
    say("正在建立虚拟环境 .venv ……")
    if VENV.exists():
        shutil.rmtree(VENV)
    done = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], env=clean_environment(), check=False
    )
    if done.returncode != 0:
        raise SetupError(
            "虚拟环境 .venv 没有建成，原因见上。请检查磁盘空间和本文件夹的写入权限后再试。"
        )


def _venv_works() -> bool:
    if not tool("python").exists():
        return False
    check = f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST!r})"
    command = [str(tool("python")), "-c", check]
    done = subprocess.run(command, env=clean_environment(), capture_output=True, check=False)
    return done.returncode == 0


def _install(dev: bool) -> None:
    say("正在安装依赖（第一次需要几分钟，之后不再重复）……")
    locks = ["requirements-build.lock", "requirements-dev.lock" if dev else "requirements.lock"]
    arguments = ["--require-hashes", "--compile"]
    for lock in locks:
        arguments += ["-r", str(ROOT / lock)]
    _pip(arguments, "依赖没有装上，原因见上。请检查网络或软件源设置后再运行一次。")
    _pip(
        ["--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT)],
        "本程序没有装进虚拟环境，原因见上。请删除 .venv 文件夹后再运行一次。",
    )
    # Start-up without compiled libraries takes three times as long; pip skips what was there.
    subprocess.run(
        [str(tool("python")), "-c", COMPILE_LIBRARIES], env=clean_environment(), check=False
    )


def _pip(arguments: list[str], sentence: str) -> None:
    command = [str(tool("python")), "-m", "pip", "install", *PIP_OPTIONS, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=clean_environment(), check=False)
    if done.returncode != 0:
        raise SetupError(sentence)


def _compile_sources() -> None:
    """Write the .pyc files of our own packages, also where Python is told not to."""
    if not (VENV / "pyvenv.cfg").exists() or not _same_python():
        return
    for folder in ("zoneeval", "db", "ui"):
        compileall.compile_dir(ROOT / folder, quiet=2)


def _same_python() -> bool:
    libraries = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    return os.name == "nt" or libraries.exists()


def main(arguments: list[str]) -> int:
    """Run the set-up; 2 when the user has to do something first."""
    try:
        prepare(dev="--dev" in arguments)
    except SetupError as fault:
        say(str(fault), error=True)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
