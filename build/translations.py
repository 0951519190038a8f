"""Catalogues of the window's words: gathers them, keeps resources/translations/*.ts, compiles .qm.

Run as `python3 build/translations.py` in the development environment. Words are what stands in
tr("…"), and what stands in tables and is given to tr() where it is shown; lupdate sees only the
first kind, so they are gathered here, and compiled by PySide6's lrelease.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
WINDOW = ROOT / "evidencebox" / "ui"
ELSEWHERE = {
    "model/harm.py": ("_WORDS", "CATEGORIES"),
    "model/documents.py": ("TYPE_WORDS",),
    "model/coding.py": ("LABELS",),
    "model/exposure.py": ("_DECISIONS",),
    "services/facets.py": ("_BAND_WORDS", "_FEATURES"),
    "services/tags.py": ("_WORDS",),
    "services/suggesting.py": ("_WORDS",),
}
"""Tables outside the window whose words are given to tr() where they are shown."""
SHOWN = {
    "batch_dialog.py": ("ACTIONS", "CHOICES"),
    "beside.py": ("PLACES",),
    "failures.py": ("COLUMNS",),
    "import_dialog.py": ("FACTS",),
    "kinds.py": ("KINDS",),
    "kin_rows.py": ("KIN",),
    "list_dialog.py": ("COLUMNS",),
    "marks.py": ("SETS", "TAGGED", "_UNSURE"),
    "notice_dialog.py": ("_TITLES", "_SHOWN", "_NAMES"),
    "page_view.py": ("EMPTY", "WAITING", "VEILED"),
    "reasons.py": ("REASONS", "LOCKED"),
    "refusals.py": ("REFUSALS",),
    "results_model.py": ("COLUMNS",),
    "sayings.py": ("FIXED", "SENTENCES", "WORDS", "_COUNTED"),
    "settings_dialog.py": ("TONGUES",),
    "stepper.py": ("_STEPS",),
    "suggestion_rows.py": ("_KEYS",),
    "top_bar.py": ("_MODE_WORDS",),
    "viewer.py": ("TABS", "_LAYERS", "EMPTY", "RECOGNISED"),
}
"""Tables of the window, the same; a constant given to tr() by its name is found by that."""
CAPITAL = ("LABELS",)
"""Shown with a capital."""
CATALOGUES = ROOT / "resources" / "translations"
LANGUAGES = ("es",)
CONTEXT = "desk"


def words() -> list[str]:
    """Every text that is given to tr(), each once, in order of its letters."""
    found: set[str] = set()
    for file in sorted(WINDOW.glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found.update(_said(tree))
        found.update(_in_tables(tree, {*_named(tree), *SHOWN.get(file.name, ())}))
        if file.name == "keys.py":
            found.update(_keys(tree))
    for place, names in ELSEWHERE.items():
        tree = ast.parse((WINDOW.parent / place).read_text(encoding="utf-8"))
        found.update(_in_tables(tree, set(names)))
    return sorted(text for text in found if any(char.isalpha() for char in text))


def _said(tree: ast.AST) -> Iterator[str]:
    """What stands in tr(), told() and several() themselves."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("tr", "told"):
                yield from _texts(node.args[0])
            elif node.func.id == "several":
                yield from _texts(node.args[1:])
    yield from _chosen(tree)


def _chosen(tree: ast.AST) -> Iterator[str]:
    """What a name stands for that is given to told(): `words = "a" if one else "b"` above it."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            told = {
                node.args[0].id
                for node in ast.walk(function)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "told"
                and isinstance(node.args[0], ast.Name)
            }
            for node in ast.walk(function):
                if not isinstance(node, ast.Assign):
                    continue
                if {each.id for each in node.targets if isinstance(each, ast.Name)} & told:
                    yield from (t for t in _texts(node.value) if "%1" in t)


def _named(tree: ast.Module) -> set[str]:
    """Constants of a module whose name is given to tr()."""
    return {
        part.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
        for part in ast.walk(node.args[0])
        if isinstance(part, ast.Name)
    }


def _in_tables(tree: ast.Module, wanted: set[str]) -> Iterator[str]:
    """The words of a module's constants of these names; of a mapping its values."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = {target.id for target in targets if isinstance(target, ast.Name)} & wanted
        value = getattr(node, "value", None)
        if named and isinstance(value, ast.expr):
            for text in _texts(value.values if isinstance(value, ast.Dict) else value):
                yield text.capitalize() if named & set(CAPITAL) else text


def _keys(tree: ast.Module) -> Iterator[str]:
    for each in ast.walk(tree):
        if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Key":
            yield from _texts(each.args[3])


def _texts(node: ast.AST | list[ast.expr]) -> Iterator[str]:
    for part in node if isinstance(node, list) else [node]:
        for each in ast.walk(part):
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def read(file: Path) -> dict[str, str]:
    """Text → translation of a catalogue; empty where it has none yet."""
    if not file.exists():
        return {}
    tree = ElementTree.parse(file)
    return {
        message.findtext("source", ""): message.findtext("translation", "")
        for message in tree.iter("message")
    }


def write(file: Path, language: str, known: dict[str, str]) -> None:
    """Writes a catalogue; what has no translation is marked so, and shows in English."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for text, said in known.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        made = ElementTree.SubElement(message, "translation")
        made.text = said
        if not said:
            made.set("type", "unfinished")
    ElementTree.indent(root, " ")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file.write_text(head + ElementTree.tostring(root, "unicode") + "\n", encoding="utf-8")


def main() -> int:
    """Brings every catalogue up to the sources. Returns the exit status."""
    CATALOGUES.mkdir(parents=True, exist_ok=True)
    status = 0
    for language in LANGUAGES:
        source = CATALOGUES / f"evidencebox_{language}.ts"
        before = read(source)
        known = {text: before.get(text, "") for text in words()}
        write(source, language, known)
        missing = sum(not said for said in known.values())
        print(f"{language}: {len(known)} texts, {missing} not translated")
        tool = Path(sys.executable).with_name("pyside6-lrelease")
        done = subprocess.run([tool, "-silent", source, "-qm", source.with_suffix(".qm")])
        status = status or done.returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
