"""header.json: what opens it, what does not, and what attacks come to."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencebox.errors import UserError
from evidencebox.vault import header, header_json, keys
from evidencebox.vault.header import Header, Unlocked
from evidencebox.vault.keys import WrongKey

ONE = Unlocked(b"K" * 32, b"1" * 32)
TWO = Unlocked(b"K" * 32, b"2" * 32)
Body = dict[str, Any]


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Header, str]:
    """A folder with a header of two reviewers and a recovery code."""
    head = header.add_passphrase(header.new_header(), ONE, "first words")
    head = header.add_passphrase(head, TWO, "second words")
    head, code = header.add_recovery(head, ONE.case_key)
    header.save(tmp_path, head)
    return tmp_path, head, code


def tamper(folder: Path, change: Callable[[Body], object], *, honest: bool = False) -> None:
    """Changes both files as one who knows the format would; `honest` leaves the checksum."""
    for name in ("header.json", "header.copy.json"):
        body = json.loads((folder / name).read_text())
        checksum = body.pop("checksum")
        change(body)
        body["checksum"] = checksum if honest else header_json.checksum(body)
        (folder / name).write_text(json.dumps(body))


def slots(body: Body, kind: str) -> list[Body]:
    return [slot for slot in body["slots"] if slot["kind"] == kind]


def test_each_reviewer_opens_his_own_slot(made: tuple[Path, Header, str]) -> None:
    folder, head, _ = made
    loaded = header.load(folder)
    assert loaded == head
    assert header.unlock(loaded, "first words") == ONE
    assert header.unlock(loaded, "second words") == TWO


def test_recovery_opens_when_the_passphrases_are_lost(made: tuple[Path, Header, str]) -> None:
    folder, _, code = made
    tamper(folder, lambda body: body.update(slots=slots(body, "recovery")))
    assert header.recover(header.load(folder), code.lower()) == ONE.case_key


def test_another_cases_code_opens_nothing(made: tuple[Path, Header, str]) -> None:
    folder, _, _ = made
    with pytest.raises(WrongKey, match="not this case's"):
        header.recover(header.load(folder), keys.write_code(bytes(32)))


def test_a_code_is_no_passphrase_and_the_other_way_round(made: tuple[Path, Header, str]) -> None:
    folder, _, code = made
    with pytest.raises(WrongKey):
        header.unlock(header.load(folder), code)
    with pytest.raises(UserError, match="56 letters"):
        header.recover(header.load(folder), "first words")


def test_an_empty_passphrase_makes_no_slot() -> None:
    with pytest.raises(UserError, match="empty"):
        header.add_passphrase(header.new_header(), ONE, "")


def test_wrong_passphrases_get_one_sentence_and_change_nothing(
    made: tuple[Path, Header, str],
) -> None:
    folder, _, _ = made
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}
    rng = random.Random(1)
    sentences = set()
    for number in range(300):
        wrong = "".join(rng.choices("abc \0é", k=number % 40))
        with pytest.raises(WrongKey) as caught:
            header.unlock(header.load(folder), wrong)
        sentences.add(str(caught.value))
    assert len(sentences) == 1
    assert before == {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


def swap(name: str) -> Callable[[Body], object]:
    def change(body: Body) -> None:
        one, two = slots(body, "passphrase")
        one[name], two[name] = two[name], one[name]

    return change


def weaken(body: Body) -> None:
    for slot in slots(body, "passphrase"):
        slot["argon2id"]["lanes"] = 1


def rename(body: Body) -> None:
    body["case"] = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "change",
    [swap("box"), swap("salt"), swap("id"), weaken, rename],
    ids=["box swapped", "salt swapped", "id swapped", "cost weakened", "renamed"],
)
def test_what_a_tamperer_changes_opens_no_more(
    made: tuple[Path, Header, str], change: Callable[[Body], object]
) -> None:
    folder, _, _ = made
    tamper(folder, change)
    for passphrase in ("first words", "second words"):
        with pytest.raises(WrongKey, match="does not open this case"):
            header.unlock(header.load(folder), passphrase)


def test_the_recovery_box_is_bound_to_its_slot(made: tuple[Path, Header, str]) -> None:
    folder, _, code = made
    tamper(folder, lambda body: slots(body, "recovery")[0].update(id="0" * 16))
    with pytest.raises(WrongKey):
        header.recover(header.load(folder), code)


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 1 << 40, "passes": 3, "lanes": 4},
        {"memory_kib": 64, "passes": 1 << 30, "lanes": 4},
        {"memory_kib": 8, "passes": 1, "lanes": 4},
    ],
)
def test_costs_out_of_bounds_are_refused_before_they_are_run(
    made: tuple[Path, Header, str], monkeypatch: pytest.MonkeyPatch, cost: dict[str, int]
) -> None:
    folder, _, _ = made
    tamper(folder, lambda body: slots(body, "passphrase")[1].update(argon2id=cost))
    monkeypatch.setattr(keys, "stretch", lambda *_: pytest.fail("it was run"))
    with pytest.raises(UserError, match="key settings"):
        header.load(folder)


def test_no_more_slots_are_tried_than_a_case_may_have(made: tuple[Path, Header, str]) -> None:
    folder, _, _ = made
    tamper(folder, lambda body: body.update(slots=body["slots"] * 30))
    with pytest.raises(UserError, match="damaged"):
        header.load(folder)


def test_a_salt_argon2_would_choke_on_is_damage(made: tuple[Path, Header, str]) -> None:
    folder, _, _ = made
    tamper(folder, lambda body: slots(body, "passphrase")[0].update(salt="00"))
    with pytest.raises(UserError, match="damaged"):
        header.load(folder)


def test_one_flipped_bit_costs_nothing_while_the_copy_is_whole(
    made: tuple[Path, Header, str],
) -> None:
    """Or is refused in a sentence, where it hits the format or the cost."""
    folder, head, _ = made
    whole = (folder / "header.json").read_bytes()
    sentences = []
    for at in range(0, len(whole), 3):
        data = bytearray(whole)
        data[at] ^= 1 << (at % 8)
        (folder / "header.json").write_bytes(data)
        try:
            assert header.load(folder) == head
        except UserError as error:
            sentences.append(str(error))
    assert all(
        any(words in s for words in ("key settings", "has format", "trial version"))
        for s in sentences
    )
    assert len(sentences) < len(whole) // 30


@pytest.mark.parametrize("alone", [True, False])
def test_two_hundred_flipped_bits_are_all_noticed(
    made: tuple[Path, Header, str], alone: bool
) -> None:
    """The copy too, or the header alone; nothing that was hurt is ever taken for whole."""
    folder, head, _ = made
    whole = (folder / "header.json").read_bytes()
    rng = random.Random(5)
    silent = []
    for number in range(200):
        name = "header.json" if alone or number % 2 else "header.copy.json"
        place, bit = rng.randrange(len(whole)), rng.randrange(8)
        if alone:
            (folder / "header.copy.json").unlink(missing_ok=True)
        data = bytearray(whole)
        data[place] ^= 1 << bit
        (folder / name).write_bytes(data)
        try:
            loaded = header.load(folder)
        except UserError:
            continue
        finally:
            (folder / name).write_bytes(whole)
        if not loaded.hurt or loaded != head:
            silent.append((name, place, bit))
    assert silent == []


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 900, b"[]", b'"x"', b"7"])
def test_the_copy_is_used_when_the_header_is_hurt(
    made: tuple[Path, Header, str], damage: bytes
) -> None:
    folder, head, _ = made
    (folder / "header.json").write_bytes(damage)
    assert header.load(folder) == head
    (folder / "header.json").unlink()
    assert header.load(folder) == head
    assert header.is_case(folder)
    (folder / "header.copy.json").write_bytes(damage)
    with pytest.raises(UserError, match="damaged, and so is its copy"):
        header.load(folder)


def test_saving_mends_both(made: tuple[Path, Header, str]) -> None:
    folder, head, _ = made
    (folder / "header.json").write_bytes(b"hurt")
    header.save(folder, header.load(folder))
    (folder / "header.copy.json").unlink()
    assert header.load(folder) == head


def test_a_folder_without_a_header_is_no_case(tmp_path: Path) -> None:
    assert not header.is_case(tmp_path)
    with pytest.raises(UserError, match="not an EvidenceBox case"):
        header.load(tmp_path)


def test_a_newer_format_is_left_to_the_newer_version(made: tuple[Path, Header, str]) -> None:
    folder, _, _ = made
    tamper(folder, lambda body: body.update(format=3, more="things"))
    before = (folder / "header.json").read_bytes()
    with pytest.raises(UserError, match="has format 3"):
        header.load(folder)
    assert (folder / "header.json").read_bytes() == before


MUTANTS: list[Any] = [
    *({}, [], "x", 7, None, True, -1, 1e999, "9" * 5000, [[]], {"a": {}}, "٣", "\ud800"),
]


def mutate(rng: random.Random, body: Body) -> None:
    """Replaces, removes or doubles one value anywhere."""
    node: Any = body
    while True:
        key = rng.choice(list(node) if isinstance(node, dict) else range(len(node)))
        child = node[key]
        if isinstance(child, dict | list) and child and rng.random() < 0.7:
            node = child
            continue
        if rng.random() < 0.3:
            del node[key]
        else:
            node[key] = rng.choice(MUTANTS)
        return


@pytest.mark.parametrize("honest", [True, False])
def test_mutated_headers_get_a_sentence_or_open_rightly(
    made: tuple[Path, Header, str], tmp_path_factory: pytest.TempPathFactory, honest: bool
) -> None:
    folder, _, _ = made
    rng = random.Random(2)
    refused = 0
    for _ in range(200):
        copy = tmp_path_factory.mktemp("mutant")
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        tamper(copy, lambda body: mutate(rng, body), honest=honest)
        try:
            # A slot that does not concern him may be gone; what opens must be his.
            assert header.unlock(header.load(copy), "first words") == ONE
        except UserError:
            refused += 1
        shutil.rmtree(copy)
    assert refused >= (200 if honest else 100)


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b"{" * 10, b'{"format":1e999}', b"\xff" * 2_000_000]
)
def test_bytes_made_to_upset_a_parser_are_damage(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "header.json").write_bytes(data)
    with pytest.raises(UserError, match="damaged"):
        header.load(tmp_path)


def test_no_secret_and_no_name_stands_in_it(made: tuple[Path, Header, str]) -> None:
    folder, _, code = made
    for path in folder.iterdir():
        text = path.read_text().lower()
        for secret in ("words", ONE.case_key.hex(), ONE.seed.hex(), code.lower(), code[:9].lower()):
            assert secret not in text
    assert "KKKK" not in repr(ONE)
    assert "1111" not in repr(ONE)


@pytest.mark.usefixtures("real_keys")
def test_cost_of_a_real_slot_is_the_floor() -> None:
    slot = header.add_passphrase(header.new_header(), ONE, "words").slots[0]
    assert slot.cost == keys.KdfCost(64 * 1024, 3, 4)
