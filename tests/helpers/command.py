"""Runs the `zoneeval` command inside the test, and as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from zoneeval_cli.main import main

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return standard output as the one JSON document it must be."""
        return json.loads(self.out)


def zoneeval(*words: object) -> Answer:
    """Run the command and return what it gave back; fail where it let an exception out."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Answer(result.exit_code, result.stdout, result.stderr)


def good(*words: object) -> Answer:
    """Run a command that must succeed."""
    answer = zoneeval(*words)
    assert answer.code == 0, answer.err
    return answer


def refused(*words: object) -> Answer:
    """Run a command that must end with a sentence and exit code 2, and never a traceback."""
    answer = zoneeval(*words)
    assert answer.code == 2, answer
    assert "Traceback" not in answer.err
    assert any("一" <= char <= "鿿" for char in answer.err)
    return answer


def process(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process with little more than PATH in its environment."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "SYSTEMROOT", "TEMP")}
    roots = os.pathsep.join(str(ROOT / name) for name in (".", "db", "ui"))
    return subprocess.run(
        [sys.executable, "-m", "zoneeval_cli", *(str(word) for word in words)],
        env={**kept, "PYTHONPATH": roots, **environment},
        capture_output=True,
        check=False,
    )
