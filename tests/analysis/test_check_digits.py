"""Check digits without a network library: a bundle has none to import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_numbers_are_checked_where_there_is_no_ssl() -> None:
    told = _run(
        "import sys; sys.modules['_ssl'] = None\n"
        "from evidencebox.analysis.number_checks import is_card\n"
        "print(is_card('4111 1111 1111 1111'), 'ssl' in sys.modules)"
    )
    assert told == "True False"


def test_an_ssl_that_is_loaded_stays() -> None:
    told = _run(
        "import ssl, sys\n"
        "import evidencebox.analysis.check_digits\n"
        "print(sys.modules['ssl'] is ssl)"
    )
    assert told == "True"
