"""The language of pages."""
# ruff: noqa: RUF001 - letters of other languages are what this is about

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencebox.extract.language import language_of

SAID = {
    "en": "The officer did not say why he had been at the house that night, or who was with him.",
    "es": "El agente no dijo por qué estaba en la casa esa noche ni quién había venido con él.",
    "fr": "L'agent n'a pas dit pourquoi il était dans la maison cette nuit, ni qui était avec lui.",
    "de": "Der Beamte sagte nicht, warum er in der Nacht im Haus war und wer mit ihm da war.",
    "pt": "O agente não disse por que estava na casa naquela noite, nem quem tinha vindo com ele.",
    "it": "L'agente non ha detto perché era nella casa quella notte, né chi era venuto con lui.",
    "nl": "De agent zei niet waarom hij die nacht in het huis was, en wie er met hem was gekomen.",
    "vi": "Viên cảnh sát không nói vì sao ông đã ở trong nhà đêm đó và những người nào đi với ông.",
    "ru": "Офицер не сказал, почему он был в доме той ночью и кто приехал вместе с ним.",
    "uk": "Офіцер не сказав, чому він був у будинку тієї ночі і хто приїхав разом із ним.",
    "zh": "警官没有说明那天晚上他为什么在那所房子里,也没有说是谁和他一起来的。",
    "ja": "警官はその夜なぜその家にいたのか、誰と一緒に来たのかを言わなかった。",
    "ko": "경찰관은 그날 밤 왜 그 집에 있었는지, 누가 함께 왔는지 말하지 않았다.",
    "ar": "لم يقل الضابط لماذا كان في المنزل تلك الليلة ولا من جاء معه إلى هناك.",
}


@pytest.mark.parametrize("language", SAID)
def test_a_sentence_tells_its_language(language: str) -> None:
    assert language_of(SAID[language]) == language


@pytest.mark.parametrize(
    "text",
    ["", "Dock 7", "SMITH, JOHN 4471 12-3456 ACTIVE", "for (int i = 0; i < n; i++) s += x[i];",
     "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt"],
)  # fmt: skip
def test_what_is_no_prose_is_in_no_language(text: str) -> None:
    assert language_of(text) == ""


@given(st.text(max_size=300))
def test_anything_is_a_code_or_nothing(text: str) -> None:
    assert len(language_of(text)) in (0, 2)


def test_documents_have_the_languages_of_their_pages(read: Any) -> None:
    pages = (SAID["es"] + "\n") * 40 + (SAID["en"] + "\n") * 200 + "1 2 3\n" * 2_000
    assert read(pages.encode(), "a.txt").metadata["language"] == ["en", "es"]
    assert "language" not in read(b"4471", "a.txt").metadata


def test_headers_of_mail_do_not_speak_for_its_text(read: Any) -> None:
    head = "Subject: " + SAID["en"] + "\n" + "".join(f"Cc: a{n}@example.org\n" for n in range(90))
    found = read(("From: a@example.org\n" + head + "\n" + SAID["fr"]).encode(), "a.eml")
    assert found.metadata["language"] == ["fr"]
