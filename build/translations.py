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
TABLES = (ROOT / "evidencebox/model/harm.py", ROOT / "evidencebox/model/policy.py")
CATALOGUES = ROOT / "resources" / "translations"
LANGUAGES = ("es",)
CONTEXT = "desk"


def words() -> list[str]:
    """Every text that is given to tr(), each once, in order of its letters."""
    found: set[str] = set()
    for file in (*sorted(WINDOW.glob("*.py")), *TABLES):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found.update(_said(tree))
        found.update(_in_tables(tree, file.name))
    return sorted(text for text in found if any(char.isalpha() for char in text))


def _said(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
            yield from _texts(node.args[0])


def _in_tables(tree: ast.Module, name: str) -> Iterator[str]:
    """Constants of a module whose name is given to tr(), the key map, levels and categories."""
    wanted = {
        part.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
        for part in ast.walk(node.args[0])
        if isinstance(part, ast.Name)
    }
    if name == "harm.py":
        wanted |= {"_WORDS", "CATEGORIES"}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named = {target.id for target in targets if isinstance(target, ast.Name)}
        value = getattr(node, "value", None)
        if named & wanted and isinstance(value, ast.expr):
            yield from _texts(value.values if isinstance(value, ast.Dict) else value)
    if name == "keys.py":
        for each in ast.walk(tree):
            if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Key":
                yield from _texts(each.args[3])
    if name == "policy.py":
        yield from ("lead", "reviewer", "read-only")


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
