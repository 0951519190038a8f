"""RTF's control words by what they mean for the text."""

from __future__ import annotations

from typing import Final

SIGNS: Final[dict[bytes, str]] = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"lbr": "\n", b"column": "\n", b"row": "\n",
    b"nestrow": "\n", b"softline": "\n", b"tab": "\t", b"cell": "\t", b"nestcell": "\t",
    b"emdash": "\u2014", b"endash": "\u2013", b"bullet": "\u2022", b"lquote": "\u2018",
    b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"emspace": "\u2003",
    b"enspace": "\u2002", b"qmspace": "\u2005", b"zwj": "\u200d", b"zwnj": "\u200c",
    b"ltrmark": "\u200e", b"rtlmark": "\u200f", b"zwbo": "\u200b", b"zwnbo": "\u2060",
}  # fmt: skip
PAGES: Final = frozenset([b"page", b"softpage"])

SKIPPED: Final = frozenset(
    b"colortbl stylesheet listtable listoverridetable rsidtbl filetbl themedata latentstyles "
    b"colorschememapping datastore nonshppict shprslt mmathPict nonesttables ftnsep ftnsepc "
    b"ftncn aftnsep aftnsepc aftncn listpicture bkmkstart bkmkend datafield blipuid xmlnstbl "
    b"pgdsctbl pnseclvl mhtmltag objalias objsect passwordhash protusertbl oldcprops oldpprops "
    b"oldtprops oldsprops xe tc tcn rxe fldtype atrfstart atrfend atnref panose falt "
    b"fontemb fontfile nesttableprops defchp defpap wgrffmtfilter".split()
)
"""Destinations with nothing written by a person in them, or written twice."""

WALKED: Final = frozenset(
    b"shppict shpinst shp shptxt shpgrp do dptxbxtext background ud result fldrslt listtext "
    b"pntext pntxta pntxtb moMath moMathPara mr object field annotation factoidname txfieldtext "
    b"picprop sp formfield userprops".split()
)
"""Destinations that may be starred and hold text all the same."""

SIDES: Final[dict[bytes, tuple[str, str]]] = {
    b"header": ("headers", "header"),
    b"headerl": ("headers", "header"),
    b"headerr": ("headers", "header"),
    b"headerf": ("headers", "header"),
    b"footer": ("footers", "footer"),
    b"footerl": ("footers", "footer"),
    b"footerr": ("footers", "footer"),
    b"footerf": ("footers", "footer"),
    b"footnote": ("footnotes", "note"),
    b"annotation": ("comments", "comment"),
}
"""Destination: the label of the page its text goes to, and the kind of its spans."""

INFO: Final[dict[bytes, str]] = {
    b"title": "title", b"subject": "doc_subject", b"author": "author", b"operator": "last_author",
    b"keywords": "keywords", b"comment": "comment", b"doccomm": "description",
    b"category": "category", b"manager": "manager", b"company": "company",
    b"hlinkbase": "link_base",
}  # fmt: skip
TIMES: Final[dict[bytes, str]] = {
    b"creatim": "created", b"revtim": "modified", b"printim": "printed",
}  # fmt: skip
PARTS: Final[dict[bytes, str]] = {b"yr": "y", b"mo": "m", b"dy": "d", b"hr": "h", b"min": "i"}

CAPTURED: Final = frozenset(
    b"fldinst atnid atnauthor atndate objclass objname propname staticval docvar sn sv "
    b"generator template revtbl ffname ffdeftext ffl ffentrymcr ffhelptext ffstattext".split()
)
"""Destinations whose text is kept apart for a use of its own."""

DRAWN_TEXT: Final = frozenset(["gtextUNICODE", "wzDescription", "wzTooltip", "pihlShape"])
"""Shape properties that hold words: WordArt, alternative text, tips."""

PICTURES: Final[dict[bytes, str]] = {
    b"pngblip": "png", b"jpegblip": "jpg", b"emfblip": "emf", b"wmetafile": "wmf",
    b"dibitmap": "dib", b"wbitmap": "ddb", b"macpict": "pict", b"pmmetafile": "met",
}  # fmt: skip
CODE_PAGES: Final[dict[bytes, str]] = {
    b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850", b"ansi": "cp1252",
}  # fmt: skip
REVISIONS: Final[dict[bytes, str]] = {b"revised": "inserted", b"deleted": "deleted"}
