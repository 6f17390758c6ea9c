"""The Qt binding fits the interpreter: a fault here ends the program without a word."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject, qVersion

CALLS = 200


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be released any more")
def test_calls_without_a_result_give_none_back_whole():
    """PySide6 6.12.0 loses one reference to None per call before Python 3.12."""
    thing = QObject()
    thing.setObjectName("name")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("name")
    lost = before - sys.getrefcount(None)
    assert lost < CALLS // 2, (
        f"PySide6 {qVersion()} on Python {sys.version.split()[0]} releases None: the window "
        "would be aborted after some thousand calls; use PySide6-Essentials 6.11 or Python 3.12"
    )
