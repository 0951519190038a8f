"""The desk: PySide6 windows, panels, item models and tasks. Nothing else imports Qt."""
