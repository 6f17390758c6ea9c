"""How a workbook is laid out and written."""
