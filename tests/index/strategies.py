"""Documents and queries over the whole language, for hypothesis."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from evidencebox.index.invert import TEXT_FIELDS
from evidencebox.model.documents import Layer, Page
from evidencebox.model.indexing import IndexEntry
from tests.index.helpers import document

WORDS = (
    "ann", "bob", "will", "wills", "O'Neil", "o’neil's", "home", "12-3456", "12-3456/B", "#4471",
    "a.b@c.gov", "exam-\nple", "example", "Ünal", "漢字", "1,234", "an", "of", "smith", "smyth",
    "smiht", "walking", "walked", "William", "Bill",
)  # fmt: skip
PLAIN = (
    "ann", "bob", "will", "home", "O'Neil", "12-3456", "#4471", "4471", "a.b@c.gov", "c.gov",
    "example", "exam", "unal", "漢", "漢字", "1,234", "smith", "will,ann", "absent", "an", "of",
)  # fmt: skip
WILD = ("wi*", "w?ll", "o'n*", "*@c.gov", "b@*", "*s", "*ith", "s*h", "*i*", "??-*", "12-*", "ex*")
FUZZY = ("smith", "ann", "bob", "will", "o'neil", "oneil", "example", "unal", "hmoe", "exmaple")
REGEX = (
    "/smi?th/", "/w.*/", "/[a-s]+/", r"/\d+-\d+/", "/(ann|bob)/", "/.*l{2}.*/", "/O'n.*/",
    "/.*/", "/[^a]+/", "/ü?nal/",
)  # fmt: skip
FORMS = ("stem(walking)", "stem(wills)", "stem(homing)", "name(William)", "name(ann)")
PHRASES = (
    '"an example of"', '"o\'neil home"', '"ann bob"', '"ann bob"~3', '"w* home"', '"exam ple"',
    '"12 3456"', '"an ex* of"', '"ex* ple"', '"ann an"~2', '"漢 字"', '"ann ann"~4',
)  # fmt: skip
FILTERS = (
    "type:mail", "type:m*", "NOT type:pdf", "folder:a", 'folder:"a/b c"', "hash:0", "hash:f",
    "id:EB-1", "*", "pages:1", "pages:>=2", "pages:0..1", "size:>1kB", "size:..100", "size:7",
    "date:2021", "date:2021-04", "date:>=2021-04-02", 'date:"first week of April 2021"',
    "date:..2020", "date:2020..2021-03", 'date:"before April 2021"',
    "officer:X harm:>=3", "label:a", "has:tag", "thread:EB-X1", "is:reviewed", "exhibit:PX-1",
    "category:ssn harm:2", "is:failed", "has:attachment",
)  # fmt: skip

_fuzzy = st.builds(
    "{}~{}".format, st.sampled_from(FUZZY), st.sampled_from(("", "1", "2", "2/1", "1/3", "2/2"))
)
single = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from(PLAIN),
    st.sampled_from(WILD),
    _fuzzy,
    st.sampled_from(REGEX),
    st.sampled_from(FORMS),
    st.sampled_from(PHRASES),
)
_any_of = st.lists(single, min_size=2, max_size=3).map(lambda some: f"({' OR '.join(some)})")
_operator = st.builds(
    "{}/{}".format, st.sampled_from(("W", "PRE", "w", "pre")), st.sampled_from((1, 2, 3, 7))
)


@st.composite
def near(draw: st.DrawFn) -> str:
    """`a W/2 (b OR c) PRE/1 d`, in parentheses."""
    operand = st.one_of(single, single, _any_of)
    said = draw(operand)
    for _ in range(draw(st.integers(1, 3))):
        said += f" {draw(_operator)} {draw(operand)}"
    return f"({said})"


scored = st.one_of(
    single,
    single,
    near(),
    st.builds("({}) {} {}".format, st.builds("{} {}".format, single, single), _operator, single),
    st.builds("{}:{}".format, st.sampled_from(("subject", "name", "from", "author")), single),
    st.builds("{}:{}".format, st.sampled_from(("subject", "author")), near()),
    st.builds("path:{}".format, st.sampled_from(("ann", "o'neil", "wi*", '"ann bob"'))),
)
weighted = st.one_of(
    scored, st.builds("({})^{}".format, scored, st.sampled_from(("2", "0.5", "10")))
)
queries = st.recursive(
    st.one_of(weighted, weighted, st.sampled_from(FILTERS)),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        st.tuples(inner, inner).map(" AND ".join),
        inner.map(lambda text: f"({text})"),
        inner.map(lambda text: f"NOT ({text})"),
        inner.map(lambda text: f"({text})^3"),
    ),
    max_leaves=5,
)

texts = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
_dates = st.one_of(
    st.none(),
    st.datetimes(datetime.datetime(2020, 12, 1), datetime.datetime(2021, 5, 30)).map(
        lambda moment: int(moment.replace(tzinfo=datetime.UTC).timestamp())
    ),
)


@st.composite
def entries(draw: st.DrawFn, number: int) -> IndexEntry:
    """One document: pages of two layers, fields, keywords, date and size."""
    layers = (Layer.TEXT, Layer.TEXT, Layer.OCR)
    pages = tuple(
        Page(draw(st.integers(1, 2)) if layer is Layer.OCR else at, draw(texts), layer=layer)
        for at, layer in enumerate(layers[: draw(st.integers(0, 3))], 1)
    )
    names = draw(st.sets(st.sampled_from(TEXT_FIELDS), max_size=2))
    keywords: dict[str, tuple[str, ...]] = {"type": (draw(st.sampled_from(("mail", "pdf"))),)}
    for name, values in (("folder", ("a", "a/b c")), ("is", ("failed",)), ("has", ("attachment",))):
        if draw(st.booleans()):
            keywords[name] = values
    return IndexEntry(
        document(number),
        pages,
        {name: draw(texts) for name in sorted(names)},
        keywords,
        draw(_dates),
        draw(st.sampled_from((0, 7, 100, 1024, 5000))),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[list[IndexEntry] | int]:
    """What befalls an index: documents added or replaced together, or one removed, in order."""
    history: list[list[IndexEntry] | int] = []
    for _ in range(draw(st.integers(1, 4))):
        numbers = draw(st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True))
        history.append([draw(entries(number)) for number in numbers])
        if draw(st.booleans()):
            history.append(draw(st.integers(0, 7)))
    return history
