"""The arrows between packages hold, and the guard that holds them does bite."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "evidencebox"
LINT = "from importlinter.cli import lint_imports_command as main; main()"

FORBIDDEN = [
    ("services", "import PySide6.QtCore"),
    ("services", "import sqlalchemy"),
    ("services", "import whoosh.query"),
    ("services", "import sqlcipher3"),
    ("store", "import keyring"),
    ("model", "import numpy"),
    ("model", "import evidencebox.store"),
    ("index", "import evidencebox.store"),
    ("extract", "import evidencebox.vault"),
    ("services", "import evidencebox.ui"),
    ("analysis", "import evidencebox.vault"),
]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over a copy of the project at `root`."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"], cwd=root, capture_output=True, text=True
    )


def layers() -> list[str]:
    """The modules that the contract of layers names, e.g. `evidencebox.ui`."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = " ".join(config["tool"]["importlinter"]["contracts"][0]["layers"])
    return re.findall(r"evidencebox\.\w+", named)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's contracts over packages that hold nothing."""
    root = tmp_path_factory.mktemp("layers")
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "evidencebox").mkdir()
    for name in ["evidencebox", *layers()]:
        folder = root / name.replace(".", "/")
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").touch()
    for worker in ("worker", "extract_worker", "analyse_worker", "element_worker", "ocr_worker"):
        (root / "evidencebox" / "services" / f"{worker}.py").touch()
    return root


def test_layers_hold() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout


def test_guard_passes_what_is_allowed(skeleton: Path) -> None:
    answer = lint(skeleton)
    assert answer.returncode == 0, answer.stdout


@pytest.mark.parametrize(("package", "statement"), FORBIDDEN)
def test_guard_bites(skeleton: Path, package: str, statement: str) -> None:
    culprit = skeleton / "evidencebox" / package / "culprit.py"
    culprit.write_text(statement + "\n")
    try:
        answer = lint(skeleton)
    finally:
        culprit.unlink()
    assert answer.returncode == 1, answer.stdout
    assert f"evidencebox.{package}.culprit" in answer.stdout


def test_every_package_has_a_layer() -> None:
    """A new package that no contract names would be held by none."""
    children = {module.stem for module in PACKAGE.glob("*.py")} - {"__init__"}
    children |= {init.parent.name for init in PACKAGE.glob("*/__init__.py")}
    assert {f"evidencebox.{child}" for child in children} <= set(layers())


@pytest.mark.parametrize(
    "module",
    [
        "evidencebox.extract",
        "evidencebox.services.extract_worker",
        "evidencebox.services.analyse_worker",
    ],
)
def test_workers_import_no_window_and_no_key(module: str) -> None:
    """Nor at second hand, nor through a package's own first lines, which import-linter skips."""
    program = (
        f"import sys, {module}\n"
        "bad = {'PySide6', 'sqlcipher3', 'sqlalchemy', 'keyring', 'evidencebox.vault'}\n"
        "print(sorted(bad & set(sys.modules)))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
    )
    assert answer.stdout == "[]\n", answer.stderr
