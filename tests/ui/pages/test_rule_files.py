"""Files of rules: written whole, or refused in a sentence that leaves what stood there."""

from __future__ import annotations

from pathlib import Path

import pytest

from zoneeval.errors import PolicyError
from zoneeval_ui.pages.rule_files import write_rules


def test_the_ending_is_added_and_a_refusal_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write_rules(tmp_path / "办法", "a = 1\n", "办法")
    assert written == tmp_path / "办法.toml"
    assert written.read_bytes() == b"a = 1\n"
    with pytest.raises(PolicyError, match="阶梯没有写到"):
        write_rules(tmp_path / "没有的文件夹" / "阶梯.toml", "b = 2\n", "阶梯")

    def full(*_given: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(PolicyError, match="请换一个位置再试"):
        write_rules(written, "b = 2\n", "办法")
    assert [path.name for path in tmp_path.glob("*办法*")] == ["办法.toml"]
    assert written.read_bytes() == b"a = 1\n"
