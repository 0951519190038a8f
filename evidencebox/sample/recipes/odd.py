"""Files that are broken, locked, wrongly named or strangely named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from evidencebox.sample.archive import locked_zip
from evidencebox.sample.pdf import to_pdf
from evidencebox.sample.recipes import noise, personnel, work
from evidencebox.sample.scene import File, Recipe, Scene
from evidencebox.sample.truth import Item

_LONG = "Minutes of the joint committee on overtime leave equipment and the summer festival "

STRANGE_NAMES = (
    "Überstunden März – Entwurf",
    "📎 for the chief 🚨 read now",
    "تقرير سري",
    "דוח חודשי",
    "警署 备忘录",
    "Cafe\u0301 re\u0301sume\u0301 decomposed",
    "100% & more; #1 'quoted' [draft] {v2} $final",
    "  two spaces before",
    (_LONG * 2)[:150].rstrip(),
    "no.ending.at.all",
    "tab-free\u00a0hard\u00a0spaces",
)  # fmt: skip
"""Names that every system can hold: no slash, colon or control character, valid Unicode."""


def truncated(scene: Scene) -> Sequence[File]:
    """A notice cut off in the middle; it names nobody, so a reader who mends it is not wrong."""
    whole = scene.rng.choice((noise.bulletin, noise.memo, noise.bundle))(scene)[0].item
    kept = len(whole.data) * scene.rng.randint(30, 70) // 100
    item = Item(whole.name, whole.data[:kept], scene.when, broken="truncated")
    return [File("Recovered", item)]


def empty(scene: Scene) -> Sequence[File]:
    ending = scene.rng.choice(("txt", "pdf", "docx", "eml", "log"))
    name = f"~recover{scene.rng.randint(100, 999)}.{ending}"
    return [File("Recovered", Item(name, b"", scene.when, broken="empty"))]


def garbage(scene: Scene) -> Sequence[File]:
    """Random bytes under the name of something readable."""
    ending = scene.rng.choice(("pdf", "docx", "xlsx", "zip", "png", "dat"))
    data = scene.rng.randbytes(scene.rng.randint(500, 5000))
    name = f"FILE{scene.rng.randint(0, 9999):04d}.{ending}"
    return [File("Recovered", Item(name, data, scene.when, broken="garbage"))]


def locked_pdf(scene: Scene) -> Sequence[File]:
    """A packet behind a password."""
    member = scene.cast.pick(scene.rng)
    draft = personnel.background_draft(scene, member)
    data = to_pdf(draft.pages, "Background investigation", draft.when, password="Lantern-77")
    name = f"BI_{personnel.file_name(member)}_locked.pdf"
    item = Item(name, data, scene.when, broken="encrypted")
    return [File(f"HR/Background/{scene.when:%Y}", item)]


def locked_archive(scene: Scene) -> Sequence[File]:
    member = scene.cast.pick(scene.rng)
    draft, number = personnel.discipline_draft(scene, member)
    inside = to_pdf(draft.pages, number, draft.when)
    data = locked_zip(scene.rng, f"{number}.pdf", inside, "Lantern-77")
    item = Item(f"{number} sealed.zip", data, scene.when, broken="encrypted")
    return [File("IAD/Archive", item)]


def misnamed(scene: Scene) -> Sequence[File]:
    """A paper whose name says it is something else."""
    recipes: tuple[Recipe, ...] = (
        personnel.background,
        personnel.discipline,
        noise.bulletin,
        work.phone_list,
        noise.memo,
    )
    file = scene.rng.choice(recipes)(scene)[0]
    stem, _, ending = file.item.name.rpartition(".")
    wrong = scene.rng.choice([e for e in ("txt", "jpg", "pdf", "doc", "bak") if e != ending])
    return [File(file.folder, replace(file.item, name=f"{stem}.{wrong}"))]


def strange_name(scene: Scene) -> Sequence[File]:
    recipes: tuple[Recipe, ...] = (noise.text_note, noise.memo, personnel.letter, work.intelligence)
    file = scene.rng.choice(recipes)(scene)[0]
    ending = file.item.name.rpartition(".")[2]
    stem = scene.rng.choice(STRANGE_NAMES)
    name = stem if "ending" in stem else f"{stem}.{ending}"
    return [File("Users/várias pastas/Desktop ✓", replace(file.item, name=name))]
