"""zoneeval: class the enterprises of an industrial zone and rate the zone itself.

The package is the domain: pure functions over frozen values, without Qt and
without SQL.  The workspace file lives in ``zoneeval_db``, the command in
``zoneeval_cli`` and the window in ``zoneeval_ui``.
"""

__version__ = "0.1.0"
