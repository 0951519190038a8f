"""What a bundle is made of: its largest parts, unpacked and packed, as a table of Markdown.

.venv/bin/python build/package_sizes.py [BUNDLE]
"""

from __future__ import annotations

import lzma
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLE = ROOT / ".work" / "dist" / "EvidenceBox"
LARGEST = 10
_PRESET = 0


def part_of(path: Path, bundle: Path) -> str:
    """Which part a file is of: a package with its libraries, Qt, Python, the system's libraries."""
    inside = path.relative_to(bundle).parts
    if inside[0] != "_internal" or len(inside) == 1:
        return "the two programs"
    top = inside[1].removesuffix(".libs").removesuffix("_raw")
    if len(inside) == 2:
        return "python" if top.startswith(("libpython", "base_library")) else "single files"
    alike = {"PySide6": "Qt", "shiboken6": "Qt", "PIL": "pillow", "python3.11": "python"}
    if top.startswith("python3."):
        return "python"
    return alike.get(top, top)


def parts(bundle: Path) -> Iterator[tuple[str, int, int]]:
    """(part, bytes unpacked, bytes packed by itself), the largest first."""
    files: dict[str, list[Path]] = {}
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            files.setdefault(part_of(path, bundle), []).append(path)
    sizes = {name: sum(p.stat().st_size for p in found) for name, found in files.items()}
    for name in sorted(sizes, key=lambda each: -sizes[each]):
        packer = lzma.LZMACompressor(preset=_PRESET)
        packed = sum(len(packer.compress(path.read_bytes())) for path in files[name])
        yield name, sizes[name], packed + len(packer.flush())


def main(arguments: list[str]) -> int:
    """Returns the exit status."""
    bundle = Path(arguments[0]) if arguments else BUNDLE
    print("| part | MB | packed |\n| --- | ---: | ---: |")
    total = total_packed = rest = rest_packed = 0
    for place, (name, size, packed) in enumerate(parts(bundle)):
        total, total_packed = total + size, total_packed + packed
        if place < LARGEST:
            print(f"| {name} | {size / 1e6:.1f} | {packed / 1e6:.1f} |", flush=True)
        else:
            rest, rest_packed = rest + size, rest_packed + packed
    print(f"| everything else | {rest / 1e6:.1f} | {rest_packed / 1e6:.1f} |")
    print(f"| together | {total / 1e6:.1f} | {total_packed / 1e6:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
