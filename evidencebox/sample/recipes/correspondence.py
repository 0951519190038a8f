"""Mail in which officers write or are written about: threads, forwards, attachments, mailboxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencebox.sample import phrases_files as phrases
from evidencebox.sample.archive import mbox_item, zip_item
from evidencebox.sample.docx import to_docx
from evidencebox.sample.mail import Address, Message, forward, mail_item, reply
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.recipes import noise, people, personnel, work
from evidencebox.sample.render import html_body, page_text
from evidencebox.sample.roster import RANKS, Member
from evidencebox.sample.scene import File, Scene, office_address, officer_address
from evidencebox.sample.truth import Item

_UNION = Address("Officers' Benevolent Union", "office@pmobu.example")


_SUBJECTS = ("Shift", "Court", "Report", "Overtime", "Quick question", "Tonight")
_COVERS = ("As discussed, see attached.", "For your eyes only.", "Please file this.")


def _signature(member: Member) -> str:
    return f"{RANKS[member.rank]} {member.first[0]}. {member.surname}"


def duty_message(scene: Scene, sender: Member, to: Member) -> Message:
    """A few words between two officers about shifts, court, reports."""
    draft = scene.draft()
    request = people.fill(draft, draft.rng.choice(phrases.DUTY))
    draft.para(f"{draft.rng.choice((to.first, to.nickname or to.first))}, {request}")
    if draft.rng.random() < 0.35:
        third = scene.cast.pick(scene.rng)
        draft.para(f"Ask {draft.name(third)} if you cannot reach me.")
    draft.para(draft.named(sender, _signature(sender)))
    subject = draft.rng.choice(_SUBJECTS)
    return Message(
        sender=officer_address(sender),
        to=[officer_address(to)],
        subject=f"{subject} {scene.when.month}/{scene.when.day}",
        when=scene.when,
        text=page_text(draft.pages[0]),
        truth=draft.pages[0].truth,
        encoding=draft.rng.choice(("8bit", "quoted-printable")),
    )


def duty_thread(scene: Scene) -> Sequence[File]:
    """A question and up to two answers between two officers."""
    one, two = _pair(scene)
    first = duty_message(scene, one, two)
    messages = [first]
    answers = ("Will do.", "An hour late, but yes.", "May I swap with you instead?", "No chance.")
    for number in range(scene.rng.randint(0, 2)):
        writer = (two, one)[number % 2]
        text = f"{scene.rng.choice(answers)}\n\n{_signature(writer)}\n"
        moment = scene.later(20 + 600 * number, 500 + 600 * number)
        messages.append(reply(messages[-1], text, officer_address(writer), moment))
    folder = f"Mail exports/{one.email.split('@')[0]}/Inbox"
    return [File(folder, mail_item(message)) for message in messages]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _pair(scene: Scene) -> tuple[Member, Member]:
    chosen = scene.cast.several(scene.rng, 2)
    return chosen[0], chosen[-1]


def union_mail(scene: Scene) -> Sequence[File]:
    member = scene.cast.pick(scene.rng)
    draft = scene.draft()
    draft.para(f"Dear {draft.name(member)},")
    draft.para(_sentence(people.fill(draft, draft.rng.choice(phrases.UNION))))
    if draft.rng.random() < 0.5:
        name, deed = draft.rng.choice(phrases.ALLEGATIONS)
        text = draft.element(member, "discipline", f"that you {people.fill(draft, deed)}")
        draft.para(f"The charge is {name[0].lower() + name[1:]}: {text}.")
    draft.para(f"Yours,\n{draft.person(role='union')}")
    message = Message(
        sender=_UNION,
        to=[officer_address(member)],
        subject=draft.rng.choice(("Your grievance", "Hearing", "Representation", "Dues")),
        when=scene.when,
        text=page_text(draft.pages[0]),
        truth=draft.pages[0].truth,
    )
    folder = f"Mail exports/{member.email.split('@')[0]}/Union"
    return [File(folder, mail_item(message))]


def _attachment(scene: Scene, member: Member) -> Item:
    """A delicate paper about the member, as a PDF, a DOCX, or zipped."""
    kind = scene.rng.choice(("background", "discipline", "fitness", "zip"))
    if kind == "background":
        draft = personnel.background_draft(scene, member)
        data = to_pdf(draft.pages, "Background investigation", draft.when)
        return scene.item("packet.pdf", data, draft.pages)
    if kind == "fitness":
        draft = personnel.fitness_draft(scene, member)
        return scene.item(
            "evaluation.pdf", to_pdf(draft.pages, "Fitness for duty", draft.when), draft.pages
        )
    draft, number = personnel.discipline_draft(scene, member)
    report = scene.item(f"{number}.docx", to_docx(draft.pages, number, scene.when), draft.pages)
    return zip_item("case file.zip", scene.when, [report]) if kind == "zip" else report


def attached_mail(scene: Scene) -> Sequence[File]:
    """A short message that carries a file about an officer, who may not be named in it."""
    rng, draft = scene.rng, scene.draft()
    member, sender = scene.cast.pick(rng), scene.cast.pick(rng)
    draft.para(rng.choice(_COVERS))
    if rng.random() < 0.5:
        draft.para(f"It concerns {draft.name(member)}.")
    message = Message(
        sender=officer_address(sender),
        to=[office_address("Human Resources")],
        subject=rng.choice(("Attached", "File", "Confidential", "Scan")),
        when=scene.when,
        text=page_text(draft.pages[0]),
        truth=draft.pages[0].truth,
        attachments=[_attachment(scene, member)],
    )
    return [File(f"Mail exports/{sender.email.split('@')[0]}/Sent", mail_item(message))]


def sheet_mail(scene: Scene) -> Sequence[File]:
    """An HTML message from finance with a workbook attached."""
    draft = scene.draft()
    draft.para("The sheet for this month is attached. It may hold an error in the last row.")
    message = Message(
        sender=office_address("Finance"),
        to=[office_address("Payroll")],
        subject=f"Sheet {scene.when:%Y-%m}",
        when=scene.when,
        html=f"<html><body>{html_body(draft.pages)}</body></html>\n",
        encoding="quoted-printable",
        attachments=[scene.rng.choice((work.payroll, work.credit_sheet))(scene)[0].item],
    )
    return [File("Mail exports/finance", mail_item(message))]


def forwarded_mail(scene: Scene) -> Sequence[File]:
    """A message passed on: inside the text, or as an attached message."""
    one, two = _pair(scene)
    third = scene.cast.pick(scene.rng)
    inner = duty_message(scene, one, two)
    when = scene.later()
    sender, to = officer_address(two), officer_address(third)
    if scene.rng.random() < 0.5:
        outer = forward(inner, "See below.\n", sender, to, when)
    else:
        outer = Message(
            sender=sender, to=[to], subject=f"Fwd: {inner.subject}", when=when,
            text="See the attached message.\n",
            attachments=[mail_item(replace(inner, encoding="8bit"), "message.eml")],
        )  # fmt: skip
    return [File(f"Mail exports/{two.email.split('@')[0]}/Sent", mail_item(outer))]


def mailbox(scene: Scene) -> Sequence[File]:
    """A mailbox of ten to thirty messages, most of them about nothing."""
    owner = scene.cast.pick(scene.rng)
    messages: list[Item] = []
    moment = scene
    for _ in range(scene.rng.randint(10, 30)):
        moment = replace(moment, when=moment.later(60, 3000))
        if scene.rng.random() < 0.6:
            message = noise.notice_message(moment)
        else:
            message = duty_message(moment, scene.cast.pick(scene.rng), owner)
        messages.append(mail_item(message))
    name = f"{owner.email.split('@')[0]}.mbox"
    return [File("Mail exports/archives", mbox_item(name, moment.when, messages))]


def case_archive(scene: Scene) -> Sequence[File]:
    """A ZIP of case papers with another ZIP inside."""
    member = scene.cast.pick(scene.rng)
    draft, number = personnel.discipline_draft(scene, member)
    report = scene.item("report.docx", to_docx(draft.pages, number, scene.when), draft.pages)
    other = personnel.fitness_draft(scene, member)
    letter = scene.item(
        "medical.pdf", to_pdf(other.pages, "Fitness for duty", other.when), other.pages
    )
    inner = zip_item("medical.zip", scene.when, [letter])
    note = noise.text_note(scene)[0].item
    item = zip_item(f"{number}.zip", scene.when, [report, inner, note])
    return [File("IAD/Archive", item)]
