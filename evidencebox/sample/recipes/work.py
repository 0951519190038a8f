"""Intelligence, ransom notes, press drafts, and sheets of pay and debts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from evidencebox.sample import phrases_files as phrases
from evidencebox.sample.docx import Furniture, to_docx
from evidencebox.sample.draft import Draft, spell
from evidencebox.sample.mail import Address, Message, mail_item, reply
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.recipes import people
from evidencebox.sample.render import page_text, to_csv, to_html, to_text
from evidencebox.sample.roster import Member
from evidencebox.sample.scene import File, Scene, civilian_address, office_address
from evidencebox.sample.sheet import Sheet, to_xlsx

_GANG = Address("", "harborlock@mailbox.example")


def intelligence_draft(scene: Scene, handler: Member) -> tuple[Draft, str]:
    draft, number = scene.draft(), scene.number("INT")
    source = draft.person(role="informant")
    draft.title("Intelligence report")
    draft.fields(("Report", number), ("Date", spell(scene.when)), ("Source", source))
    work = draft.element(handler, "intelligence", f"meets the source {source}")
    draft.para(f"Handler: {draft.name(handler)}, who {work}.")
    for template in draft.rng.sample(phrases.INTELLIGENCE, 4):
        draft.para(people.fill(draft, template))
    if draft.rng.random() < 0.5:
        draft.para(f"Copy to {draft.name(scene.cast.pick(scene.rng))} for surveillance.")
    return draft, number


def intelligence(scene: Scene) -> Sequence[File]:
    rng = scene.rng
    draft, number = intelligence_draft(scene, scene.cast.pick(rng))
    kind = rng.choice(("pdf", "docx", "txt"))
    if kind == "pdf":
        data = to_pdf(draft.pages, number, draft.when)
    elif kind == "docx":
        beside = Furniture(header="LAW ENFORCEMENT SENSITIVE")
        data = to_docx(draft.pages, number, scene.when, beside)
    else:
        data = to_text(draft.pages)
    folder = f"Intel/Reports/{scene.when:%Y}"
    return [File(folder, scene.item(f"{number}.{kind}", data, draft.pages))]


def gang_page(scene: Scene) -> Sequence[File]:
    """An intranet page of the intelligence unit that names officers and gangs."""
    draft, number = intelligence_draft(scene, scene.cast.pick(scene.rng))
    data = to_html(draft.pages, f"Briefing {number}")
    return [File("Intranet/www/intel", scene.item(f"{number.lower()}.html", data, draft.pages))]


def _in_the_incident(scene: Scene) -> Scene:
    """The scene moved to the weeks in which the city was blackmailed."""
    minutes = scene.rng.randint(0, 30 * 24 * 60)
    return replace(scene, when=datetime(2021, 4, 19) + timedelta(minutes=minutes))


def ransom_mails(scene: Scene) -> Sequence[File]:
    """A threat, an answer, and a threat again; now and then with an officer's data as proof."""
    scene = _in_the_incident(scene)
    rng, draft = scene.rng, scene.draft()
    city = civilian_address(rng)
    for template in rng.sample(phrases.RANSOM, 3):
        draft.para(people.fill(draft, template))
    if rng.random() < 0.6:
        member = scene.cast.pick(rng)
        known = scene.cast.private(member)
        number = draft.element(member, "ssn", known.ssn)
        home = draft.element(member, "address", known.address)
        draft.para(f"Proof: {draft.name(member)}, {number}, lives at {home}.")
    first = Message(
        sender=_GANG,
        to=[city],
        subject=rng.choice(("Your files", "Last warning", "Proof of possession", "The clock")),
        when=scene.when,
        text=page_text(draft.pages[0]),
        truth=draft.pages[0].truth,
    )
    second = reply(first, rng.choice(phrases.CITY_REPLIES) + "\n", city, scene.later())
    threat = people.fill(draft, rng.choice(phrases.RANSOM))
    third = reply(second, threat + "\n", _GANG, scene.later(2100, 4000))
    return [File("Mail exports/incident", mail_item(m)) for m in (first, second, third)]


def ransom_chat(scene: Scene) -> Sequence[File]:
    """A chat as saved by the city's negotiator."""
    scene = _in_the_incident(scene)
    rng, draft = scene.rng, scene.draft()
    lines = []
    for number in range(rng.randint(5, 9)):
        who, pool = ("LOCK", phrases.RANSOM) if number % 2 == 0 else ("city", phrases.CITY_REPLIES)
        clock = f"{9 + number:02d}:{rng.randint(0, 59):02d}"
        lines.append(f"[{clock}] {who}: {people.fill(draft, rng.choice(pool))}")
    if rng.random() < 0.5:
        member = scene.cast.pick(rng)
        lines.append(f"[19:{rng.randint(10, 59)}] LOCK: tomorrow the file of {draft.name(member)}")
    draft.para("\n".join(lines))
    name = f"chat_{scene.when:%Y%m%d}.txt"
    return [File("Incident/Negotiation", scene.item(name, to_text(draft.pages), draft.pages))]


def press_draft(scene: Scene) -> Sequence[File]:
    scene = _in_the_incident(scene)
    draft = scene.draft()
    draft.title("Draft statement, not for release")
    draft.para(spell(scene.when))
    for sentence in draft.rng.sample(phrases.PRESS, 4):
        draft.para(people.fill(draft, sentence))
    draft.para(f"Contact: {draft.person(role='press officer')}, City Press Office")
    beside = Furniture(
        inserted="Every one of them." if draft.rng.random() < 0.5 else "",
        comment="Legal wants this softer." if draft.rng.random() < 0.5 else "",
        author="Press Office",
    )
    data = to_docx(draft.pages, "Draft statement", scene.when, beside)
    name = f"Statement draft {scene.when:%m-%d} v{draft.rng.randint(1, 9)}.docx"
    return [File("Press/Drafts", scene.item(name, data, draft.pages))]


def payroll(scene: Scene) -> Sequence[File]:
    """A workbook with pay on its first sheet and accounts on a hidden second one."""
    pay, accounts = scene.draft(), scene.draft()
    rows = [["Badge", "Name", "Rank", "Salary"]]
    hidden = [["Badge", "Routing number", "Account number"]]
    for member in scene.cast.several(scene.rng, scene.rng.randint(6, 20)):
        known = scene.cast.private(member)
        badge = pay.named(member, member.badge)
        salary = pay.element(member, "salary", str(known.salary))
        rows.append([badge, _listed(pay, member), member.rank, salary])
        routing = accounts.element(member, "bank_account", known.routing)
        account = accounts.element(member, "bank_account", known.account)
        hidden.append([accounts.named(member, member.badge), routing, account])
    sheets = [
        Sheet("Payroll", rows),
        # Readers may make a page of comments: on the last sheet they shift no other page.
        Sheet("Accounts", hidden, hidden=True, notes=((1, 2, "Checked against the ledger."),)),
    ]
    item = scene.item(
        f"Payroll {scene.when:%Y-%m}.xlsx", to_xlsx(sheets, scene.when), pay.pages + accounts.pages
    )
    return [File(f"Finance/Payroll/{scene.when:%Y}", item)]


def _listed(draft: Draft, member: Member) -> str:
    initial = f" {member.middle}." if member.middle else ""
    return draft.named(member, f"{member.last}, {member.first}{initial}")


def credit_sheet(scene: Scene) -> Sequence[File]:
    """Credit checks and debts of applicants who became officers."""
    draft = scene.draft()
    rows = [["Name", "SSN", "Credit score", "Debt", "Note"]]
    for member in scene.cast.several(scene.rng, scene.rng.randint(4, 14)):
        known = scene.cast.private(member)
        rows.append(
            [
                _listed(draft, member),
                draft.element(member, "ssn", known.ssn),
                draft.element(member, "credit", str(known.score)),
                draft.element(member, "debt", f"${scene.rng.randint(1000, 60000):,}"),
                scene.rng.choice(("", "garnishment", "late rent", "paid off")),
            ]
        )
    applicant = draft.person(role="applicant")
    number = draft.exposed_person(applicant, "itin", scene.cast.private(member).itin)
    rows.append([applicant, number, str(scene.rng.randint(480, 800)), "$0", "withdrew"])
    data = to_xlsx([Sheet("Credit checks", rows)], scene.when)
    item = scene.item(f"Credit checks {scene.when:%Y-%m}.xlsx", data, draft.pages)
    return [File("HR/Background/Credit", item)]


def overtime(scene: Scene) -> Sequence[File]:
    """Court overtime by badge, as CSV; some rows name nobody but a number."""
    draft = scene.draft()
    rows = [["badge", "name", "date", "hours"]]
    for member in scene.cast.several(scene.rng, scene.rng.randint(5, 18)):
        day = f"{scene.when:%Y-%m}-{scene.rng.randint(1, 28):02d}"
        name = _listed(draft, member) if scene.rng.random() < 0.7 else ""
        badge = draft.named(member, member.badge)
        rows.append([badge, name, day, str(scene.rng.randint(2, 9))])
    item = scene.item(f"court_overtime_{scene.when:%Y_%m}.csv", to_csv(rows), draft.pages)
    return [File("Finance/Overtime", item)]


def phone_list(scene: Scene) -> Sequence[File]:
    """A unit's call-out list with homes and telephones, as HTML or a workbook."""
    draft = scene.draft()
    rows = [["Name", "Badge", "Phone", "Address"]]
    for member in scene.cast.several(scene.rng, scene.rng.randint(5, 12)):
        known = scene.cast.private(member)
        rows.append(
            [
                _listed(draft, member),
                draft.named(member, member.badge),
                draft.element(member, "phone", known.phone),
                draft.element(member, "address", known.address),
            ]
        )
    draft.title("Call-out list")
    draft.table(rows)
    if scene.rng.random() < 0.5:
        data = to_html(draft.pages, "Call-out list")
        item = scene.item(f"callout-{scene.when:%Y-%m}.html", data, draft.pages)
    else:
        data = to_xlsx([Sheet("Call-out", rows)], scene.when)
        item = scene.item(f"Callout {scene.when:%Y-%m}.xlsx", data, draft.pages)
    return [File("Users/dispatch/Documents", item)]


def account_note(scene: Scene) -> Sequence[File]:
    """A text file with somebody's passwords and tax numbers, left on a desktop."""
    rng, draft = scene.rng, scene.draft()
    member = scene.cast.pick(rng)
    known = scene.cast.private(member)
    draft.title("Accounts")
    draft.para(f"For {draft.name(member)}")
    draft.fields(
        ("User name", draft.named(member, member.email)),
        ("Password", draft.element(member, "credential", known.password)),
        ("Private mail", draft.element(member, "email", known.email)),
        ("Side business EIN", draft.element(member, "tin", known.tin)),
    )
    if rng.random() < 0.6:
        draft.para(f"Tax number before naturalization: {draft.element(member, 'itin', known.itin)}")
    item = scene.item(f"accounts_{rng.randint(10, 99)}.txt", to_text(draft.pages), draft.pages)
    return [File(f"Users/{office_address('Records Room').email.split('@')[0]}/Desktop", item)]
