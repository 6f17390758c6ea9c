"""Regenerate the sample workbooks: ``python tools/make_samples [folder]``."""

from __future__ import annotations

import sys
from pathlib import Path

from demo_city import write_demo_city
from zhengzhou import write_zhengzhou


def main(arguments: list[str]) -> int:
    """Write both sample folders and return 0."""
    default = Path(__file__).resolve().parents[2] / "sample_data"
    folder = Path(arguments[0]) if arguments else default
    write_demo_city(folder / "demo_city")
    write_zhengzhou(folder / "zhengzhou")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
