"""Linux: what is done to the native libraries of a fresh bundle, with binutils alone."""

from __future__ import annotations

import platform
import re
import tempfile
from pathlib import Path

from dev_common import DevError, must

# These come with their symbols, which are up to nine tenths of them. Stripping everything broke
# numpy's OpenBLAS ("not page-aligned").
WITH_SYMBOLS = (
    *("libpython3*", "python3*/lib-dynload/*.so", "rars/*.so", "sqlcipher3/*.so", "pypff*.so"),
    *("sqlalchemy/*/*.so", "tesserocr/*.so", "PIL/*.so", "cryptography/hazmat/bindings/*.so"),
)

# The one library under the GPL that a wheel brings: a fax decoder, which tesserocr's libtiff asks
# for when it is loaded. Text recognition is handed pixels and never a TIFF, so nobody calls it.
JBIG = "libjbig-*.so*"
JBIG_CALLS = (
    *("jbg_dec_init", "jbg_dec_in", "jbg_dec_getsize", "jbg_dec_getimage", "jbg_dec_free"),
    *("jbg_enc_init", "jbg_enc_out", "jbg_enc_free", "jbg_newlen", "jbg_strerror"),
)
# Whatever is called answers with the address of this sentence: an error's text where one is asked
# for, and as a number not zero, which is a failure.
_SENTENCE = "this build reads no JBIG"
_ANSWERS = {
    "x86_64": "lea answer(%rip), %rax\n    ret",
    "aarch64": "adr x0, answer\n    ret",
}


# The oldest C library that packages promise to work with: that of Ubuntu 22.04.
GLIBC = (2, 35)
_SYMBOLS = re.compile(rb"GLIBC_(\d+)\.(\d+)\0")


def newest_glibc(bundle: Path) -> tuple[tuple[int, int], str]:
    """The newest version of the C library that a file of the bundle asks for, and which file."""
    asked = [((0, 0), "")]
    for path in sorted(bundle.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.suffix in (".pyc", ".py"):
            continue
        data = path.read_bytes()
        if data.startswith(b"\x7fELF"):
            asked += [((int(m[1]), int(m[2])), path.name) for m in _SYMBOLS.finditer(data)]
    return max(asked)


def check_glibc(bundle: Path) -> None:
    """Raises DevError where a file would not load on the oldest system that is promised."""
    newest, name = newest_glibc(bundle)
    if newest > GLIBC:
        asked, promised = (".".join(map(str, each)) for each in (newest, GLIBC))
        raise DevError(
            f"{name} asks for glibc {asked}, and packages promise {promised}: build on an older "
            "system, or leave the file out in evidencebox.spec where every system has it."
        )


def tidy(internal: Path) -> None:
    """Takes symbols out, and puts a stand-in where the GPL's library was.

    Args:
        internal: the bundle's folder of libraries.

    Raises:
        DevError: where a tool fails.
    """
    heavy = [path for name in WITH_SYMBOLS for path in sorted(internal.glob(name))]
    must(["strip", "--strip-unneeded", *heavy], "binutils' strip failed.")
    for library in sorted(internal.glob(f"*.libs/{JBIG}")):
        stand_in(library)


def assembly(machine: str) -> str:
    """The stand-in's source.

    Raises:
        DevError: for a processor that we have no words for.
    """
    answer = _ANSWERS.get(machine)
    if answer is None:
        raise DevError(f"No stand-in for JBIG is written for {machine}: see package_native.py.")
    calls = "\n".join(
        f".globl {name}\n.type {name}, %function\n{name}:\n    {answer}\n.size {name}, .-{name}"
        for name in JBIG_CALLS
    )
    note = '.section .note.GNU-stack,"",%progbits'
    return f'.text\n{calls}\nanswer: .asciz "{_SENTENCE}"\n{note}\n'


def stand_in(library: Path) -> None:
    """Replaces a library by one of the same name that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder, "jbig.s"), Path(folder, "jbig.o")
        source.write_text(assembly(platform.machine()), encoding="ascii")
        must(["as", "-o", made, source], "binutils' as failed.")
        must(
            ["ld", "-shared", "--build-id=none", "-soname", library.name, "-o", library, made],
            "binutils' ld failed.",
        )
    library.chmod(0o755)
