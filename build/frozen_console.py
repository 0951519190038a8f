"""Where the frozen command line starts; its workers as well."""

from __future__ import annotations

from evidencebox.__main__ import run

if __name__ == "__main__":
    run()
