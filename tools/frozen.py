"""The first module of the frozen program."""

from __future__ import annotations

from zoneeval_cli.entry import run

if __name__ == "__main__":
    run()
