"""Background investigations, disciplinary files, medical and personnel letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evidencebox.sample import phrases_files as phrases
from evidencebox.sample.docx import Furniture, to_docx
from evidencebox.sample.draft import Draft, spell
from evidencebox.sample.names import CITY, DEPARTMENT
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.recipes import people
from evidencebox.sample.render import to_text
from evidencebox.sample.roster import Member
from evidencebox.sample.scene import File, Scene

_CONFIDENTIAL = "CONFIDENTIAL PERSONNEL FILE"


def file_name(member: Member) -> str:
    """A member's part of a file name: letters, digits and hyphens."""
    return "".join(c if c.isalnum() or c == "-" else "_" for c in f"{member.last}_{member.first}")


def _finances(draft: Draft, member: Member) -> None:
    known = draft.cast.private(member)
    draft.title("Finances")
    people.subject(draft, member)
    people.banking(draft, member)
    salary = draft.element(member, "salary", f"${known.salary:,}")
    draft.para(f"States a yearly income of {salary} and supports {draft.rng.randint(0, 4)} people.")
    draft.table([("Creditor", "Kind", "Balance"), *people.debts(draft, member)])


def _credit(draft: Draft, member: Member) -> None:
    known = draft.cast.private(member)
    draft.title("Credit report")
    people.subject(draft, member)
    score = draft.element(member, "credit", f"Credit score {known.score}")
    draft.para(
        f"{score}. {draft.rng.randint(0, 5)} accounts past due, {draft.rng.randint(0, 3)} in "
        f"collection. Inquiries in the last year: {draft.rng.randint(0, 9)}."
    )
    for sentence in draft.rng.sample(phrases.CREDIT, 2):
        draft.para(people.fill(draft, sentence))


def _polygraph(draft: Draft, member: Member) -> None:
    draft.title("Polygraph examination")
    people.subject(draft, member)
    draft.para(f"Examined by {draft.person(role='examiner')} on {draft.day(90)}.")
    draft.para(people.topic(draft, member, "polygraph", phrases.POLYGRAPH, 2))


def _health(draft: Draft, member: Member) -> None:
    draft.title("Substance use and health")
    people.subject(draft, member)
    draft.para("Drug history. " + people.topic(draft, member, "drug_history", phrases.DRUGS))
    draft.para("Mental health. " + people.topic(draft, member, "mental_health", phrases.MENTAL))
    draft.para("Medical. " + people.topic(draft, member, "medical", phrases.MEDICAL))


def _references(draft: Draft, member: Member) -> None:
    draft.title("Family and references")
    people.subject(draft, member)
    draft.para(people.family(draft, member))
    for template in draft.rng.sample(phrases.REFERENCES, 3):
        draft.para(f"{draft.person(role='reference')} {people.fill(draft, template)}.")
    known = draft.cast.private(member)
    prints = draft.element(member, "biometric", known.print_class)
    draft.para(f"Fingerprint class {prints}; cards sent to the state bureau.")


_CHAPTERS: tuple[Callable[[Draft, Member], None], ...] = (
    _finances,
    _credit,
    _polygraph,
    _health,
    _references,
)


def background_draft(scene: Scene, member: Member) -> Draft:
    """A packet of three to six pages: identity first, then chapters."""
    draft = scene.draft()
    number = scene.number("BI")
    draft.title("Background investigation")
    people.identity(draft, member)
    note = draft.element(member, "background", f"Background investigation {number}")
    draft.para(
        f"{note}. Opened on {draft.day(200)}, closed on {spell(scene.when)}. "
        f"Investigator: {draft.person(role='investigator')}."
    )
    for chapter in _CHAPTERS:
        if draft.rng.random() < 0.8:
            draft.new_page()
            chapter(draft, member)
    if scene.revised:
        draft.para("Corrected copy.")
    return draft


def background(scene: Scene) -> Sequence[File]:
    member = scene.cast.pick(scene.rng)
    draft = background_draft(scene, member)
    folder = f"HR/Background/{scene.when:%Y}"
    name = f"BI_{file_name(member)}"
    if scene.rng.random() < 0.7:
        data = to_pdf(draft.pages, "Background investigation", draft.when)
        return [File(folder, scene.item(f"{name}.pdf", data, draft.pages))]
    breaks = Furniture(header=_CONFIDENTIAL, rendered_breaks=scene.rng.random() < 0.3)
    data = to_docx(draft.pages, "Background investigation", scene.when, breaks)
    return [File(folder, scene.item(f"{name}.docx", data, draft.pages))]


def discipline_draft(scene: Scene, member: Member) -> tuple[Draft, str]:
    """A disciplinary file of one page, and its case number."""
    draft, number = scene.draft(), scene.number("IA")
    draft.title("Internal affairs: final report")
    draft.fields(
        ("Case", number),
        ("Subject", draft.formal(member)),
        ("Badge", draft.named(member, member.badge)),
        ("Unit", member.unit),
        ("Closed", spell(scene.when)),
    )
    name, text = people.charge(draft, member)
    draft.para(f"Allegation. It is alleged that {draft.name(member)} {text}.")
    draft.para(" ".join(draft.rng.sample(phrases.INVESTIGATION, 4)))
    if draft.rng.random() < 0.6:
        witness = scene.cast.pick(scene.rng)
        draft.para(f"{draft.name(witness)} was heard as a witness and saw little.")
    draft.para(f"Complainant: {draft.person(role='complainant')}.")
    finding = draft.element(member, "discipline", draft.rng.choice(phrases.FINDINGS))
    rows = [("Charge", "Finding", "Sanction"), (name, finding, _sanction(draft, member, finding))]
    draft.table(rows)
    if scene.revised:
        draft.para("Amended after legal review.")
    return draft, number


def _sanction(draft: Draft, member: Member, finding: str) -> str:
    if finding != "Sustained":
        return "none"
    sanction = people.fill(draft, draft.rng.choice(phrases.SANCTIONS))
    return draft.element(member, "discipline", sanction)


def discipline(scene: Scene) -> Sequence[File]:
    rng = scene.rng
    draft, number = discipline_draft(scene, scene.cast.pick(rng))
    folder = f"IAD/Cases/{scene.when:%Y}/{number}"
    if rng.random() < 0.3:
        data = to_pdf(draft.pages, f"Final report {number}", draft.when)
        return [File(folder, scene.item("Final report.pdf", data, draft.pages))]
    changed = rng.random() < 0.5
    beside = Furniture(
        header=f"{DEPARTMENT}: {_CONFIDENTIAL}",
        footer=number,
        comment="Check the date against the station log." if rng.random() < 0.5 else "",
        inserted="The deadline was extended once." if changed else "",
        deleted="The deadline was missed." if changed else "",
        author=draft.person(role="author"),
    )
    data = to_docx(draft.pages, f"Final report {number}", scene.when, beside)
    return [File(folder, scene.item("Final report.docx", data, draft.pages))]


def fitness_draft(scene: Scene, member: Member) -> Draft:
    draft = scene.draft()
    doctor = draft.person(scene.cast.private(member).doctor, "physician")
    draft.title("Fitness for duty evaluation")
    draft.fields(
        ("Employee", draft.formal(member)),
        ("Date of birth", people.born(draft, member)),
        ("Seen on", spell(scene.when)),
    )
    draft.para(people.topic(draft, member, "medical", phrases.MEDICAL, 2))
    draft.para(people.topic(draft, member, "mental_health", phrases.MENTAL))
    verdict = draft.rng.choice(("fit for full duty", "fit for desk duty", "not fit at present"))
    draft.para(f"In my opinion {draft.name(member)} is {verdict}.")
    draft.para(doctor)
    return draft


def fitness(scene: Scene) -> Sequence[File]:
    member = scene.cast.pick(scene.rng)
    draft = fitness_draft(scene, member)
    name = f"FFD {file_name(member)} {scene.when:%Y-%m-%d}"
    if scene.rng.random() < 0.5:
        item = scene.item(
            f"{name}.pdf", to_pdf(draft.pages, "Fitness for duty", draft.when), draft.pages
        )
    else:
        data = to_docx(draft.pages, "Fitness for duty", scene.when, Furniture(header="MEDICAL"))
        item = scene.item(f"{name}.docx", data, draft.pages)
    return [File("HR/Medical", item)]


def disclosure(scene: Scene) -> Sequence[File]:
    """A disclosure of past sexual abuse, worded with restraint."""
    member = scene.cast.pick(scene.rng)
    draft = scene.draft()
    draft.title("Supplement to background investigation")
    people.subject(draft, member)
    told = draft.element(
        member, "sexual_abuse", "was sexually abused as a child by a person outside the family"
    )
    draft.para(
        f"During the interview {draft.name(member)} disclosed that the applicant {told}. "
        "The matter was never reported. The applicant asked that no details be written down and "
        "that this page not be copied; the investigator agreed."
    )
    draft.para("Counseling was completed. This has no bearing on suitability.")
    draft.element(member, "mental_health", "Counseling was completed")
    data = to_docx(draft.pages, "Supplement", scene.when, Furniture(header=_CONFIDENTIAL))
    name = f"BI_{file_name(member)}_supplement.docx"
    return [File(f"HR/Background/{scene.when:%Y}", scene.item(name, data, draft.pages))]


def letter_draft(scene: Scene, member: Member) -> Draft:
    """A personnel letter: promotion, pay, leave, separation."""
    draft, known = scene.draft(), scene.cast.private(member)
    draft.para(f"{DEPARTMENT}\nHuman Resources\n{spell(scene.when)}")
    home = draft.element(member, "address", known.address)
    draft.para(f"{draft.formal(member)}\n{home}")
    salary = draft.element(member, "salary", f"${known.salary:,}")
    body = draft.rng.choice(phrases.LETTERS).format(pay=salary)
    draft.para(f"Dear {draft.name(member)}: we write to confirm that {body}.")
    draft.para(" ".join(draft.rng.sample(phrases.LETTER_CLOSES, draft.rng.randint(1, 3))))
    if draft.rng.random() < 0.3:
        number = draft.element(member, "ssn", known.ssn)
        draft.para(f"For tax purposes we hold your number as {number}.")
    draft.para(f"{draft.person(role='clerk')}\nCity of {CITY}")
    return draft


def letter(scene: Scene) -> Sequence[File]:
    member = scene.cast.pick(scene.rng)
    draft = letter_draft(scene, member)
    name = f"Letter {file_name(member)} {scene.when:%Y%m%d}"
    if scene.rng.random() < 0.6:
        item = scene.item(f"{name}.docx", to_docx(draft.pages, "Letter", scene.when), draft.pages)
    else:
        item = scene.item(f"{name}.txt", to_text(draft.pages), draft.pages)
    return [File(f"HR/Letters/{scene.when:%Y}", item)]
