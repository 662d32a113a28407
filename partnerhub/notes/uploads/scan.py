"""The virus scanner: any command that reads a file on its standard input, such as `clamdscan -`."""

import enum
import logging
import shlex
import subprocess
import tempfile
from typing import IO

from django.conf import settings
from django.core.files.base import File

log = logging.getLogger(__name__)
SCAN_SECONDS = 30


class ScanVerdict(enum.Enum):
    """What the scanner says of a file. UNKNOWN: it did not answer, so the file is held back."""

    CLEAN = 0
    INFECTED = 1
    UNKNOWN = 2


def scan(content: "File[bytes]") -> ScanVerdict:
    """Ask the scanner: exit code 0 is clean, 1 infected, any other no answer. Without a scanner all is clean."""
    if not settings.VIRUS_SCAN_COMMAND:
        return ScanVerdict.CLEAN
    with tempfile.TemporaryFile() as copy:
        content.seek(0)
        for chunk in content.chunks():
            copy.write(chunk)
        copy.seek(0)
        return _ask(copy)


def _ask(content: IO[bytes]) -> ScanVerdict:
    try:
        answer = subprocess.run(
            shlex.split(settings.VIRUS_SCAN_COMMAND),
            stdin=content,
            capture_output=True,
            timeout=SCAN_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.warning("virus_scan.no_answer", extra={"error": str(error)})
        return ScanVerdict.UNKNOWN
    if answer.returncode in (ScanVerdict.CLEAN.value, ScanVerdict.INFECTED.value):
        return ScanVerdict(answer.returncode)
    log.warning("virus_scan.no_answer", extra={"exit_code": answer.returncode})
    return ScanVerdict.UNKNOWN
