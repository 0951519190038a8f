"""The locks: every pin by hash, for three systems, and nothing of the machine that made them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import dev_lock
import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ["requirements.txt", "requirements-dev.txt", "build/requirements-lock.txt"]
PIN = re.compile(r"([a-z0-9-]+)==(\S+)(?: ; (.+?))? \\")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> set[tuple[str, str]]:
    """Name and version of everything pinned."""
    return {(match[1], match[2]) for match in PIN.finditer(text(name))}


def normal(requirement: str) -> str:
    """The name in a requirement, as the lock writes it."""
    return re.sub(r"[._-]+", "-", re.split(r"[<>=\[ ]", requirement)[0].lower())


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_a_pin_or_its_hash(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", text(name).strip())
    for block in blocks:
        if block.startswith("#"):
            continue
        first, *rest = block.splitlines()
        assert PIN.fullmatch(first), first
        assert rest
        assert all(re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?", line) for line in rest)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_machine_that_made_it(name: str) -> None:
    assert not re.search(r"https?:|file:|--index|--find-links|/[a-z]+/", text(name))


def test_the_developers_set_holds_the_users() -> None:
    assert pins("requirements.txt") < pins("requirements-dev.txt")


def test_what_pyproject_asks_for_is_pinned() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    runtime = {normal(line) for line in project["dependencies"]}
    development = {normal(line) for line in project["optional-dependencies"]["dev"]}
    assert runtime <= {name for name, _ in pins("requirements.txt")}
    assert development <= {name for name, _ in pins("requirements-dev.txt")}


@pytest.mark.parametrize(
    ("name", "pin", "marker"),
    [
        ("requirements.txt", "pywin32-ctypes", "sys_platform == 'win32'"),
        ("requirements.txt", "secretstorage", "sys_platform == 'linux'"),
        ("requirements.txt", "importlib-metadata", "python_full_version < '3.12'"),
        ("requirements-dev.txt", "colorama", "sys_platform == 'win32'"),
        ("requirements-dev.txt", "macholib", "sys_platform == 'darwin'"),
    ],
)
def test_other_systems_are_pinned_too(name: str, pin: str, marker: str) -> None:
    markers = {match[1]: match[3] for match in PIN.finditer(text(name))}
    assert markers[pin] == marker


def test_a_lock_keeps_its_pins_unless_told(tmp_path: Path) -> None:
    kept = dev_lock.compile_command(tmp_path, "requirements-dev.txt", upgrade=False)
    newer = dev_lock.compile_command(tmp_path, "requirements-dev.txt", upgrade=True)
    assert set(newer) - set(kept) == {"--upgrade"}
    for option in ("--generate-hashes", "--universal", "--no-build", "--no-emit-index-url"):
        assert option in kept


@pytest.mark.parametrize("name", NAMES)
def test_one_version_for_every_python(name: str) -> None:
    """Else what is checked on one Python is not what runs on another."""
    names = [match[1] for match in PIN.finditer(text(name))]
    assert len(names) == len(set(names))
