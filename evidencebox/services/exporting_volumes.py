"""Volumes of a production: their load files, their numbered folders, and what was replaced."""

from __future__ import annotations

import contextlib
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evidencebox.export.folder import ExportFolder, Hashed
from evidencebox.export.loadfile import Dat
from evidencebox.export.profiles import Profile


@dataclass
class Volume:
    """A volume under way."""

    name: str
    dat: Dat
    opt: Hashed
    stack: contextlib.ExitStack
    files: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))


class Volumes:
    """One volume after the other, each of as many files as the profile says.

    `log`: what stood for a delimiter in the data, of the volumes that have ended.
    """

    def __init__(self, profile: Profile, folder: ExportFolder) -> None:
        self._profile, self._folder = profile, folder
        self._count = 0
        self._volume: Volume | None = None
        self.log: list[Sequence[str | int]] = []

    def room(self) -> Volume:
        """The volume for the next family."""
        if self._volume and self._volume.files >= self._profile.volume_files:
            self.end()
        if self._volume is None:
            self._count += 1
            name = f"{self._profile.volume}{self._count:0{self._profile.volume_digits}d}"
            stack, folder = contextlib.ExitStack(), self._folder
            dat = Dat(self._profile, stack.enter_context(folder.open(f"{name}/DATA/{name}.dat")))
            if self._profile.images == "none":
                opt = Hashed(io.BytesIO())
            else:
                opt = stack.enter_context(folder.open(f"{name}/DATA/{name}.opt"))
            self._volume = Volume(name, dat, opt, stack)
        return self._volume

    def end(self) -> None:
        """The volume under way, if any, is whole."""
        if self._volume is not None:
            self._volume.stack.close()
            self.log += [
                (each.begin, each.column, f"U+{ord(each.sign):04X}", each.count)
                for each in self._volume.dat.replaced
            ]
            self._volume = None

    def add(self, volume: Volume, kind: str, name: str, pieces: Iterable[bytes]) -> str:
        """Writes it to the next folder of its kind; returns its path as load files name it."""
        number = volume.counts[kind] // self._profile.folder_files + 1
        volume.counts[kind] += 1
        volume.files += 1
        with self._folder.open(f"{volume.name}/{kind}/{number:03d}/{name}") as file:
            for piece in pieces:
                file.write(piece)
        return f"{kind}\\{number:03d}\\{name}"
