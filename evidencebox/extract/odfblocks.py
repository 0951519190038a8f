"""OpenDocument's tables, sheets, slides, shapes, forms and embedded bytes, as `odfevents` wants
them: opened with their attributes, they may return what is to be done when they close."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from evidencebox.extract.odfsheet import Sheet, letters
from evidencebox.extract.pieces import Pieces
from evidencebox.model.extraction import ChildHead

if TYPE_CHECKING:
    from evidencebox.extract.odfbody import Closing, OdfBody, Opens

Attributes = dict[str, str]


def sheet_changes(body: OdfBody, _: Attributes) -> Closing:
    return body.divert(body.side("tracked changes"), "deleted")


def tracked_address(body: OdfBody, attributes: Attributes) -> Closing:
    """Where a change was made; columns and rows count from 0."""
    column, row = attributes.get("column", ""), attributes.get("row", "")
    if column.isdecimal() and row.isdecimal() and len(column + row) < 20:
        body.where = f"{letters(int(column) + 1)}{int(row) + 1}"
    return None


def tracked_cell(body: OdfBody, attributes: Attributes) -> Closing:
    """What a cell held before a change."""
    body.out.newline()
    head = " ".join(filter(None, (body.where, *body.who)))
    body.where, body.who = "", []
    body.out.add(f"{head}: " if head else "", "deleted")
    if value := attributes.get("value", "") or attributes.get("string-value", ""):
        body.out.add(f"{value} ", "deleted")
    return None


def table(body: OdfBody, attributes: Attributes) -> Closing:
    if body.mode == "sheet" and body.sheet is None and body.out is body.main:
        hidden = body.styles.hidden("table", attributes.get("style-name", ""))
        hidden = hidden or attributes.get("display") == "false"
        body.sheet = sheet = Sheet(body.job, attributes.get("name", ""), hidden)

        def finish() -> None:
            body.sheet = None
            sheet.close()

        return finish
    body.out.newline()
    body.cells.append([0, 0])
    return closing_box(body)


def closing_box(body: OdfBody) -> Closing:
    def closing() -> None:
        if body.cells:
            body.cells.pop()
        body.out.newline()

    return closing


def column(body: OdfBody, attributes: Attributes) -> Closing:
    if body.sheet and not body.cells:
        body.sheet.column(attributes)
    return None


def row(body: OdfBody, attributes: Attributes) -> Closing:
    if body.cells:
        body.cells[-1] = [0, 0]
        return lambda: body.out.newline()
    if body.sheet and body.out is body.main:
        body.sheet.open_row(attributes)
        return body.sheet.close_row
    return None


def cell(body: OdfBody, attributes: Attributes) -> Closing:
    if body.cells:
        if body.cells[-1][0]:
            body.out.add("\t")
        body.cells[-1] = [body.cells[-1][0] + 1, 0]
        return None
    if body.sheet and body.out is body.main:
        sheet = body.sheet
        sheet.open_cell(attributes)
        back = body.divert(sheet.cell, "")

        def closing() -> None:
            back()
            sheet.close_cell()

        return closing
    return None


def box(body: OdfBody, _: Attributes) -> Closing:
    body.out.newline()
    body.cells.append([-1, 0])
    return closing_box(body)


def shape(body: OdfBody, attributes: Attributes) -> Closing:
    if body.sheet and body.out is not body.sheet.drawings and body.kind != "comment":
        return body.divert(body.sheet.drawings, "")
    if attributes.get("class") == "title" and body.title is None and body.slides:
        body.title = body.titles = []

        def closing() -> None:
            body.title = None

        return closing
    return None


def described(body: OdfBody, _: Attributes) -> Closing:
    def use(text: str) -> None:
        if text.strip():
            body.out.newline()
            body.out.add(" ".join(text.split()) + "\n", body.kind)

    return body.grab(use)


def page(body: OdfBody, attributes: Attributes) -> Closing:
    if body.mode != "slides":
        return None
    body.slides += 1
    style = attributes.get("style-name", "")
    hidden = body.styles.hidden("drawing-page", style) or attributes.get("visibility") == "hidden"
    pieces = Pieces()
    body.titles = []
    back = body.divert(pieces, "hidden" if hidden else "")

    def closing() -> None:
        back()
        if hidden:
            body.job.warn("hidden", "The presentation has a hidden slide.")
        body.slide(pieces, "".join(body.titles), hidden)

    return closing


def slide_notes(body: OdfBody, _: Attributes) -> Closing:
    if body.in_master or body.mode != "slides":
        return body.divert(Pieces(), "")
    return body.divert(body.side(f"{body.slide_word} {body.slides} notes"), "note")


def master(body: OdfBody, _: Attributes) -> Closing:
    back = body.divert(body.side("master pages"), "header")
    body.in_master = True

    def closing() -> None:
        body.in_master = False
        back()

    return closing


def edge(label: str, kind: str) -> Opens:
    def opens(body: OdfBody, _: Attributes) -> Closing:
        return body.divert(body.side(label), kind)

    return opens


def declared_edge(label: str, kind: str) -> Opens:
    def opens(body: OdfBody, _: Attributes) -> Closing:
        return body.grab(lambda text: body.side(label).add(text.strip() + "\n", kind))

    return opens


def form(body: OdfBody, attributes: Attributes) -> Closing:
    names = ("label", "title", "value", "current-value", "selected-value")
    if words := " ".join(filter(None, (attributes.get(name, "").strip() for name in names))):
        body.side("forms").add(words, "form_field")
        body.side("forms").newline()
    return None


def variable(body: OdfBody, attributes: Attributes) -> Closing:
    value = attributes.get("string-value", "") or attributes.get("value", "")
    if value.strip():
        body.job.meta("property", f"{attributes.get('name', '')}: {value}")
    return None


def source_code(body: OdfBody, _: Attributes) -> Closing:
    return body.grab(lambda text: body.side("macros").add(text.strip() + "\n"))


def binary(body: OdfBody, _: Attributes) -> Closing:
    def use(text: str) -> None:
        try:
            data = base64.b64decode("".join(text.split()))
        except (binascii.Error, ValueError):
            body.job.gap("broken_part", "An embedded object or picture is damaged.")
            return
        body.counts["pictures"] = body.counts.get("pictures", 0) + 1
        name = f"object {body.counts['pictures']}"
        body.job.whole(ChildHead(name, "embedded"), data)

    return body.grab(use)


def formula(body: OdfBody, _: Attributes) -> Closing:
    body.paragraphs += 1

    def closing() -> None:
        body.paragraphs -= 1
        body.out.add(" ")

    return closing
