"""The window of zoneeval (PySide6).

Made of five packages on which ``zoneeval_ui.pages`` is built:

``theme``
    ``Tokens`` (``LIGHT``, ``DARK``), ``Tone`` (A, B, C, ACCENT, UNCERTAIN, PLAIN),
    ``Theme`` (``mode``, ``set_mode``, ``tokens``, ``px``, signal ``changed``),
    ``current_theme()``, ``current_tokens()``, ``tone_of_grade()``; a widget names
    a tone or a style-sheet property (``role``, ``kind``, ``tone``), never a colour.
``tables``
    ``Column``, ``TableData(columns, values, ids, tints)``, ``Tint``,
    ``ColumnTableModel``, ``DataTable(name)`` with ``set_table``, ``table_model``,
    ``select_id``, ``sort_by``, and the signals ``row_selected(id)``,
    ``row_activated(id)``, ``cell_clicked(id, key)``.  Imports numpy: from pages only.
``jobs``
    ``JobRunner.run(fn, title=, on_success=, on_failure=, on_cancelled=, quiet=)``,
    where ``fn`` takes a ``zoneeval.progress.Progress``; ``ImmediateRunner`` for tests;
    ``show_error``, ``ReportDialog``.
``widgets``
    ``PageHeader``, ``Card``, ``DetailCard``, ``Section``, ``Chip``/``ChipBar``, ``Badge``,
    ``EmptyState``, ``ErrorBanner``, ``Metric``/``MetricCard``, ``Step``/``StepStrip``,
    ``IndicatorBar``/``IndicatorBars``, ``ScoreBar``/``CutLine``/``ScoreHistogram``,
    ``LadderRow``/``LadderChart``, ``TreeRow``/``TreePane``, ``make_label``, ``set_tone``.
``shell``
    ``MainWindow(pages, runner, actions=)``, ``PageSpec(id, title, group, factory)``,
    ``Page`` (override ``refresh``; end in ``show_ready``, ``show_empty``,
    ``show_error`` or ``show_loading``), ``Context``, ``Choice``, ``ActionSpec``,
    ``PaletteItem``, ``CommandPalette``.

``application.create_application(argv)`` makes the ``QApplication``.
"""
