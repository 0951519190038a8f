"""What goes beside the program on a desktop: icons, manual page, completions of the shells.

Run by the project's own Python: `python build/package_files.py OUT VERSION DATE`. All of it is made
from the application itself, so that none of it can grow old by itself.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ICON = ROOT / "resources" / "icons" / "app.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
PROGRAM = "evidencebox"


def icons(out: Path) -> None:
    """PNG files of every usual size, and the containers that Windows and macOS ask for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    renderer = QSvgRenderer(str(ICON))
    out.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        image.save(str(out / f"{PROGRAM}-{size}.png"))
    with Image.open(out / f"{PROGRAM}-256.png") as large:
        large.save(out / f"{PROGRAM}.ico", sizes=[(s, s) for s in SIZES if s <= 256])
    with Image.open(out / f"{PROGRAM}-512.png") as largest:
        largest.save(out / f"{PROGRAM}.icns")


def verbs(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """(verb, what it does, its parser) of the command line, in its order."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, sub in action.choices.items():
                if name in told:
                    yield name, told[name], sub


def options(parser: argparse.ArgumentParser) -> list[str]:
    """The long options of a parser, those of its own verbs included."""
    found = {o for action in parser._actions for o in action.option_strings if o.startswith("--")}
    for _, _, sub in verbs(parser):
        found.update(options(sub))
    return sorted(found)


def words(parser: argparse.ArgumentParser) -> list[str]:
    """What may follow a verb: its own verbs and long options."""
    return [*(name for name, _, _ in verbs(parser)), *options(parser)]


def bash(parser: argparse.ArgumentParser) -> str:
    """Completion for bash: verbs, then their options, files elsewhere."""
    cases = "\n".join(
        f'        {name}) words="{" ".join(words(sub))}" ;;' for name, _, sub in verbs(parser)
    )
    first = " ".join(
        [*(name for name, _, _ in verbs(parser)), "--help", "--version", "--self-test"]
    )
    return f"""# bash completion for {PROGRAM}
_{PROGRAM}() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} words
    if [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "{first}" -- "$current")
        return
    fi
    case ${{COMP_WORDS[1]}} in
{cases}
        *) words="" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; compgen -f -- "$current")
}}
complete -o filenames -F _{PROGRAM} {PROGRAM}
"""


def zsh(parser: argparse.ArgumentParser) -> str:
    """Completion for zsh."""
    told = "\n".join(
        f"    '{name}:{help_.replace(chr(39), '’').replace(':', ' –')}'"
        for name, help_, _ in verbs(parser)
    )
    cases = "\n".join(
        f"    {name}) compadd -- {' '.join(words(sub))}; _files ;;"
        for name, _, sub in verbs(parser)
    )
    return f"""#compdef {PROGRAM}
local -a verbs
verbs=(
{told}
)
if (( CURRENT == 2 )); then
  _describe 'command' verbs
  compadd -- --help --version --self-test
  return
fi
case $words[2] in
{cases}
esac
"""


def fish(parser: argparse.ArgumentParser) -> str:
    """Completion for fish."""
    lines = []
    for name, help_, sub in verbs(parser):
        told = help_.replace("'", "’")
        lines.append(f"complete -c {PROGRAM} -n __fish_use_subcommand -a {name} -d '{told}'")
        lines += [
            f"complete -c {PROGRAM} -n '__fish_seen_subcommand_from {name}' -l {option[2:]}"
            for option in options(sub)
        ]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped[:1] in (".", "'") else escaped


def manual(parser: argparse.ArgumentParser, version: str, date: str) -> str:
    """The manual page, in roff."""
    out = io.StringIO()
    out.write(f'.TH EVIDENCEBOX 1 "{date}" "EvidenceBox {version}" "User Commands"\n')
    out.write(".SH NAME\nevidencebox \\- search, tag and exhibit a leaked trove\n")
    out.write(".SH SYNOPSIS\n.B evidencebox\n.I VERB CASE\n[\\fIoptions\\fR]\n")
    out.write(f".SH DESCRIPTION\n{_roff(parser.description or '')}\n.PP\n")
    out.write(
        "Without a network, and with every case encrypted. The passphrase comes from a prompt,\n"
    )
    out.write("from \\fB\\-\\-passphrase\\-file\\fR or from the variable\n")
    out.write("\\fBEVIDENCEBOX_PASSPHRASE_FILE\\fR, never from an argument.\n.SH VERBS\n")
    for name, help_, sub in verbs(parser):
        usage = " ".join(sub.format_usage().split()).removeprefix("usage: ")
        out.write(f".TP\n.B {_roff(name)}\n{_roff(help_[:1].upper() + help_[1:])}.\n")
        out.write(f".br\n{_roff(usage)}\n")
    out.write(".SH EXIT STATUS\n.TP\n.B 0\ndone\n.TP\n.B 1\ndone, with failures that were listed\n")
    out.write(".TP\n.B 2\na mistake that one sentence explains\n.TP\n.B 70\na bug\n")
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Write everything into a folder. Returns the exit status."""
    out, version, date = Path(arguments[0]), arguments[1], arguments[2]
    sys.path.insert(0, str(ROOT))
    os.environ["COLUMNS"] = "100"  # argparse breaks lines by the terminal's width
    from evidencebox.cli.main import build_parser

    parser = build_parser(lambda *_: 0)
    icons(out / "icons")
    for name, text in (
        ("evidencebox.bash", bash(parser)),
        ("_evidencebox", zsh(parser)),
        ("evidencebox.fish", fish(parser)),
    ):
        (out / name).write_text(text, encoding="utf-8", newline="\n")
    page = manual(parser, version, date).encode("utf-8")
    (out / "evidencebox.1.gz").write_bytes(gzip.compress(page, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
