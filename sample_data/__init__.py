"""The sample workbooks as a data-only package, so that they travel in the wheel."""
