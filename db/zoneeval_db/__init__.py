"""The workspace: its file, and one function per thing a user does with it.

Window and command line call only :mod:`zoneeval_db.operations`.
"""
