"""The log files: UTF-8, one megabyte each, five kept."""

from __future__ import annotations

import logging
from pathlib import Path

TOPIC = "zoneeval"
FILE_NAME = "zoneeval.log"
MAX_BYTES = 1_000_000
KEPT = 5


def log_folder() -> Path:
    """Return the folder of the log files; it may not exist yet."""
    from platformdirs import user_log_dir

    return Path(user_log_dir("zoneeval", appauthor=False))


def configure_logging(folder: Path | None = None) -> Path | None:
    """Write the log of the program to a rotating file; return it, None where it cannot be."""
    from logging.handlers import RotatingFileHandler

    target = folder if folder is not None else log_folder()
    logger = logging.getLogger(TOPIC)
    logger.setLevel(logging.INFO)
    path = target / FILE_NAME
    for handler in logger.handlers:
        if isinstance(handler, RotatingFileHandler) and Path(handler.baseFilename) == path:
            return path
    try:
        target.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.addHandler(handler)
    return path
