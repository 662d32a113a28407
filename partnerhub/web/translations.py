"""The catalogues of translations, from the texts that people edit to what gettext reads. Needs no Django."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_translations(folder: Path = LOCALE) -> None:
    """Every .po that is newer than its .mo, in Python: msgfmt is not on every machine."""
    for source in folder.glob("**/*.po"):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as text:
            catalog = read_po(text)
        unfinished = target.with_suffix(".mo.new")
        with unfinished.open("wb") as binary:
            write_mo(binary, catalog)
        unfinished.replace(target)
