"""How long the window takes to ask for the passphrase: frozen, and from source.

    .venv/bin/python build/bench_start.py [--bundle FOLDER] [--times N]

Both are started in turns, off screen, as far as the prompt, of which they keep a picture, and end.
The first start of each is not counted: it brings the files into memory.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / ".work" / "dist" / "EvidenceBox"
AIM = 1.5


def seconds(command: Sequence[str], case: Path, pictures: Path) -> float:
    """From the start of the program to its end, with the prompt between them.

    Raises SystemExit where there was no prompt.
    """
    picture = pictures / "unlock.png"
    picture.unlink(missing_ok=True)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    begun = time.perf_counter()
    status = subprocess.call(
        [*command, "gui", str(case), "--screenshots", str(pictures)],
        cwd=ROOT,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
    )
    took = time.perf_counter() - begun
    if status != 0 or not picture.is_file():
        raise SystemExit(f"{command[0]} did not come as far as the prompt (status {status}).")
    return took


def main(arguments: Sequence[str]) -> int:
    """Prints a table. Returns 1 where the frozen start is slower than what is aimed at."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--bundle", type=Path, default=BUNDLE)
    parser.add_argument("--times", type=int, default=7)
    options = parser.parse_args(arguments)
    suffix = ".exe" if os.name == "nt" else ""
    ways = {
        "from source": [sys.executable, "-m", "evidencebox"],
        "frozen": [str(options.bundle / f"evidencebox-desk{suffix}")],
    }
    took: dict[str, list[float]] = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder, "Bench.evidencebox")
        case.mkdir()
        for turn in range(options.times + 1):
            for way, command in ways.items():
                once = seconds(command, case, Path(folder, "pictures"))
                if turn:
                    took[way].append(once)
    for way, each in took.items():
        print(f"{way:<12} median {statistics.median(each):5.2f} s, best {min(each):5.2f} s")
    ratio = statistics.median(took["frozen"]) / statistics.median(took["from source"])
    print(f"ratio        {ratio:5.2f} (aim {AIM} or less), of {options.times} starts each")
    return 0 if ratio <= AIM else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
