"""`python -m zoneeval_cli` is the `zoneeval` command."""

from __future__ import annotations

from zoneeval_cli.main import main

if __name__ == "__main__":
    main()
