"""The workspace file: tables, lock, copies, and the record of every change."""
