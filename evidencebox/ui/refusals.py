"""Why something was not done: the services' sentences, for who speaks another language."""

from __future__ import annotations

REFUSALS = (
    ("%1 is sealed (%2); a lead may open it with a reason, which is recorded.", ""),
    (
        "Sealed in what this export would hold: %1, %2 the first. Leave out what is sealed,"
        " or, as a lead, open it with a reason that is recorded.",
        "1",
    ),
    (
        "The trove at %1 is not connected. Plug its drive in; where it is mounted "
        "elsewhere, import it once more from there. Until then review goes on without its "
        "originals.",
        "",
    ),
    (
        "%1 cannot be shown: the trove is not there; plug its drive in and try again, or, "
        "where it is mounted elsewhere, import it once more from there.",
        "",
    ),
    (
        "%1 cannot be shown: its file in the trove has changed since it was read. Verify "
        "the trove.",
        "",
    ),
    ("%1 cannot be shown: its file in the trove cannot be read (%2).", ""),
    ("%1 has no column “%2”; it has: %3.", ""),
    (
        "%1 has no header line with a column for the last name (or the whole name); add "
        "one, or say which column is which.",
        "",
    ),
    ("%1 and %2 overlap: two laptops assigned them. Number with another prefix.", ""),
    (
        "%1 and %2 overlap: two laptops assigned them. Number with another prefix, in a "
        "profile of your own.",
        "",
    ),
    ("%1 is the only lead; make someone else a lead first.", ""),
    ("There is no reviewer %1; choose one of this case.", ""),
    ("No open conflict has that act; it may be settled already.", ""),
    (
        "Nothing to redact was found: name a text, a kind of data or an officer that stands"
        " in this document.",
        "",
    ),
    ("A redacted document is a PDF: give it a name that ends in .pdf.", ""),
    ("The file's name says what is to be blacked out in it: give it another one.", ""),
    (
        "There are no data for text recognition, and so no check of what was redacted; "
        "install them, or redact without the check.",
        "",
    ),
    (
        "Text recognition does not start: %1. The documents are in the case; start the same"
        " import again, or without recognition.",
        "",
    ),
    (
        "The disk of the case is nearly full; make room and start the same import again, it"
        " goes on where it stopped.",
        "",
    ),
    (
        "An export %1 cannot be made %2: it shows documents as they are. Make it with all "
        "data, or choose another kind.",
        "",
    ),
    ("Say what to produce: a query, which may be empty for all, or an officer.", ""),
    ("Say whose dossier.", ""),
    ("A privilege log names authors and recipients: export it with all data.", ""),
    ("%1 exists already; choose another name.", ""),
    ("Give a reason: the list of exhibits explains every gap.", ""),
    ("The header of %1 is damaged, and so is its copy; put it back from a backup.", ""),
    ("%1 has no backups of its own.", ""),
)
"""With holes where something was put in; beside it the holes whose words are ours as well."""
