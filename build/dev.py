#!/usr/bin/env python3
"""Everything a developer does: python3 build/dev.py setup|demo|test|run|bench|package|lock.

Standard library only, so that it works on a bare machine. This file alone must be readable for
old Pythons (3.8 will do): it looks for a Python that EvidenceBox can use and hands over to it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
NEWEST = (3, 13)  # the newest that every locked wheel exists for
PREFERRED = ("3.12", "3.13", "3.11")


def suits(version: tuple[int, int]) -> bool:
    """Whether a Python of this version can run EvidenceBox."""
    return OLDEST <= version <= NEWEST


def candidates() -> list[list[str]]:
    """Command lines that may start a Python that suits, best first."""
    found = []
    for version in PREFERRED:
        path = shutil.which("python" + version)
        if path:
            found.append([path])
        if os.name == "nt" and shutil.which("py"):
            found.append(["py", "-" + version])
    return found


def works(command: list[str]) -> bool:
    """Whether the command really starts a Python that suits (a launcher may know of none)."""
    question = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([*command, "-c", question], capture_output=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return False
    words = answer.stdout.decode("ascii", "replace").split()
    return answer.returncode == 0 and len(words) == 2 and suits((int(words[0]), int(words[1])))


def too_old(version: tuple[int, int]) -> str:
    """The one sentence for a machine that has no Python that suits."""
    return (
        "EvidenceBox needs Python %d.%d to %d.%d and this is %d.%d: install Python 3.12, from your"
        " system's packages or from python.org, and try again."
    ) % (OLDEST + NEWEST + version)


def main(arguments: list[str]) -> int:
    """Run the verb, in a Python that suits. Returns the exit status."""
    version = (sys.version_info[0], sys.version_info[1])
    if not suits(version):
        for command in candidates():
            if works(command):
                return subprocess.call([*command, os.path.abspath(__file__), *arguments])
        print(too_old(version), file=sys.stderr)
        return 2
    import dev_verbs

    return dev_verbs.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
