"""EvidenceBox: search, tag and exhibit a leaked trove, for the victims' side."""

__version__ = "0.1.0"
