"""Departments' workbooks in; typed values with their cells, and every finding, out.

``reader`` gives raw cells, ``headers`` finds the header, ``recognise`` names the
columns, ``looks`` and ``locate`` hold the names against the values, ``mapping`` and
``signature`` remember decisions, ``energy_columns`` converts energy by kind,
``leftover`` tells of columns not understood, ``kinds`` says what table it is, ``plan``
chooses parsers and units, ``cells`` types a cell, ``entries`` and ``zones`` read rows
(``quick`` types clean ones by column),
``joining`` finds the enterprise of rows without a code, ``assemble`` joins by credit
code, ``checks`` looks at the joined values, ``repairs`` proposes how to mend, ``edits``
mends what was chosen or typed in, ``aside`` keeps enterprises out, ``shelf`` keeps
workbooks for the next check, ``problems`` marks them to be sent back, ``table`` reads one
table for scoring.

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
new-zone                     N   the zones that a first import will create
no-rows                     B/N  nothing below the header (B in ``read_table``)
bad-mapping                  B   a heading is given a field that does not exist
negative-tax                 W   refunds above receipts
tax-above-revenue, …         W   value-added-above-revenue, rd-above-revenue
leased-out-above-held        W   more land leased out than held
profit-above-revenue, …      W   value-added-above-output, no-people-with-output,
                                 no-energy-with-electricity, energy-below-electricity
out-of-range                 W   share-out-of-range, date-after-year,
                                 production-before-registration
not-whole                    N   a count that is no whole number
unknown-industry             W   no industry code of GB/T 4754—2017 (form and division)
unknown-zone                 W   a zone that the workspace does not have
zone-total-differs           W   the enterprises' sum is far from the official figure
outlier                      W   a ratio far from that of the industry
jump                         W   figures far from those of the year before
unit-suspicion               W   a whole column looks like another unit
conflicting-sources          W   two sheets differ on a value; the owner's stays, or the first
conflicting-figures          W   two figures for one zone, year, indicator; the first is kept
duplicate-column             W   two columns of one sheet mean the same field
column-not-recognised        W   columns with content that no field was found for
share-above-one              W   a share above 1, perhaps meant as per cent
heading-similar             W/N  a column is only probably what it seems, not imported
unit-doubtful                W   an amount of energy without usable unit, not imported
energy-factor-missing        W   a factor must be entered before energy is converted
energy-differs               W   the stated total and the converted kinds differ
repeated-record              W   the same parcel or meter twice
event-other-year             W   an event dated outside the year, not counted
second-table                 B   another header below the first; nothing below it is read
unit-line-inside             B   another unit line inside the table; nothing below it is read
too-many-cells               B   a line of text with more cells than headings
code-name-conflict           B   a code with the name of another known enterprise
implausible                  B   a number beyond any enterprise, in whatever unit
format-unit                  B/W  cells shown in another unit (W where the office decided)
industry-zero-lost           W   a numeric industry code of three digits
total-with-code              W   a row that says 合计 and has a code, read as an enterprise
total-rows-skipped           N   rows of totals that were left out
no-zone                      W   an enterprise without a zone
unknown-event                W   an event of unknown type, not imported
year-differs, unit-conflict   B   title of another year; two units stated for a column
nothing-to-store             B   no row of the workbooks can be stored
unit-line-unknown            W   a 单位：line that is not understood
decision-without-enterprise  W   a 参评名单 decides about an enterprise not known
tax-scope                    N   what the tax column covers must be confirmed
inner-code-digit             N   the organisation code's own check digit differs
doubtful-enterprise          B   a name, organisation code or account that may mean someone
unknown-enterprise           B   a name, organisation code or account that nobody has
joined-by-alias              N   rows joined by name, organisation code or account
not-ours                     N   rows decided to be nobody's, left out
name-differs                 N   another name for the same code (renamed?)
code-succeeded               N   a code given up, read as the one that took its place
codes-added-up               N   amounts under the old and the new code, added
stored-value-stands          W   the stored value of another department is kept (workspace)
stored-value-replaced        N   a stored value is corrected by this import (workspace)
new-enterprise               N   the enterprise will be created
repeated-row                 N   an identical row, counted once
row-skipped                  N   a lone cell that is no enterprise
energy-converted             N   综合能耗 was converted from kinds, by which factors
water-tonnes                 N   1 吨 of water was read as 1 立方米
other-year-column            N   a heading that names another year
unknown-indicator            N   a zone indicator not in the registry
period-not-read              N   a figure whose period cannot be read
period-from-title            N   a zone table whose title states part of a year
period-cumulative            N   a figure of a quarter or month, taken as since January
not-a-zone, other-scope      N   a figure of several zones; a figure of a stated scope
macros-ignored               N   a workbook's macros were left alone
renamed-file                 N   text under the name of a workbook
maybe-cut-off                N   a text file whose last line is short and unfinished
errors-unknown               N   a format so old that error cells read as blank ones
hidden-rows                  N   hidden rows were read like the others
merged-number                B/W  a number merged over rows: a sum counts once (W), of
                                 several enterprises or fields it blocks
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
