"""Ranks, titles and what else stands beside names. See `name_lists`."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RANKS: dict[str, str] = {
    form: rank
    for rank, forms in {
        "officer": "officer ofc ofcr offr po mpo ppo patrolman patrolwoman"
        " ptl ptlm constable recruit cadet trooper tpr",
        "detective": "detective det dets detectives investigator inv invest",
        "corporal": "corporal cpl",
        "sergeant": "sergeant sgt sergent sgts sergeants",
        "lieutenant": "lieutenant lt lieut ltc lts",
        "captain": "captain capt cpt",
        "major": "major maj",
        "commander": "commander cmdr cdr comdr",
        "inspector": "inspector insp",
        "chief": "chief dc ac commissioner comm superintendent supt",
        "deputy": "deputy dep",
        "agent": "agent agt sa",
        "sheriff": "sheriff marshal",
    }.items()
    for form in forms.split()
}
"""Word → rank. Plural forms introduce several names."""

RANK_PREFIXES = _words(
    "asst assistant dep deputy master first senior acting retired ret ret'd former special police"
    " patrol chief the field training staff detective det lead second interim probationary"
)
"""What may stand before a rank, or between two of its words."""

CIVIL_TITLES = _words("mr mrs ms miss dr doctor prof professor judge hon attorney atty rev sir")
SUFFIXES = {
    "jr": "jr",
    "junior": "jr",
    "sr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
}
PLACES_AFTER = _words(
    """street st avenue ave road rd boulevard blvd lane ln drive dr court ct place pl terrace ter
    way highway hwy parkway pkwy circle square sq bridge park county township borough city town
    village island creek river lake valley hills beach bay harbor station school elementary
    academy college university hospital clinic church center centre building bldg hall library
    airport museum stadium inc llc llp ltd corp corporation company co group bank foundation
    institute association associates & and-sons partners industries systems services hotel"""
)
PLACES_BEFORE = _words(
    "lake fort mount mt port city county cape north south east west new saint st"
)
MONTHS = _words(
    "january february march april may june july august september october november december"
)
NOT_GIVEN = _words(
    """the a an and or but of for from to by with in on at as is was are were be been has had have
    this that these those his her its their our my your he she it they we i you who whom whose
    which what when where why how if then than so not no nor yes all any some each every both
    after before since until while during about against between into through over under above
    dear hi hello hey thanks thank regards sincerely cheers best re fwd fw cc bcc subject date sent
    attn attention copy per via see ask asked call called contact tell told said says met meet let
    also only just even still yet now here there today yesterday tomorrow new old same other
    visitor visitors resident witness complainant suspect victim subject applicant informant
    source handler supervisor partner reporting investigating arresting responding assigned
    signed approved reviewed submitted prepared written author name names family brothers sons
    team unit squad district division bureau section department office report case file number
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december mr mrs ms miss dr"""
)
"""Words that may begin with a capital before a surname and are no given name."""
