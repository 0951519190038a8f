"""Papers that exist only as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from evidencebox.sample.draft import Draft
from evidencebox.sample.recipes import noise, personnel, work
from evidencebox.sample.scan import any_quality, scan_page, to_png, to_scanned_pdf, to_tiff
from evidencebox.sample.scene import File, Scene

_FOLDERS = ("Scans", "Scans/Fax in", "Scans/HR", "IAD/Scans")


def _draft(scene: Scene) -> Draft:
    member = scene.cast.pick(scene.rng)
    kind = scene.rng.choice(("background", "discipline", "fitness", "letter", "intel", "notice"))
    if kind == "background":
        return personnel.background_draft(scene, member)
    if kind == "discipline":
        return personnel.discipline_draft(scene, member)[0]
    if kind == "fitness":
        return personnel.fitness_draft(scene, member)
    if kind == "letter":
        return personnel.letter_draft(scene, member)
    if kind == "intel":
        return work.intelligence_draft(scene, member)[0]
    return noise.notice_draft(scene)


def scan(scene: Scene) -> Sequence[File]:
    """One paper as a PNG, or all its pages as a TIFF or a PDF of pictures."""
    rng, draft = scene.rng, _draft(scene)
    name = f"SCN{rng.randint(0, 99999):05d}"
    kind = "png" if len(draft.pages) == 1 and rng.random() < 0.7 else rng.choice(("tif", "pdf"))
    quality = any_quality(rng)
    images = [scan_page(rng, page, quality) for page in draft.pages]
    if kind == "png":
        data = to_png(images[0])
    elif kind == "tif":
        data = to_tiff(images)
    else:
        data = to_scanned_pdf(images, scene.when)
    item = scene.item(f"{name}.{kind}", data, draft.pages, images=True)
    return [File(rng.choice(_FOLDERS), item)]
