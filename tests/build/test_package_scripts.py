"""The installers' scripts for systems that we do not run: what can be told of them here.

Inno Setup's words are checked against its reference (jrsoftware.org/ishelp), Apple's against the
hardened runtime's list of entitlements.
"""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

BUILD = Path(__file__).resolve().parents[2] / "build"
INNO = (BUILD / "windows" / "evidencebox.iss").read_text(encoding="utf-8")
SHELL = [*sorted((BUILD / "linux").glob("*.sh")), BUILD / "macos" / "package.sh"]
# Of Inno Setup 6: directives of [Setup], and keys that an entry of each section may have.
_SETUP = {
    *("AppId", "AppName", "AppVersion", "AppPublisher", "AppMutex", "DefaultDirName"),
    *("DefaultGroupName", "DisableProgramGroupPage", "PrivilegesRequired", "MinVersion"),
    *("ArchitecturesAllowed", "ArchitecturesInstallIn64BitMode", "OutputBaseFilename"),
    *("SetupIconFile", "UninstallDisplayIcon", "LicenseFile", "Compression", "SolidCompression"),
    *("ChangesAssociations", "CloseApplications", "WizardStyle", "TimeStampRounding"),
    *("TimeStampsInUTC", "SignTool", "SignedUninstaller"),
}
_KEYS = {
    "Languages": {"Name", "MessagesFile"},
    "Tasks": {"Name", "Description", "Flags"},
    "Files": {"Source", "DestDir", "Flags"},
    "InstallDelete": {"Type", "Name"},
    "Icons": {"Name", "Filename", "Tasks"},
    "Registry": {"Root", "Subkey", "ValueType", "ValueName", "ValueData", "Flags"},
    "Run": {"Filename", "Description", "Flags"},
}


def _sections() -> dict[str, list[str]]:
    """Of the Inno script: the lines of each section, without comments and preprocessor."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in INNO.splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            current = found.setdefault(heading[1], [])
        elif line and line[0] not in ";#":
            current.append(line)
    return found


def test_inno_knows_every_word_of_the_script() -> None:
    sections = _sections()
    directives = [line.partition("=")[0] for line in sections.pop("Setup")]
    assert set(directives) <= _SETUP
    assert len(set(directives)) == len(directives)
    assert set(sections) == set(_KEYS)
    for name, lines in sections.items():
        for line in lines:
            # A quote inside a value is doubled, so what stands between quotes is no key.
            keys = re.findall(r"(?:^|; )(\w+):", re.sub(r'"(?:[^"]|"")*"', "", line))
            assert set(keys) <= _KEYS[name], line


def test_the_installer_asks_for_no_administrator_and_deletes_no_case() -> None:
    setup = dict(line.partition("=")[::2] for line in _sections()["Setup"])
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["DefaultDirName"].startswith("{userpf}")
    assert re.fullmatch(r"\{\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", setup["AppId"])
    assert "UninstallDelete" not in _sections()
    assert all("Root: HKCU;" in line for line in _sections()["Registry"])
    assert re.findall(r'Name: "\{app\}[^"]*"', INNO) == [r'Name: "{app}\_internal"']


def test_the_preprocessors_blocks_are_closed() -> None:
    words = re.findall(r"^#(\w+)", INNO, re.MULTILINE)
    opened = sum(word in ("if", "ifdef", "ifndef") for word in words)
    assert opened == words.count("endif") > 0


def test_powershell_brackets_and_quotes_are_closed() -> None:
    text = (BUILD / "windows" / "package.ps1").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    bare = re.sub(r'"[^"\n]*"', "", code)
    assert '"' not in bare
    for left, right in ("()", "{}", "[]"):
        assert bare.count(left) == bare.count(right) > 0
    assert "Set-StrictMode" in code


def test_the_entitlements_are_two_of_apples() -> None:
    given = plistlib.loads((BUILD / "macos" / "entitlements.plist").read_bytes())
    assert given == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
@pytest.mark.parametrize("script", SHELL, ids=lambda path: path.name)
def test_shellcheck_has_nothing_to_say(script: Path) -> None:
    done = subprocess.run(["shellcheck", str(script)], capture_output=True, text=True)
    assert done.stdout == ""
