"""How a workspace file came to its present shape: append only, never edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zoneeval_db.storage.schema import APPEND_ONLY, DATASET_GUARD, FIRST_TABLES, guards, statements
from zoneeval_db.storage.schema_consequences import CONSEQUENCE_TABLES
from zoneeval_db.storage.schema_memory import MEMORY_TABLES
from zoneeval_db.storage.schema_zones import ZONE_TABLES

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

SCHEMA_VERSION = 4
"""The number of migrations; kept in the file as ``user_version``."""


def migrations() -> Migrations:
    """Return every migration in order."""
    from sqlite_utils import Migrations

    migration = Migrations("zoneeval")

    @migration()
    def m001_first_tables(db: Database) -> None:
        script = FIRST_TABLES + "".join(guards(table) for table in APPEND_ONLY) + DATASET_GUARD
        for statement in statements(script):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 1")

    @migration()
    def m002_intake_memory(db: Database) -> None:
        for statement in statements(MEMORY_TABLES):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 2")

    @migration()
    def m003_zones(db: Database) -> None:
        for statement in statements(ZONE_TABLES):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 3")

    @migration()
    def m004_consequences(db: Database) -> None:
        for statement in statements(CONSEQUENCE_TABLES):
            db.conn.execute(statement)
        db.conn.execute("PRAGMA user_version = 4")

    return migration
