"""The part of the fake desk that keeps the promises of `ui/coding_port.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evidencebox.analysis.difference import Difference as TextDifference
from evidencebox.analysis.difference import difference
from evidencebox.errors import UserError
from evidencebox.model.coding import BatchPreview, Coding, Kin, ProposedHarm, Suggested, by_officer
from evidencebox.model.documents import Layer
from evidencebox.model.filters import Filter
from evidencebox.model.harm import Harm
from evidencebox.model.ids import ActId, DocumentId, OfficerId
from evidencebox.model.people import Officer
from evidencebox.model.review import Anchor
from evidencebox.model.reviewing import Agreement, Difference, Progress
from evidencebox.model.suggestions import Answer, Element, Mention
from evidencebox.model.views import Done, SavedSearch, Similar

if TYPE_CHECKING:
    from tests.ui.fake_desk import FakeDocument


class FakeCoding:
    """Mixed into `FakeDesk`, which brings the trove, the roster, and one undo a call of `_do`."""

    if TYPE_CHECKING:
        trove: dict[DocumentId, FakeDocument]
        roster: list[Officer]

        @property
        def state(self) -> Any: ...

        @property
        def tags(self) -> list[Any]: ...

        def _enter(self, name: str, *args: object) -> None: ...
        def _do(self, state: Any) -> None: ...
        def tag(self, *args: Any) -> Done: ...
        def search(self, query: str, sort: str = "") -> Any: ...

    def __init__(self) -> None:
        self.answers: dict[tuple[DocumentId, OfficerId], Answer] = {}
        self.rules: dict[OfficerId, Answer] = {}
        self.saved: dict[str, SavedSearch] = {}
        self.new: dict[str, int] = {}
        self.remembered: list[str] = []
        self.sampled: list[str] = []
        self.severe = 0
        self.looked: dict[str, Answer] = {}
        """What was answered of data, by what stands there."""

    def mentions(self, document: DocumentId) -> list[Mention]:
        """Who is named by surname."""
        found = []
        for officer in self.roster[:3]:
            for number, text in enumerate(self.trove[document].pages, 1):
                start = text.find(officer.last)
                if start >= 0:
                    said = self.answers.get((document, officer.id), self.rules.get(officer.id))
                    found.append(
                        Mention(
                            document,
                            number,
                            Layer.TEXT,
                            start,
                            start + len(officer.last),
                            officer.id,
                            "last",
                            officer.last,
                            0.9 if officer.last == "Quill" else 0.6,
                            "rank",
                            f"Surname {officer.last} after a rank.",
                            said,
                        )
                    )
        return found

    def suggestions(self, document: DocumentId) -> list[Suggested]:
        self._enter("suggestions", document)
        return by_officer(self.mentions(document), {o.id: o for o in self.roster})

    def exposed(self, document: DocumentId, page: int, layer: Layer) -> list[Element]:
        self._enter("exposed", document, page, layer)
        known = self.trove[document]
        pages = known.pages if layer is Layer.TEXT else known.recognised
        return [
            Element(
                document, page, layer, each.start(), each.end(), "address", "•• Elm Street", 0.9,
                "A house number before a street.", decision=self.looked.get(each.group()),
            )
            for each in re.finditer(r"\d+ Elm Street|\$[\d,]+\d", pages[page - 1])
        ]  # fmt: skip

    def proposed_harm(self, document: DocumentId) -> list[ProposedHarm]:
        self._enter("proposed_harm", document)
        if "polygraph" not in " ".join(self.trove[document].pages):
            return []
        why = ("+2  a polygraph", "+1  a finding")
        return [ProposedHarm(self.roster[0], Harm.HIGH, "polygraph, p. 2", why)]

    def answer(self, found: Sequence[Mention], said: Answer, everywhere: bool = False) -> Done:
        self._enter("answer", tuple(found), said, everywhere)
        for each in found:
            self.answers[each.document, each.officer] = said
            if everywhere:
                self.rules[each.officer] = said
        return Done(ActId("answer"), f"Suggestion {said}")

    def elsewhere(self, found: Sequence[Mention]) -> int:
        self._enter("elsewhere")
        here, officer = found[0].document, found[0].officer
        named = (m for d in self.trove if d != here for m in self.mentions(d))
        return len({m.document for m in named if m.officer == officer and m.decision is None})

    def label(self, documents: Sequence[DocumentId], name: str, on: bool) -> Done:
        self._enter("label", tuple(documents), name, on)
        pairs = {(document, name) for document in documents}
        before = self.state.labels
        self._do(replace(self.state, labels=before | pairs if on else before - pairs))
        return Done(ActId("label"), f"Label {name}")

    def preview(self, documents: Sequence[DocumentId], coding: Coding) -> BatchPreview:
        self._enter("preview", len(documents), coding)
        own = {t.anchor.document: t for t in self.tags if t.officer == coding.officer.id}
        there = [own[d] for d in documents if d in own]
        same = [t for t in there if t.harm == coding.harm]
        other = Counter(t.harm for t in there if t.harm != coding.harm)
        return BatchPreview(
            len(documents), len(documents) - len(there), len(same), tuple(other.items()), 0
        )

    def code_all(self, documents: Sequence[DocumentId], coding: Coding, overwrite: bool) -> Done:
        self._enter("code_all", tuple(documents), coding, overwrite)
        own = {t.anchor.document for t in self.tags if t.officer == coding.officer.id}
        wanted = [d for d in documents if overwrite or d not in own]
        if not wanted:
            raise UserError("Nothing to do: all of these documents are coded for that officer.")
        before = len(self.done)  # type: ignore[attr-defined]
        for each in wanted:
            self.tag(Anchor(each), coding.officer.id, coding.harm, coding.categories, coding.note)
        del self.done[before:-1]  # type: ignore[attr-defined]
        return Done(ActId("batch"), f"{coding.harm.word} set on {len(wanted)} documents")

    def review_all(self, documents: Sequence[DocumentId], on: bool) -> Done:
        self._enter("review_all", tuple(documents), on)
        rest = self.state.reviewed - set(documents)
        self._do(replace(self.state, reviewed=rest | set(documents) if on else rest))
        return Done(ActId("batch"), f"{len(documents)} documents marked reviewed")

    def kin(self, document: DocumentId) -> Kin:
        self._enter("kin", document)
        others = [d for d in self.trove if d != document]
        return Kin(tuple(others[1:3]), (Similar(others[0], 0.93, "near-duplicate"),))

    def compare(self, one: DocumentId, other: DocumentId) -> tuple[str, str, TextDifference]:
        self._enter("compare", one, other)
        texts = ["\f".join(self.trove[each].pages) for each in (one, other)]
        return texts[0], texts[1], difference(texts[0], texts[1])

    def like_query(self, document: DocumentId) -> str:
        self._enter("like_query", document)
        return "polygraph OR examiner"

    def completions(self, text: str) -> list[str]:
        self._enter("completions", text)
        words = ("polygraph", "polygrapher", "polymer")
        return [word for word in words if word.startswith(text) and word != text]

    def saved_searches(self) -> list[tuple[SavedSearch, int, int]]:
        self._enter("saved_searches")
        return [
            (each, len(self.search(each.composed).documents), self.new.get(name, 0))
            for name, each in sorted(self.saved.items())
        ]

    def save_search(self, name: str, query: str, sort: str, filters: Sequence[Filter]) -> Done:
        self._enter("save_search", name, query)
        if not name.strip():
            raise UserError("The name of a search has 1 to 100 characters.")
        made = SavedSearch(ActId(name), name, query, sort, tuple(filters), "Robin", True, "")
        self.saved[name] = made
        return Done(ActId(name), f"Search “{name}” saved")

    def delete_search(self, name: str) -> Done:
        self._enter("delete_search", name)
        del self.saved[name]
        return Done(ActId(name), f"Search “{name}” deleted")

    def see_search(self, saved: SavedSearch) -> None:
        self._enter("see_search", saved.name)
        self.new.pop(saved.name, None)

    def assign(self, query: str, names: Sequence[str]) -> list[Done]:
        self._enter("assign", query, tuple(names))
        if not names:
            raise UserError("Say who is to review: one name or more.")
        return [Done(ActId("assign"), f"Label for {name} set on 1 document") for name in names]

    def draw_sample(self, name: str, query: str, count: int) -> Done:
        self._enter("draw_sample", name, query, count)
        self.sampled.append(name)
        return Done(ActId("sample"), f"Label sample {name} set on {count} documents")

    def samples(self) -> list[str]:
        self._enter("samples")
        return list(self.sampled)

    def agreement(self, name: str) -> Agreement:
        self._enter("agreement", name)
        first = next(iter(self.trove))
        levels = (("Robin", Harm.HIGH), ("Kim", None))
        return Agreement(3, 2, 1, (Difference(first, "Quill, Dana", levels),))

    def progress(self, query: str) -> Progress:
        self._enter("progress", query)
        found = self.search(query).documents
        done = len(self.state.reviewed & set(found))
        return Progress(len(found), done, (("Robin", done),), done, self.severe)

    def own_queue(self) -> str:
        self._enter("own_queue")
        return "polygraph"

    def history(self) -> list[str]:
        self._enter("history")
        return list(self.remembered)

    def remember(self, query: str) -> None:
        self._enter("remember", query)
        self.remembered = [query, *(each for each in self.remembered if each != query)]
