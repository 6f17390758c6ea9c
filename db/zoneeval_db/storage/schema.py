"""The tables of a workspace file, as they were in its first version.

Later versions add migrations; what stands here is never edited after a release.
"""

from __future__ import annotations

APPLICATION_ID = 0x5A4E4556
"""Marks the file as a workspace ("ZNEV")."""

APPEND_ONLY = (
    "operation",
    "change",
    "policy",
    "source_file",
    "source_sheet",
    "dataset_enterprise",
    "dataset_value",
    "parcel",
    "meter",
    "event",
    "run",
    "run_result",
    "run_indicator",
)
"""Tables whose rows are written once: neither changed nor removed."""

FIRST_TABLES = """
CREATE TABLE operation (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'import', 'evaluate', 'undo')),
    created_at TEXT NOT NULL,
    user TEXT NOT NULL,
    undoes INTEGER REFERENCES operation (id)
) STRICT;

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    table_name TEXT NOT NULL,
    pk TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_operation ON change (operation_id);

CREATE TABLE zone (
    name TEXT PRIMARY KEY
) STRICT;

CREATE TABLE enterprise (
    uscc TEXT PRIMARY KEY,
    name TEXT,
    zone TEXT
) STRICT;

CREATE TABLE source_file (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    name TEXT NOT NULL,
    sha256 TEXT
) STRICT;

CREATE TABLE source_sheet (
    id INTEGER PRIMARY KEY,
    file_id INTEGER NOT NULL REFERENCES source_file (id),
    name TEXT NOT NULL,
    department TEXT
) STRICT;

CREATE TABLE dataset (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    year INTEGER NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    seal TEXT NOT NULL,
    enterprises INTEGER NOT NULL,
    note TEXT NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    UNIQUE (year, version)
) STRICT;

CREATE TABLE dataset_enterprise (
    dataset_id INTEGER NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (dataset_id, uscc)
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_value (
    dataset_id INTEGER NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    field TEXT NOT NULL,
    number REAL,
    text TEXT,
    sheet_id INTEGER REFERENCES source_sheet (id),
    row INTEGER,
    col TEXT,
    PRIMARY KEY (dataset_id, uscc, field),
    CHECK ((number IS NULL) <> (text IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE parcel (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    certificate TEXT,
    location TEXT,
    registered REAL,
    leased_in REAL,
    leased_out REAL,
    sheet_id INTEGER REFERENCES source_sheet (id),
    row INTEGER,
    col TEXT
) STRICT;
CREATE INDEX parcel_enterprise ON parcel (dataset_id, uscc);

CREATE TABLE meter (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    utility TEXT NOT NULL,
    account TEXT NOT NULL,
    account_name TEXT,
    use REAL,
    sheet_id INTEGER REFERENCES source_sheet (id),
    row INTEGER,
    col TEXT
) STRICT;
CREATE INDEX meter_enterprise ON meter (dataset_id, uscc);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    dataset_id INTEGER NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    uscc TEXT NOT NULL,
    kind TEXT NOT NULL,
    occurred_on TEXT,
    description TEXT,
    document TEXT,
    sheet_id INTEGER REFERENCES source_sheet (id),
    row INTEGER,
    col TEXT
) STRICT;
CREATE INDEX event_enterprise ON event (dataset_id, uscc);

CREATE TABLE zone_value (
    zone TEXT NOT NULL,
    year INTEGER NOT NULL,
    indicator TEXT NOT NULL,
    value REAL NOT NULL,
    document TEXT,
    source TEXT,
    PRIMARY KEY (zone, year, indicator)
) STRICT;

CREATE TABLE star_record (
    zone TEXT NOT NULL,
    year INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('target', 'official')),
    level INTEGER NOT NULL,
    document TEXT,
    source TEXT,
    PRIMARY KEY (zone, year, kind)
) STRICT;

CREATE TABLE policy (
    fingerprint TEXT PRIMARY KEY,
    policy_id TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    operation_id INTEGER NOT NULL REFERENCES operation (id),
    dataset_id INTEGER NOT NULL REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    previous_dataset_id INTEGER REFERENCES dataset (id) DEFERRABLE INITIALLY DEFERRED,
    policy_fingerprint TEXT NOT NULL REFERENCES policy (fingerprint),
    year INTEGER NOT NULL,
    zone TEXT,
    created_at TEXT NOT NULL,
    engine_version TEXT NOT NULL,
    summary TEXT NOT NULL,
    result_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX run_year ON run (year);

CREATE TABLE run_result (
    run_id INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    ordinal INTEGER NOT NULL,
    uscc TEXT,
    name TEXT,
    zone TEXT,
    track TEXT,
    group_key TEXT,
    participation TEXT NOT NULL,
    reasons TEXT NOT NULL,
    bonus REAL,
    penalty REAL,
    composite REAL,
    rank REAL,
    position REAL,
    gate TEXT,
    stage_rank REAL,
    computed_grade TEXT,
    grade TEXT,
    PRIMARY KEY (run_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_result_enterprise ON run_result (uscc);

CREATE TABLE run_indicator (
    run_id INTEGER NOT NULL REFERENCES run (id) DEFERRABLE INITIALLY DEFERRED,
    indicator TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    value REAL,
    score REAL,
    benchmark REAL,
    weight REAL,
    PRIMARY KEY (run_id, indicator, ordinal)
) STRICT, WITHOUT ROWID;
"""

DATASET_GUARD = """
CREATE TRIGGER dataset_no_update BEFORE UPDATE OF
    id, operation_id, year, version, created_at, fingerprint, seal, enterprises, note
    ON dataset BEGIN SELECT RAISE(ABORT, 'dataset is append-only'); END;
CREATE TRIGGER dataset_no_delete BEFORE DELETE ON dataset
    BEGIN SELECT RAISE(ABORT, 'dataset is append-only'); END;
"""
"""Of a dataset version only the mark "withdrawn" may change."""


def guards(table: str) -> str:
    """Return the triggers that keep the rows of a table as they were written."""
    return "".join(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;\n"
        for verb in ("UPDATE", "DELETE")
    )


def statements(script: str) -> list[str]:
    """Split a script into statements; a trigger's body stays whole."""
    import sqlite3

    out, pending = [], ""
    for piece in script.split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            out.append(pending.strip())
            pending = ""
    return [statement for statement in out if statement != ";"]
