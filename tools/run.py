"""The tasks behind `make`, so that they run the same where there is no make or no shell.

python3 tools/run.py demo | test | bench | fuzz | shots | samples | dist | lock | clean
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import bootstrap
import qt_system
from bootstrap import ROOT, tool
from sentences import SetupError, say

CHECKED = ("zoneeval", "db", "ui", "tools")
LEFTOVERS = (
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".hypothesis",
    ".benchmarks",
    "build",
    "dist",
    "shots",
    "zoneeval.egg-info",
)
LOCKS = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": ["pyproject.toml", "--group", "dev"],
    "requirements-build.lock": ["--group", "build"],
    "requirements-dist.lock": ["pyproject.toml", "--group", "dist"],
}


class CommandError(Exception):
    """A command went wrong and has said why; the number is its exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run(*command: str | Path, **extra: str) -> None:
    """Run one command in the project's folder; raise `CommandError` with its exit code."""
    environment = {**bootstrap.clean_environment(), **extra}
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if done.returncode != 0:
        raise CommandError(done.returncode if done.returncode > 0 else 1)


def python(*arguments: str, **extra: str) -> None:
    """Run the Python of `.venv`."""
    run(tool("python"), *arguments, **extra)


def demo() -> None:
    """Run the whole job on the samples; the window opens if there is a display."""
    bootstrap.prepare(dev=False)
    environment = bootstrap.clean_environment()
    opens = qt_system.window_opens(tool("python"), environment)
    run(tool("zoneeval"), "demo", "--out", "out", *([] if opens else ["--no-window"]))


def test() -> None:
    """Check style, types and layers, then run the suite without a display."""
    bootstrap.prepare(dev=True)
    python("-m", "ruff", "check", ".")
    python("-m", "ruff", "format", "--check", ".")
    python("-m", "mypy", *CHECKED)
    run(tool("lint-imports"), "--no-logo")
    _pytest("-n", "auto", "-p", "no:benchmark")


def bench() -> None:
    """Compare with other libraries; every figure is a ratio within this run."""
    bootstrap.prepare(dev=True)
    _pytest("tests/bench", "-o", "python_files=bench_*.py", "--benchmark-only")


def fuzz() -> None:
    """Read 10,000 spoiled workbooks and texts: no error, no wrong value, no hang."""
    bootstrap.prepare(dev=True)
    python("tests/fuzz/run.py", "10000")


def shots() -> None:
    """Take pictures of every page of the window into `shots/`."""
    bootstrap.prepare(dev=True)
    python("tools/shots.py")


def samples() -> None:
    """Write the workbooks of `sample_data/` again from their seeds."""
    bootstrap.prepare(dev=True)
    python("tools/make_samples")


def dist() -> None:
    """Freeze the program into `dist/zoneeval/`, then let it do the demo by itself."""
    bootstrap.prepare(dev=True)
    python("-m", "pip", "install", "-qq", "--require-hashes", "-r", "requirements-dist.lock")
    spec = ROOT / "tools" / "zoneeval.spec"
    python("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", str(spec))
    frozen = ROOT / "dist" / "zoneeval" / ("zoneeval.exe" if os.name == "nt" else "zoneeval")
    with tempfile.TemporaryDirectory(prefix="zoneeval-") as scratch:
        run(frozen, "demo", "--out", scratch, "--no-window")
    say(f"已生成 {frozen.parent}，并用它完成了一次示例。")


def lock() -> None:
    """Resolve the dependencies of pyproject.toml again, with hashes and without addresses."""
    uv = shutil.which("uv") or (str(tool("uv")) if tool("uv").exists() else None)
    if uv is None:
        raise SetupError("更新依赖锁需要 uv。请运行：python3 -m pip install uv，然后再试一次。")
    options = ["--universal", "--generate-hashes", "--no-header", "--python-version", "3.11"]
    for name, sources in LOCKS.items():
        run(uv, "pip", "compile", "--quiet", *options, "--upgrade", *sources, "-o", name)


def clean() -> None:
    """Remove what the other tasks made, except the results in `out/`."""
    for name in LEFTOVERS:
        shutil.rmtree(ROOT / name, ignore_errors=True)


TASKS = {
    "demo": demo,
    "test": test,
    "bench": bench,
    "fuzz": fuzz,
    "shots": shots,
    "samples": samples,
    "dist": dist,
    "lock": lock,
    "clean": clean,
}


def _pytest(*arguments: str) -> None:
    settings = {"QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="zoneeval-") as runtime:
        if "XDG_RUNTIME_DIR" not in os.environ:  # Qt warns without it, and warnings are errors
            settings["XDG_RUNTIME_DIR"] = runtime
        python("-m", "pytest", *arguments, **settings)


def main(arguments: list[str]) -> int:
    """Run one task; 2 when the user has to do something first."""
    if len(arguments) != 1 or arguments[0] not in TASKS:
        say(f"用法：python3 tools/run.py {' | '.join(TASKS)}", error=True)
        return 2
    try:
        TASKS[arguments[0]]()
    except SetupError as fault:
        say(str(fault), error=True)
        return 2
    except CommandError as failed:
        return failed.code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
