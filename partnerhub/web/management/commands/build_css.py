"""Join static/css into the one stylesheet that browsers fetch.

    manage.py build_css            writes static/css/portal.css
    manage.py build_css --check    only says whether it is up to date (exit code 1 if not)

Each file is put into the cascade layer of its name or folder, in the order below; later layers win.
"""

import re
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")
OUTPUT = "portal.css"
STRING_OR_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')|/\*.*?\*/', re.DOTALL)


def css_folder() -> Path:
    return Path(settings.BASE_DIR) / "static" / "css"


def joined(folder: Path) -> str:
    """All layers as one small stylesheet."""
    parts = [f"@layer {','.join(LAYERS)};"]
    for layer in LAYERS:
        parts += [f"@layer {layer}{{{smaller(path.read_text('utf-8'))}}}" for path in _files(folder, layer)]
    return "".join(parts) + "\n"


def _files(folder: Path, layer: str) -> list[Path]:
    single = folder / f"{layer}.css"
    return [single] if single.exists() else sorted((folder / layer).glob("*.css"), key=lambda path: path.stem)


def smaller(css: str) -> str:
    """Without comments and needless white space; strings stay as they are."""
    strings: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match[1] is None:
            return ""
        strings.append(match[1])
        return f"\0{len(strings) - 1}\0"

    css = STRING_OR_COMMENT.sub(keep, css)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    css = re.sub(r"([;{][\w-]+|[;{]--[\w-]+): ", r"\1:", css)
    css = css.replace(";}", "}").strip()
    return re.sub(r"\0(\d+)\0", lambda match: strings[int(match[1])], css)


class Command(BaseCommand):
    help = "Join static/css into static/css/portal.css."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if the file is out of date")

    def handle(self, *args: object, **options: object) -> None:
        folder = css_folder()
        target = folder / OUTPUT
        text = joined(folder)
        if options["check"]:
            if not target.exists() or target.read_text("utf-8") != text:
                raise CommandError("static/css/portal.css is out of date: run manage.py build_css")
            return
        target.write_text(text, "utf-8")
        self.stdout.write(f"{target.name}: {len(text)} bytes")
