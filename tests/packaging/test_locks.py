"""The lock files pin everything by hash and name no place to get it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(lock: str) -> dict[str, list[str]]:
    """Return the pinned distributions of a lock and the text of each entry."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries: dict[str, list[str]] = {}
    for entry in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        if match := re.match(r"([A-Za-z0-9._-]+)==", entry):
            entries.setdefault(normal(match[1]), []).append(entry)
    return entries


def normal(name: str) -> str:
    """Return a distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!~\[; ]", name)[0]).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash(lock: str) -> None:
    entries = pins(lock)
    assert entries
    bare = [name for name, texts in entries.items() for t in texts if "--hash=sha256:" not in t]
    assert bare == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert [word for word in ("http", "file:", "--index", "--find-links") if word in text] == []


def test_every_dependency_is_locked() -> None:
    needed = {normal(item) for item in PYPROJECT["project"]["dependencies"]}
    assert needed - pins("requirements.lock").keys() == set()
    assert needed - pins("requirements-dev.lock").keys() == set()
    groups = PYPROJECT["dependency-groups"]
    assert {normal(item) for item in groups["dev"]} - pins("requirements-dev.lock").keys() == set()
    build = {normal(item) for item in groups["build"]}
    assert build - pins("requirements-build.lock").keys() == set()
    assert groups["build"] == PYPROJECT["build-system"]["requires"]


def test_both_locks_agree_on_what_the_program_runs_with() -> None:
    program, tools = pins("requirements.lock"), pins("requirements-dev.lock")
    heads = {name: {text.split()[0] for text in texts} for name, texts in program.items()}
    assert heads == {name: {text.split()[0] for text in tools[name]} for name in program}
