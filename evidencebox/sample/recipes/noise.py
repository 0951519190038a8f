"""Papers that name no officer: notices, orders, newsletters, lists."""

from __future__ import annotations

import random
from collections.abc import Sequence

from evidencebox.sample.archive import zip_item
from evidencebox.sample.docx import Furniture, to_docx
from evidencebox.sample.draft import Draft, spell
from evidencebox.sample.grammar import expand
from evidencebox.sample.mail import Address, Message, mail_item, reply
from evidencebox.sample.names import CITY, DEPARTMENT
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.phrases_noise import CLOSINGS, OFFICES, OPENINGS, RULES, TOPICS
from evidencebox.sample.phrases_policy import POLICY_TOPICS
from evidencebox.sample.private import phone
from evidencebox.sample.render import html_body, page_text, to_csv, to_html, to_text
from evidencebox.sample.scene import (
    ALL_STAFF,
    File,
    Scene,
    civilian_address,
    office_address,
)
from evidencebox.sample.sheet import Sheet, to_xlsx

_SHARES = (
    "Shared/Admin", "Shared/Facilities", "Shared/Fleet", "Users/records/Desktop",
    "Users/frontdesk/Documents", "Training/Notices", "IT/Announcements", "Budget/Drafts",
)  # fmt: skip


_ALL_TOPICS = TOPICS | POLICY_TOPICS


def _subject(rng: random.Random, topic: str) -> str:
    template = rng.choice(("{0}", "{0}: please read", "Reminder: {0}", "{0}, [month]", "FYI {0}"))
    return expand(rng, RULES, template.format(topic))


def _paragraphs(draft: Draft, topic: str, count: int) -> None:
    pool = list(_ALL_TOPICS[topic])
    draft.rng.shuffle(pool)
    size = max(1, len(pool) // count)
    for number in range(count):
        chosen = pool[number * size : (number + 1) * size][: draft.rng.randint(2, 5)]
        draft.para(" ".join(expand(draft.rng, RULES, template) for template in chosen))


def _topic(rng: random.Random) -> str:
    return rng.choice(tuple(_ALL_TOPICS))


def _note(scene: Scene, title: str = "") -> tuple[Draft, str]:
    """A one-page notice and its topic."""
    draft, topic = scene.draft(), _topic(scene.rng)
    draft.title(title or topic)
    office = scene.rng.choice(OFFICES)
    rows = [("Date", spell(scene.when)), ("From", office), ("Reference", scene.number("GN"))]
    if scene.rng.random() < 0.25:
        rows.append(("Telephone", draft.exposed_person(office, "phone", phone(scene.rng))))
    draft.fields(*rows)
    _paragraphs(draft, topic, scene.rng.randint(1, 3))
    if scene.revised:
        draft.para("Revised wording; the earlier notice is withdrawn.")
    return draft, topic


def notice_draft(scene: Scene) -> Draft:
    """A one-page notice, for whoever wants to print or scan it."""
    return _note(scene)[0]


def _mail_text(scene: Scene, topic: str) -> tuple[Draft, str]:
    draft = scene.draft()
    draft.para(scene.rng.choice(OPENINGS))
    _paragraphs(draft, topic, scene.rng.randint(1, 3))
    if scene.revised:
        draft.para("This replaces the message sent earlier.")
    draft.para(expand(scene.rng, RULES, scene.rng.choice(CLOSINGS)))
    return draft, page_text(draft.pages[0])


def _sender(rng: random.Random) -> Address:
    return office_address(rng.choice(OFFICES)) if rng.random() < 0.6 else civilian_address(rng)


def notice_message(scene: Scene) -> Message:
    """A message from an office to all staff, or between civilians."""
    rng, topic = scene.rng, _topic(scene.rng)
    draft, text = _mail_text(scene, topic)
    return Message(
        sender=_sender(rng),
        to=[ALL_STAFF if rng.random() < 0.5 else civilian_address(rng)],
        subject=_subject(rng, topic),
        when=scene.when,
        text=text,
        truth=draft.pages[0].truth,
        encoding=rng.choice(("8bit", "8bit", "quoted-printable", "base64")),
    )


def plain_mail(scene: Scene) -> Sequence[File]:
    folder = f"Mail exports/all-staff/{scene.when:%Y-%m}"
    return [File(folder, mail_item(notice_message(scene)))]


def html_mail(scene: Scene) -> Sequence[File]:
    """An HTML newsletter, alone or beside its plain text."""
    rng, topic = scene.rng, _topic(scene.rng)
    draft, text = _mail_text(scene, topic)
    message = Message(
        sender=office_address("City Newsletter"),
        to=[ALL_STAFF],
        subject=f"{CITY} at work: {topic}",
        when=scene.when,
        text=text if rng.random() < 0.5 else "",
        html=(
            '<html><head><style>p{margin:8px}</style></head><body bgcolor="#ffffff">\n'
            f"{html_body(draft.pages)}\n"
            '<p><img src="cid:banner" alt=""><a href="https://intranet.portmarrow.example/">'
            "Read more</a></p></body></html>\n"
        ),
        truth=draft.pages[0].truth,
        encoding="quoted-printable",
    )
    return [File(f"Mail exports/all-staff/{scene.when:%Y-%m}", mail_item(message))]


def thread(scene: Scene) -> Sequence[File]:
    """Two or three messages of civilians, each quoting the one before."""
    first = notice_message(scene)
    other = civilian_address(scene.rng)
    answer = expand(
        scene.rng,
        RULES,
        "Thanks. Will [weekday] at [hour] do? I may be late, there is an appointment at [place].\n",
    )
    second = reply(first, answer, other, scene.later())
    third = reply(second, "Fine by me.\n", first.sender, scene.later(2100, 4000))
    return [File("Mail exports/threads", mail_item(message)) for message in (first, second, third)]


def text_note(scene: Scene) -> Sequence[File]:
    draft, topic = _note(scene)
    if scene.rng.random() < 0.15:
        encoding = scene.rng.choice(("utf-16", "cp1252"))
        if encoding == "utf-16":
            data = b"\xff\xfe" + to_text(draft.pages, "utf-16-le")
        else:
            data = to_text(draft.pages, "cp1252")
    else:
        data = to_text(draft.pages)
    name = f"{topic.lower().replace(' ', '_')}_{scene.when:%m%d}.txt"
    return [File(scene.rng.choice(_SHARES), scene.item(name, data, draft.pages))]


def memo(scene: Scene) -> Sequence[File]:
    draft, topic = _note(scene, "Memorandum")
    beside = Furniture(header=DEPARTMENT, footer="For internal use", author="Administration")
    data = to_docx(draft.pages, topic, scene.when, beside)
    name = f"Memo {topic} {scene.when:%Y-%m-%d}.docx"
    return [File(scene.rng.choice(_SHARES), scene.item(name, data, draft.pages))]


def bulletin(scene: Scene) -> Sequence[File]:
    """A PDF of one to three pages."""
    draft, topic = _note(scene, "Bulletin")
    for _ in range(scene.rng.randint(0, 2)):
        draft.new_page()
        other = _topic(scene.rng)
        draft.title(other)
        _paragraphs(draft, other, 2)
    data = to_pdf(draft.pages, topic, draft.when)
    name = f"bulletin-{scene.when:%Y%m%d}.pdf"
    return [File("Shared/Bulletins", scene.item(name, data, draft.pages))]


def intranet_page(scene: Scene) -> Sequence[File]:
    draft, topic = _note(scene)
    draft.table([("Day", "Hours", "Contact"), *_opening_hours(scene.rng)])
    name = f"{topic.lower().replace(' ', '-')}.html"
    data = to_html(draft.pages, f"{topic} | {DEPARTMENT}", "td{padding:4px}")
    return [File("Intranet/www/news", scene.item(name, data, draft.pages))]


def _opening_hours(rng: random.Random) -> list[tuple[str, str, str]]:
    days = RULES["weekday"]
    hours = [f"{rng.randint(7, 9)}–{rng.randint(15, 18)}" for _ in days]
    return [(day, open_, rng.choice(OFFICES)) for day, open_ in zip(days, hours, strict=True)]


_THINGS = ("Sedan", "Van", "Radio", "Desk", "Camera", "Printer", "Bicycle", "Shelf", "Launch")


def inventory(scene: Scene) -> Sequence[File]:
    """Vehicles or equipment, as CSV or as a workbook."""
    rng, draft = scene.rng, scene.draft()
    rows: list[list[str]] = [["Asset", "Description", "Location", "Year", "Value"]]
    for _ in range(rng.randint(8, 22)):
        where = expand(rng, RULES, "[place]")
        value = str(rng.randint(80, 42000))
        year = str(rng.randint(2004, 2020))
        rows.append([f"A{rng.randint(10000, 99999)}", rng.choice(_THINGS), where, year, value])
    draft.table(rows)
    if rng.random() < 0.5:
        name, data = f"inventory_{scene.when:%Y_%m}.csv", to_csv(rows)
    else:
        name = f"Inventory {scene.when:%Y-%m}.xlsx"
        data = to_xlsx([Sheet("Inventory", rows)], scene.when)
    return [File("Shared/Inventory", scene.item(name, data, draft.pages))]


def bundle(scene: Scene) -> Sequence[File]:
    """A ZIP of notices."""
    inside = [text_note(scene)[0].item, bulletin(scene)[0].item, memo(scene)[0].item]
    name = f"notices_{scene.when:%Y%m}.zip"
    return [File("IT/Backups", zip_item(name, scene.later(), inside))]


def minutes(scene: Scene) -> Sequence[File]:
    """Minutes of a meeting of civilians."""
    draft, topic = scene.draft(), _topic(scene.rng)
    draft.title(f"Minutes: {topic}")
    present = ", ".join(draft.person() for _ in range(3))
    draft.fields(("Held", spell(scene.when)), ("Present", present))
    for number in range(1, 4):
        draft.para(f"{number}. {_one(scene, topic)}")
    data = to_docx(draft.pages, f"Minutes {topic}", scene.when)
    name = f"Minutes {scene.when:%Y-%m-%d} {topic}.docx"
    return [File("Shared/Meetings", scene.item(name, data, draft.pages))]


def _one(scene: Scene, topic: str) -> str:
    chosen = scene.rng.sample(_ALL_TOPICS[topic], 3)
    return " ".join(expand(scene.rng, RULES, template) for template in chosen)
