"""Whether a passphrase will do and how hard it is to guess; and which folders suit a case."""

from __future__ import annotations

import math
import re
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from evidencebox.ui.languages import told, tr

SHORTEST_PASSPHRASE = 12
"""In characters: the vault refuses a shorter one."""
FAIR, STRONG = 45, 70
"""Bits from which a passphrase is fair, and strong."""
_WORD_BITS = 11.0
"""Of a word that people think of: one in two thousand."""
_ALPHABETS = ((r"[a-z]", 26), (r"[A-Z]", 26), (r"[0-9]", 10), (r"[^a-zA-Z0-9]", 32))
_CLOUD = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "owncloud",
          "box sync", "seafile", "syncthing", "mobile documents")  # fmt: skip
_REMOVABLE = ("/media/", "/run/media/", "/volumes/", "/mnt/")
_NETWORK = {"nfs", "nfs4", "cifs", "smbfs", "smb2", "afpfs", "9p", "webdav", "davfs"}


def bits(passphrase: str) -> float:
    """A rough and cautious estimate: the lesser of what its signs and its words would cost."""
    signs = sum(size for kind, size in _ALPHABETS if re.search(kind, passphrase))
    distinct = len(set(passphrase.casefold()))
    by_sign = min(len(passphrase), distinct * 2) * math.log2(signs or 1)
    words = set(re.findall(r"[^\W\d_]{3,}", passphrase.casefold()))
    rest = re.sub(r"[^\W\d_]{3,}|\s", "", passphrase)
    by_word = len(words) * _WORD_BITS + len(set(rest)) * math.log2(62)
    return min(by_sign, by_word) if words else by_sign


def strength_words(passphrase: str) -> str:
    """The estimate in a word, with advice where it is weak; empty for no passphrase."""
    if not passphrase:
        return ""
    estimate = bits(passphrase)
    if estimate < FAIR:
        return tr("Weak: take five or six words that do not belong together.")
    return tr("Fair: another word or two would help.") if estimate < STRONG else tr("Strong.")


def newcomer_mistake(reviewer: str, first: str, again: str) -> str:
    """What is wrong with a new reviewer's name or passphrase, typed twice; empty where nothing."""
    if not reviewer.strip():
        return tr("Give your name: it stands beside every decision.")
    return passphrase_mistake(first, again)


def passphrase_mistake(first: str, again: str) -> str:
    """What is wrong with a new passphrase, typed twice; empty where nothing is."""
    if len(first) < SHORTEST_PASSPHRASE:
        return told("Choose a passphrase of at least %1 characters.", SHORTEST_PASSPHRASE)
    return tr("The two passphrases are not the same.") if first != again else ""


def place_warning(folder: Path) -> str:
    """Why a folder is no good place for a case, in one sentence; empty where nothing is known."""
    shown = folder.as_posix().casefold() + "/"
    if any(name in shown for name in _CLOUD):
        return tr("This folder seems to be copied to a cloud. Keep the case where no copy leaves.")
    storage = QStorageInfo(str(folder))
    kind = bytes(storage.fileSystemType().data()).decode("utf-8", "replace").casefold()
    if kind in _NETWORK:
        return tr("This folder is on another computer. Keep the case on a disk of this one.")
    if any(shown.startswith(start) for start in _REMOVABLE):
        return tr("This drive can be removed. A case is safer on a disk that stays.")
    return ""
