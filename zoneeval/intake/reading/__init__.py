"""Files in; raw cells with Excel's coordinates out; nothing is interpreted, nothing is run.

``package`` looks into zipped workbooks before they are opened; ``xlsx`` reads Excel's own
format, with ``sheetxml`` for what the quick reader would lose; ``legacy`` reads .xls, .et
and .xlsb with calamine and lays ``biff`` and ``xlsb`` over it, which know the error cells;
``ods`` reads OpenDocument; ``text`` reads CSV and TXT.
"""
