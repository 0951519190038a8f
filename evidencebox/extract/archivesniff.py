"""Archives that have no mark of their own, or a weak one: TAR of Unix V7, CPIO in binary."""

from __future__ import annotations

import re
from typing import Final

_CHECKSUM: Final = re.compile(rb" *0*[0-7]+[ \0]+")
_CPIO_MARKS: Final = (b"\xc7\x71", b"\x71\xc7")
_LONGEST_NAME: Final = 1_024


def key(head: bytes) -> str:
    """The kind's key; '' if it is none of these."""
    if _is_tar(head):
        return "tar"
    return "cpio" if _is_cpio(head) else ""


def _is_tar(head: bytes) -> bool:
    """Whether the sum in the first header is right, as bytes or, once usual, as signed ones."""
    stated = head[148:156]
    if len(head) < 512 or not head[0] or not _CHECKSUM.fullmatch(stated):
        return False
    block = head[:148] + b" " * 8 + head[156:512]
    plain = sum(block)
    signed = plain - 256 * sum(byte > 127 for byte in block)
    return int(stated.strip(b" \0"), 8) in (plain, signed)


def _is_cpio(head: bytes) -> bool:
    if not head.startswith(_CPIO_MARKS) or len(head) < 28:
        return False
    length = int.from_bytes(head[20:22], "little" if head[0] == 0xC7 else "big")
    return 1 < length <= _LONGEST_NAME and head[26 + length - 1 : 26 + length] == b"\0"
