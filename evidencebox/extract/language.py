"""The language a page is in, by its script and its commonest words; '' where it cannot be told.

Words were chosen by hand. Of a language that is not here nothing is said, rather than something
false: the best must lead, and enough of the words must be known.
"""

# ruff: noqa: RUF001 - letters of other languages are what this is about

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Final

_WORDS: Final[dict[str, str]] = {
    "en": (
        "the of and to in is that for it was on are as with his they at be this from have or by "
        "had not but what all were when we there can an your which their said if do will each "
        "about how up out them then she many some so these would other into has more her two "
        "him see could no than been who its now people my made over did down only find use may "
        "any our get after also please used should cannot"
    ),
    "es": (
        "de la que el en y a los se del las un por con no una su para es al lo como más pero "
        "sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde "
        "quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos e esto "
        "mí antes algunos qué unos yo otro otras otra él tanto esa estos mucho quienes nada "
        "muchos cual poco ella estar estas fue puede ser está son si archivo usted"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce "
        "il sont avec ou son lui nous mais comme être aux d'un cette y ont été si leur vous sa "
        "même deux elle était tout ses après bien aussi je encore très où fait peut cet sans "
        "ces entre faire c'est n'est d'une fichier non doit avez votre"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch "
        "es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über "
        "einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei hatte "
        "kann gegen vom schon wenn ihre ich wir ihr keine diese dieser unter datei kein konnte "
        "diesem muss"
    ),
    "pt": (
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi "
        "ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até "
        "isso ela entre era depois sem mesmo aos ter seus quem nas me esse eles estão você "
        "tinha foram essa num nem suas meu às minha têm numa pelos são arquivo ficheiro pode "
        "esta este ainda"
    ),
    "it": (
        "di e il la che in un a per è una del non con sono da si le dei nel della al come i lo "
        "gli ha più alla anche dal delle ma se o su questo suo sua ci mi perché quando essere "
        "questa nella ed era stato molto fatto dopo tutto ancora dalla loro alle degli due tra "
        "quella quello cosa chi dove può senza io lui lei noi voi file impossibile deve nome"
    ),
    "nl": (
        "de van het een en in is dat op te zijn voor met die niet aan er om ook als dan maar "
        "bij hij was naar door over ze uit nog kan heeft worden of wordt deze dit tot meer geen "
        "hun wel zou moet al werd ik we je u wij haar had veel hebben zich onder dus na tegen "
        "niets bestand kon naam"
    ),
    "pl": (
        "w i na z do się nie jest że o to od za po jak co dla przez są ale tak tym a lub czy "
        "być może oraz jego był już tylko ze przy tego jej ich ma które który która można nad "
        "pod bez gdy także było jako pliku plik podczas tej"
    ),
    "sv": (
        "och i att det som en på är av för med den till inte om ett har de jag han men var sig "
        "från vi så kan när man hade eller under vid efter nu där skulle du ska mot sin alla "
        "över finns inga ingen filen måste detta denna dessa mycket"
    ),
    "da": (
        "og i at det er en til på som for med den af de ikke har der et han fra var jeg om men "
        "sig vi kan ud vil eller hun efter ved over så nu skal ind mod være blev alle når ingen "
        "filen denne dette findes hvis kunne meget"
    ),
    "no": (
        "og i det er på en som for til av med at den ikke har de et han om fra var jeg men vi "
        "kan seg så ble etter skal eller over ved mot nå være alle når ingen filen denne dette "
        "hvis kunne hvor mye noe ikkje"
    ),
    "fi": (
        "ja on ei se että hän oli mutta ovat kun niin myös joka sen mitä tai kuin ole jos nyt "
        "vain hänen kaikki tämä ne jo voi olla sitten minä mukaan jälkeen ennen kanssa eivät "
        "tiedostoa tiedoston käyttää tämän tiedosto"
    ),
    "cs": (
        "a se v na je že o s z do i to jako k ve pro za by po od si které ale který jeho ze "
        "jsou nebo tak být byl už jen při až není bylo jsem byla která této soubor souboru "
        "pokud může pouze lze"
    ),
    "hu": (
        "a az és hogy nem is egy van volt meg csak de ez már el mint még ki azt ha sem fel vagy "
        "kell azonban lehet minden nagy után fájl nincs amely által lett több között során"
    ),
    "ro": (
        "de și în a la nu cu pe care o din un că mai este să se sau pentru au al fi fost ce ca "
        "dar lui prin după sunt ale cel lor fără către acest această dacă fișierul poate fie "
        "despre"
    ),
    "tr": (
        "ve bir bu için de da ile olarak çok daha ne gibi en var o kadar sonra olan ise değil "
        "ama her ya mi mı onun kendi olduğu olduğunu ben biz dosya yok veya tarafından hiçbir "
        "göre şey"
    ),
    "ca": (
        "de la i el que a en un les per amb del és no una els dels al es més com si ha aquest "
        "aquesta són o però seva seu també pel ser sobre entre fitxer nom quan tots cap molt"
    ),
    "id": (
        "yang dan di dari untuk dengan ini itu dalam tidak pada adalah akan ke oleh ada juga "
        "saya atau mereka telah dapat sebagai kami bisa karena hanya anda lebih sudah berkas "
        "tersebut harus"
    ),
    "vi": (
        "của và là không được người trong cho các những một có đã với này khi đến từ về như ra "
        "cũng để vào lại ông ở tôi nhiều năm thì sẽ trên bị phải hay nếu tập tin đó mà theo "
        "hoặc bạn"
    ),
}
_LEAST_WORDS: Final = 8
_LEAST_HITS: Final = 3
_LEAST_SHARE: Final = 0.12
_LEAD: Final = 1.15
_SAMPLE: Final = 1_000
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SCRIPTS: Final = (
    ("kana", re.compile("[\u3040-\u30ff]")),
    ("han", re.compile("[\u3400-\u9fff]")),
    ("hangul", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("arabic", re.compile("[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")),
    ("hebrew", re.compile("[\u0590-\u05ff]")),
    ("greek", re.compile("[\u0370-\u03ff]")),
    ("thai", re.compile("[\u0e00-\u0e7f]")),
    ("indic", re.compile("[\u0900-\u097f]")),
)
_ONE_LANGUAGE: Final = {"hangul": "ko", "hebrew": "he", "greek": "el", "thai": "th", "indic": "hi"}
_LEAST_LETTERS: Final = 12


def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    """Each word with its languages, and what it counts for each: less where more share it."""
    shared: dict[str, list[str]] = {}
    for language, words in _WORDS.items():
        for word in dict.fromkeys(words.split()):
            shared.setdefault(word, []).append(language)
    return {
        word: tuple((language, 1.5 / (0.5 + len(languages))) for language in languages)
        for word, languages in shared.items()
    }


_TABLE: Final = _table()


def language_of(text: str) -> str:
    """The ISO 639-1 code of the language of a text's start, '' if that is not clear."""
    sample = text[:_SAMPLE]
    if not sample.isascii() and (found := _by_script(sample)) is not None:
        return found
    return _by_words(_WORD.findall(sample.lower()))


def _by_script(sample: str) -> str | None:
    """The language of a script that tells it; None for Latin."""
    counts = {name: len(letters.findall(sample)) for name, letters in _SCRIPTS}
    name = max(counts, key=lambda script: counts[script])
    latin = sum(len(word) for word in re.findall(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+", sample))
    # a Chinese word is two letters, an English one five
    weight = 2.5 if name in ("han", "kana", "hangul") else 1.0
    if counts[name] * weight < max(_LEAST_LETTERS, latin):
        return None
    if name in ("han", "kana"):
        return "ja" if counts["kana"] * 10 > counts["han"] else "zh"
    if name == "cyrillic":
        return _cyrillic(sample.lower())
    if name == "arabic":
        return "fa" if len(re.findall("[پچژگی]", sample)) * 20 > counts[name] else "ar"
    return _ONE_LANGUAGE[name]


def _cyrillic(sample: str) -> str:
    letters = Counter(sample)
    if letters["ў"] * 200 > len(sample):
        return "be"
    if (letters["і"] + letters["ї"] + letters["є"]) * 50 > len(sample):
        return "uk"
    if (letters["ј"] + letters["љ"] + letters["њ"] + letters["ћ"]) * 60 > len(sample):
        return "sr"
    if letters["ы"] + letters["э"] == 0 and letters["ъ"] >= 2:
        return "bg"
    return "ru"


def _by_words(words: list[str]) -> str:
    if len(words) < _LEAST_WORDS:
        return ""
    scores: defaultdict[str, float] = defaultdict(float)
    hits: defaultdict[str, int] = defaultdict(int)
    solid: defaultdict[str, int] = defaultdict(int)
    for word, count in Counter(words).items():
        for language, weight in _TABLE.get(word, ()):
            scores[language] += count * weight
            hits[language] += count
            # single letters are what programs and lists are full of
            solid[language] += count * (len(word) > 1)
    if not scores:
        return ""
    best, *others = sorted(scores, key=lambda language: (-scores[language], language))
    enough = solid[best] >= max(_LEAST_HITS, 0.05 * len(words)) and hits[
        best
    ] >= _LEAST_SHARE * len(words)
    leads = not others or scores[best] >= _LEAD * scores[others[0]]
    return best if enough and leads else ""
