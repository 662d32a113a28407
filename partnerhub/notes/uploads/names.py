"""The name that a file keeps: what a person recognises, and nothing that misleads a person or a computer."""

import re
import unicodedata

LONGEST_FILE_NAME = 120
# Names that mean a device to Windows, whatever the extension.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
# Parts before the last dot that make a file look like a document and run like a program where extensions are hidden.
_RUNNABLE = (
    "apk app bash bat bin cgi cmd com cpl dll dmg docm dotm exe gadget hta htm html jar js jse lnk msc msi msp php phar"
    " pif ppam pptm ps1 ps1xml psc1 psm1 py pyc rb reg scf scr sh shtml svg svgz sys url vb vbe vbs wsc wsf wsh xhtml"
    " xlam xlsm xltm xml"
)
RUNNABLE = frozenset(_RUNNABLE.split())
UNSAFE = re.compile(r'[<>:"|?*]')


def clean_name(given: str) -> str:
    """A file's name without path, invisible characters and misleading dots, at most 120 characters, extension lower.

    Right-to-left overrides go before the extension is read, so that `annexe<RLO>fdp.exe` is an .exe.
    """
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    name = "".join(character for character in name if unicodedata.category(character)[0] != "C")
    name = " ".join(UNSAFE.sub("_", name).split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot:
        stem, extension = name, ""
    stem = _calm(stem.strip(". ")) or "file"
    extension = extension.strip().lower()
    longest = LONGEST_FILE_NAME - len(extension) - 1
    stem = stem[:longest].rstrip(". ")
    return f"{stem}.{extension}" if extension else stem


def extension_of(name: str) -> str:
    """The extension of a clean name, without its dot; empty where there is none."""
    return name.rpartition(".")[2] if "." in name else ""


def _calm(stem: str) -> str:
    """`invoice.pdf.exe.pdf` → `invoice.pdf_exe.pdf`: an inner part that a computer might run is no part any more."""
    first, *parts = stem.split(".")
    if first.lower() in DEVICES:
        first = f"_{first}"
    return first + "".join(f"_{part}" if part.strip().lower() in RUNNABLE else f".{part}" for part in parts)
