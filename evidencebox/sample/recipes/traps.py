"""Texts in which officers are hard to find, or seem to be named and are not."""

from __future__ import annotations

from collections.abc import Sequence

from evidencebox.sample import naming
from evidencebox.sample.docx import to_docx
from evidencebox.sample.draft import Draft, NameForm, spell
from evidencebox.sample.grammar import expand
from evidencebox.sample.names import FIRST_NAMES
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.phrases_noise import RULES, TOPICS
from evidencebox.sample.private import address, phone
from evidencebox.sample.render import to_text
from evidencebox.sample.roster import Member
from evidencebox.sample.scene import File, Scene

_DEEDS = (
    "signed for the keys of the launch",
    "was relieved at the corner of Lantern Street",
    "took the statement and returned the wallet",
    "reported the broken radio to the shop",
    "drove the witness home after the interview",
    "asked for the report to be corrected",
    "found the door open and the lights on",
)


_TRADES = ("a shopkeeper", "a retired teacher", "a bus driver", "a student", "a nurse")
_ERRANDS = (
    "reported a lost dog",
    "asked for a copy of an accident report",
    "handed in a wallet found on the ferry",
    "complained about a barking dog",
    "wanted to know the way to the harbor office",
)


def _written(scene: Scene, draft: Draft, name: str, folder: str) -> Sequence[File]:
    """The draft as text, DOCX or PDF."""
    kind = scene.rng.choice(("txt", "txt", "docx", "pdf"))
    if kind == "txt":
        data = to_text(draft.pages)
    elif kind == "docx":
        data = to_docx(draft.pages, name, scene.when)
    else:
        data = to_pdf(draft.pages, name, draft.when)
    return [File(folder, scene.item(f"{name}.{kind}", data, draft.pages))]


def _log(scene: Scene, title: str) -> Draft:
    draft = scene.draft()
    draft.title(title)
    draft.fields(("Date", spell(scene.when)), ("Log", scene.number("DL")))
    return draft


def _filler(draft: Draft, count: int = 2) -> None:
    topic = draft.rng.choice(tuple(TOPICS))
    for template in draft.rng.sample(TOPICS[topic], count):
        draft.para(expand(draft.rng, RULES, template))


def _deed(draft: Draft) -> str:
    return draft.rng.choice(_DEEDS)


def _single(scene: Scene, trap: str, form: NameForm | None, title: str) -> Sequence[File]:
    """A log entry about one member with that trap, in one way of writing the name."""
    draft, member = _log(scene, title), scene.cast.pick(scene.rng, trap)
    _filler(draft, 1)
    draft.para(f"At the end of the shift {draft.name(member, form)} {_deed(draft)}.")
    _filler(draft)
    return _written(scene, draft, f"{title} {scene.when:%Y-%m-%d}", "Patrol/Logs")


def common_word(scene: Scene) -> Sequence[File]:
    """An officer whose surname is a word, between sentences that use the word as a word."""
    return _single(scene, "common_word", None, "Desk log")


def line_end(scene: Scene) -> Sequence[File]:
    """A surname hyphenated at the end of a line, or a name broken between its parts."""
    form = scene.rng.choice((naming.line_end, naming.line_break))
    return _single(scene, scene.rng.choice(("line_end", "")), form, "Typed log")


def slip(scene: Scene) -> Sequence[File]:
    """A name as a poor OCR run read it."""
    return _single(scene, scene.rng.choice(("slip", "nickname")), naming.slip, "Old log")


def nickname(scene: Scene) -> Sequence[File]:
    return _single(scene, "nickname", naming.nickname, "Night log")


def former_name(scene: Scene) -> Sequence[File]:
    return _single(scene, "former_name", naming.former_name, "Name change")


def spelled(scene: Scene) -> Sequence[File]:
    """Names with hyphens, apostrophes, diacritics."""
    return _single(scene, scene.rng.choice(("hyphen", "apostrophe", "diacritic")), None, "Day log")


def _both(scene: Scene, trap: str, title: str) -> Sequence[File]:
    """Two members who share a name: each is told apart on the page, or only one is there."""
    draft = _log(scene, title)
    chosen = [member for member in scene.cast.members if member.trap == trap]
    for member in (chosen or scene.cast.members)[: draft.rng.randint(1, 2)]:
        draft.para(f"{draft.formal(member)}, {member.unit}, {_deed(draft)}.")
        draft.para(f"Entered under {draft.named(member, f'badge {member.badge}')}.")
    _filler(draft, 1)
    return _written(scene, draft, f"{title} {scene.when:%Y-%m-%d}", "Patrol/Rolls")


def two_of_a_name(scene: Scene) -> Sequence[File]:
    return _both(scene, "two_of_a_name", "Roll call")


def brothers(scene: Scene) -> Sequence[File]:
    return _both(scene, "brothers", "Duty roll")


def generations(scene: Scene) -> Sequence[File]:
    return _both(scene, "generation", "Service roll")


def bystander(scene: Scene) -> Sequence[File]:
    """A civilian with an officer's surname, whose data are nobody's on the roster."""
    draft, member = _log(scene, "Front desk log"), scene.cast.pick(scene.rng)
    name = _civilian_namesake(draft, member)
    home = draft.exposed_person(name, "address", address(draft.rng))
    number = draft.exposed_person(name, "phone", phone(draft.rng))
    trade, errand = draft.rng.choice(_TRADES), draft.rng.choice(_ERRANDS)
    draft.para(
        f"{draft.trap('bystander', name)}, {trade}, of {home}, telephone {number}, {errand}."
    )
    if draft.rng.random() < 0.4:
        draft.para(f"The visitor {member.surname} was asked to come back with a receipt.")
    _filler(draft)
    return _written(scene, draft, f"Front desk {scene.when:%Y-%m-%d}", "Patrol/Front desk")


def _civilian_namesake(draft: Draft, member: Member) -> str:
    while True:
        name = f"{draft.rng.choice(FIRST_NAMES)} {member.surname}"
        if not draft.cast.is_officer(name) and name[0] != member.first[0]:
            return name


def badge_like_number(scene: Scene) -> Sequence[File]:
    """A ticket that has the number of a badge."""
    draft, member = _log(scene, "Service desk"), scene.cast.pick(scene.rng)
    draft.para(f"Ticket {draft.trap('number', f'#{member.badge}')} was closed without a reply.")
    _filler(draft)
    return _written(scene, draft, f"Tickets {scene.when:%Y-%m-%d}", "IT/Tickets")


def badge_only(scene: Scene) -> Sequence[File]:
    """A log that names officers by badge alone."""
    draft = _log(scene, "Property log")
    for member in scene.cast.several(scene.rng, 3):
        form = draft.rng.choice(("badge {0}", "badge #{0}", "officer #{0}")).format(member.badge)
        draft.para(f"{draft.named(member, form)} {_deed(draft)}.")
    return _written(scene, draft, f"Property {scene.when:%Y-%m-%d}", "Property/Logs")
