"""Frozen dataclasses, enums and ids. Standard library only; every other package may import it."""
