"""Departments' workbooks in; typed values with their cells, and every finding, out.

``reader`` gives raw cells, ``headers`` finds the header, ``recognise`` names the
columns, ``kinds`` says what table it is, ``plan`` chooses parsers and units, ``cells``
types a cell, ``entries`` and ``zones`` read rows, ``assemble`` joins by credit code,
``checks`` looks at the joined values, ``aside`` keeps enterprises out, ``table`` reads
one table for scoring.

Codes of findings (B blocking, W warning, N note):

==========================  ===  ====================================================
unreadable-file              B   not a workbook, damaged, encrypted, old format, missing
nothing-recognised           B   no sheet of the workbook is ours
missing-column               B   a required column is absent
no-year                      B   neither the row nor the import states a year
too-many-rows                B   the sheet exceeds the bounds
unknown-unit, wrong-unit     B   a column's or row's unit is unknown or of another kind
digits-lost                  B   a code was stored as a number and lost digits
bad-credit-code             B/W  check digit, length or characters (W in ``read_table``)
missing-code, missing-value  B   a required cell is empty
error-cell                   B   #DIV/0! and the like
formula-not-calculated       B   a formula without a stored result
text-in-number, wrong-kind   B   a cell of the wrong kind
bad-date, ambiguous-date     B   a date that cannot be read
bad-flag, bad-year, bad-star B   a cell of the wrong kind
unknown-choice              B/W  not one of the words allowed (scale blocks, others warn)
negative                     B   below the field's minimum of 0
land-not-positive            B   the land of an enterprise adds up to nothing
duplicate-code               B   the same code twice with different values
no-rows                     B/N  nothing below the header (B in ``read_table``)
bad-mapping                  B   a heading is given a field that does not exist
negative-tax                 W   refunds above receipts
tax-above-revenue, …         W   value-added-above-revenue, rd-above-revenue
leased-out-above-held        W   more land leased out than held
conflicting-sources          W   two sheets differ on a value; the first is kept
conflicting-figures          W   two figures for one zone, year, indicator; the first is kept
duplicate-column             W   two columns of one sheet mean the same field
repeated-record              W   the same parcel or meter twice
event-other-year             W   an event dated outside the year
unknown-event                W   an event of unknown type, not imported
unit-line-unknown            W   a 单位：line that is not understood
tax-scope                    N   what the tax column covers must be confirmed
inner-code-digit             N   the organisation code's own check digit differs
new-enterprise               N   the enterprise will be created
repeated-row                 N   an identical row, counted once
row-skipped                  N   a lone cell that is no enterprise
heading-similar              N   a heading close to a known one, not imported
other-year-column            N   a heading that names another year
unknown-indicator            N   a zone indicator not in the registry
period-not-annual            N   a figure of part of a year
not-a-zone, other-scope      N   a figure of several zones; a figure of a stated scope
hidden-sheet                 N   a hidden sheet is not read
sheet-not-recognised         N   a sheet without known columns
==========================  ===  ====================================================
"""

from zoneeval.intake.draft import ColumnReport, Draft, FileReport, SheetReport, YearDraft
from zoneeval.intake.read import read_workbooks
from zoneeval.intake.table import TableRead, read_table

__all__ = [
    "ColumnReport",
    "Draft",
    "FileReport",
    "SheetReport",
    "TableRead",
    "YearDraft",
    "read_table",
    "read_workbooks",
]
