#!/usr/bin/env python3
"""Checks a ledger, or an export, that EvidenceBox handed out. Needs nothing of EvidenceBox.

    pip install cryptography
    python evidencebox_verify.py FOLDER [--head HEAD]

A ledger's FOLDER holds acts.jsonl (one act a line, in the order of arrival), head.json, and
manifest.json (the SHA-256 of every file). An export has manifest.json, SHA256SUMS and manifest.sig,
which vouch for each other; without `cryptography` its files are checked and its signature is not.
What is checked:

1. Every file has the SHA-256 that the manifest gives, and there is no other file. Of an export also
   that manifest.sig is an Ed25519 signature on the manifest, whose author it names.
2. Every act: its id is the SHA-256 of its canonical form (JSON, keys sorted, no spaces, ASCII); its
   author's Ed25519 signature over that id holds; it names the act before it in the chain of its
   author and device, numbered without a gap.
3. What it says: each part of the content hashes, with its salt, to what the act committed to. A
   part may be missing where an act of the kind `purge.order` names its document, or where content
   was left out of the whole file ("content": false in head.json) or of kinds of acts ("left_out").
4. The order of arrival: head = SHA-256(head before, act id), act by act, ends at the head in
   head.json; and at HEAD, where one is given that was printed or handed over earlier: after how
   many acts it was reached. A ledger that was rewritten since cannot reach it.

Exit status: 0 it holds; 1 it does not, and the first bad act or file is named; 2 it cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

START = "0" * 64  # what the first act of a chain, and the first receipt, follow
SIGNED = ("author", "clock", "device", "kind", "payload", "previous", "seq", "targets", "utc")
KEPT_THOUGH_PURGED = {
    "purge.order", "sealed.look", "sealed.export", "material.report", "material.clear",
}  # fmt: skip


class Bad(Exception):
    """Something does not hold; the message says what."""


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def act_id(act):
    body = {name: act[name] for name in SIGNED}
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return sha256("evidencebox act 1\0" + canonical)


def signature_holds(act, digest, about=b"evidencebox act 1\0"):
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(act["author"]))
    try:
        key.verify(bytes.fromhex(act["signature"]), about + bytes.fromhex(digest))
    except InvalidSignature:
        return False
    return True


def check_content(act, purged, content, left_out):
    hashes = [part["hash"] for part in act["parts"]]
    committed = (
        hashes[0] if len(hashes) == 1 else sha256("evidencebox parts 1\0" + "\n".join(hashes))
    )
    if not hashes or committed != act["payload"]:
        raise Bad("its content was altered")
    documents = [target.get("document") for target in act["targets"]]
    for number, part in enumerate(act["parts"]):
        if part["body"] is not None:
            salted = bytes.fromhex(part["salt"]) + part["body"].encode()
            if hashlib.sha256(salted).hexdigest() != part["hash"]:
                raise Bad("its content was altered")
        elif content and act["kind"] not in left_out:
            about = set(documents) if number == 0 else {documents[number - 1]}
            if act["kind"] in KEPT_THOUGH_PURGED or not about <= purged:
                raise Bad("its content was removed without an order")


def check_acts(acts, content, left_out, wanted):
    """The head after all acts; raises Bad, naming the first bad act. `wanted`: an earlier head."""
    purged = {
        target["document"]
        for act in acts
        if act["kind"] == "purge.order"
        for target in act["targets"]
    }
    ends, head, reached = {}, START, wanted == START
    for number, act in enumerate(acts, start=1):
        try:
            digest, chain = act_id(act), (act["author"], act["device"])
            if not signature_holds(act, digest):
                raise Bad("its signature does not hold, or it was altered")
            if (act["seq"] - 1, act["previous"]) != ends.get(chain, (0, START)):
                raise Bad("its chain is broken before it")
            check_content(act, purged, content, left_out)
        except Bad as bad:
            raise Bad(f"act {number} ({act['kind']}, {act['utc']}): {bad}") from None
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise Bad(f"act {number} cannot be read") from None
        ends[chain] = (act["seq"], digest)
        head = sha256(f"evidencebox receipt 1\0{head}\0{digest}")
        if head == wanted:
            reached = True
            print(f"The earlier head was reached after act {number}.")
    if wanted and not reached:
        raise Bad("the ledger never had the head that was given: it was rewritten or cut off since")
    return head


def check_ledger(folder, wanted):
    said = json.loads((folder / "head.json").read_text(encoding="utf-8"))
    lines = (folder / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    acts = []
    for number, line in enumerate(lines, start=1):
        try:
            acts.append(json.loads(line))
            if not isinstance(acts[-1]["targets"], list) or not isinstance(acts[-1]["kind"], str):
                raise ValueError
        except (ValueError, TypeError, KeyError):
            raise Bad(f"act {number} cannot be read") from None
    head = check_acts(acts, said["content"], said.get("left_out", []), wanted)
    if (len(acts), head) != (said["acts"], said["head"]):
        raise Bad(f"it ends after act {len(acts)}, not at the head that head.json gives")
    return f"{len(acts)} acts hold; head {head}."


def file_sha256(path):
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def check_manifest(folder):
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    for name in sorted(there - set(listed) - {"manifest.json"}):
        raise Bad(f"{name} is not in the manifest")
    for name, expected in sorted(listed.items()):
        if name not in there:
            raise Bad(f"{name} is missing")
        if file_sha256(folder / name) != expected:
            raise Bad(f"{name} was altered")
    return f"{len(listed)} files are as the manifest gives them."


# --- exports ------------------------------------------------------------------------------------

MANIFEST, SIGNATURE, SUMS = "manifest.json", "manifest.sig", "SHA256SUMS"


def read(path):
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def said_by_manifest(data):
    try:
        said = json.loads(data)
        if said["format"] == "evidencebox export 1" and isinstance(said["files"], dict):
            return said
    except (ValueError, KeyError, TypeError):
        pass
    return None


def said_by_sums(data):
    found = (re.fullmatch(rb"([0-9a-f]{64})  ([^\n]+)", line) for line in data.split(b"\n"))
    return {m[2].decode("utf-8", "replace"): m[1].decode() for m in found if m}


def said_by_signature(data):
    """The digest that is signed, or None where the signature is not sound."""
    try:
        said = json.loads(data)
        names = ("manifest_sha256", "author", "signature")
        parts = {name: str(said[name]) for name in names}
        hexes = all(re.fullmatch("[0-9a-f]*", part) for part in parts.values())
        if not hexes or (json.dumps(parts, indent=1) + "\n").encode() != data:
            return None
        digest = parts["manifest_sha256"]
        if Ed25519PublicKey is None:
            return digest
        return digest if signature_holds(parts, digest, b"evidencebox export 1\0") else None
    except (ValueError, KeyError, TypeError):
        return None


def check_papers(folder):
    """What is wrong with manifest.json, manifest.sig and SHA256SUMS, and the files' hashes."""
    data = {name: read(folder / name) for name in (MANIFEST, SIGNATURE, SUMS)}
    manifest = hashlib.sha256(data[MANIFEST]).hexdigest()
    said, sums = said_by_manifest(data[MANIFEST]), said_by_sums(data[SUMS])
    signed = said_by_signature(data[SIGNATURE])
    good = said is not None and manifest in (sums.get(MANIFEST), signed)
    wrong = [] if good else [MANIFEST]
    if signed is None or (good and signed != manifest):
        wrong.append(SIGNATURE)
    if not good:
        return wrong, {name: sha for name, sha in sums.items() if name != MANIFEST}
    files = said["files"]
    lines = "".join(f"{sha}  {name}\n" for name, sha in [*files.items(), (MANIFEST, manifest)])
    if data[SUMS] != lines.encode():
        wrong.append(SUMS)
    return wrong, files


def check_export(folder):
    if (folder / "UNFINISHED.txt").exists():
        raise Bad("the export was interrupted and is not whole")
    wrong, files = check_papers(folder)
    problems = [f"{name} was altered or is missing" for name in wrong]
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*")}
    for name, path in sorted(there.items()):
        known = name in files or name in (MANIFEST, SIGNATURE, SUMS) or path.is_dir()
        if path.is_symlink() or not known:
            problems.append(f"{name} is not in the manifest")
    for name, expected in files.items():
        if name not in there or not there[name].is_file() or there[name].is_symlink():
            problems.append(f"{name} is missing")
        elif file_sha256(there[name]) != expected:
            problems.append(f"{name} was altered")
    if problems:
        raise Bad("; ".join(problems))
    unsigned = " Its signature was NOT checked: there is no `cryptography` here."
    more = unsigned if Ed25519PublicKey is None else " The signature on the manifest holds."
    return f"{len(files)} files are as the manifest gives them.{more}"


def main(arguments):
    if len(arguments) not in (1, 3) or (len(arguments) == 3 and arguments[1] != "--head"):
        print(__doc__)
        return 2
    folder, wanted = Path(arguments[0]), arguments[2].lower() if len(arguments) == 3 else ""
    status = 0
    checks = []
    own = (SUMS, SIGNATURE, "UNFINISHED.txt")
    if said_by_manifest(read(folder / MANIFEST)) or any((folder / n).exists() for n in own):
        checks.append(lambda: check_export(folder))
    else:
        if Ed25519PublicKey is None:
            print("A ledger's signatures need the library cryptography: pip install cryptography")
            return 2
        if (folder / "acts.jsonl").exists():
            checks.append(lambda: check_ledger(folder, wanted))
        checks.append(lambda: check_manifest(folder))
    for check in checks:
        try:
            print(check())
        except Bad as bad:
            print(f"DOES NOT HOLD: {bad}.")
            status = 1
        except (OSError, ValueError, KeyError) as error:
            print(f"Cannot be read: {error!r}.")
            return 2
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
