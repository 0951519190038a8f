"""The command line of DESIGN.md, section 12: a contract for scripts and acceptance checks."""

from __future__ import annotations

from evidencebox.cli.main import main

__all__ = ["main"]
