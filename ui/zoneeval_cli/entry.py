"""Where the `zoneeval` command begins: straight to the window, or to the command line.

Without arguments the command line's own modules are not needed, and the window is
there sooner.
"""

from __future__ import annotations

import sys


def run() -> None:
    """Open the window where there are no arguments, else run the command line."""
    if len(sys.argv) > 1:
        from zoneeval_cli.main import main

        main()
    try:
        from zoneeval_cli.window import open_window

        code = open_window(None)
    except (Exception, KeyboardInterrupt) as error:
        from zoneeval_cli import output
        from zoneeval_cli.errors import tell

        output.use_utf8()
        code = tell(error, as_json=False)
    sys.exit(code)
