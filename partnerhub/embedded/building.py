"""What is made from the source before it runs: tables, static files, translations; each only when it changed."""

import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

import psycopg2

from .processes import StartError, clean_environment, write_atomically

ROOT = Path(__file__).resolve().parents[2]
ALL_LOCKS = sorted(ROOT.glob("requirements*.lock"))
NOT_SOURCES = {"var", "node_modules"}


def collect_static(settings: Mapping[str, str]) -> None:
    """Static files named by their content and compressed, as the server serves them."""
    target = Path(settings["STATIC_ROOT"])
    stamp = target.with_name("static-collected")
    wanted = fingerprint(_static())
    if stamp.is_file() and stamp.read_text() == wanted and target.is_dir():
        return
    stamp.unlink(missing_ok=True)
    manage(["collectstatic", "--noinput", "--clear", "--verbosity=0"], settings)
    write_atomically(stamp, wanted)


def prepare(settings: Mapping[str, str]) -> None:
    """Tables, static files and translations, by the command that a server uses; nothing where nothing has changed."""
    wanted = fingerprint([*_migrations(), *_static(), *_ours("locale/**/*.po")])
    if _mark(settings, "prepared") == wanted and _files_are_there(settings):
        return
    print("Preparing tables and files …", flush=True)
    manage(["prepare"], settings)
    _set_mark(settings, "prepared", wanted)


def load_demo_data(settings: Mapping[str, str], people: Path) -> None:
    """Once per database; again, for new sign-ins, if the file that has them is gone or is another database's."""
    told = _digest(people)
    if told and _mark(settings, "demo") == told:
        return
    print("Loading the demo's people and leads …", flush=True)
    manage(["demo_data", "--json", str(people)], settings)
    _set_mark(settings, "demo", _digest(people))


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def migrations_fingerprint() -> str:
    return fingerprint(_migrations())


def fingerprint(files: Iterable[Path]) -> str:
    """Changes when a file's name or content does."""
    content = sha256()
    for file in sorted(files):
        content.update(f"{file.relative_to(ROOT)}\0".encode() + sha256(file.read_bytes()).digest())
    return content.hexdigest()


def manage(words: list[str], settings: Mapping[str, str]) -> None:
    """Run a management command; if it fails, its last line is the error."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *words],
        cwd=ROOT,
        env=clean_environment() | dict(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise StartError(f"manage.py {words[0]} failed: {_error_in(done.stdout + done.stderr)}")


def _error_in(output: str) -> str:
    """The one line that tells most: the last that names an error, else the last that says anything."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    return next(
        (line for line in reversed(lines) if re.match(r"[\w.]+(Error|Configured|Exception)\b", line)), lines[-1]
    )


def _migrations() -> list[Path]:
    return [*_ours("migrations/*.py"), *_ours("sql/*.sql"), *_settings(), *ALL_LOCKS]


def _settings() -> list[Path]:
    return sorted((ROOT / "partnerhub" / "settings").glob("*.py"))


def _static() -> list[Path]:
    return [*_files_in(_ours("static")), *_settings(), *ALL_LOCKS]


def _files_are_there(settings: Mapping[str, str]) -> bool:
    compiled = all(source.with_suffix(".mo").is_file() for source in _ours("locale/**/*.po"))
    return compiled and (Path(settings["STATIC_ROOT"]) / "staticfiles.json").is_file()


def _ours(pattern: str) -> list[Path]:
    """Paths of this pattern in the project's own folders."""
    folders = [
        path for path in ROOT.iterdir() if path.is_dir() and path.name not in NOT_SOURCES and path.name[0] != "."
    ]
    return [found for folder in folders for found in (*folder.rglob(pattern), *_if_dir(folder, pattern))]


def _if_dir(folder: Path, pattern: str) -> list[Path]:
    return [folder] if folder.name == pattern else []


def _files_in(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in folder.rglob("*") if path.is_file()]


def _mark(settings: Mapping[str, str], name: str) -> str | None:
    away = (psycopg2.errors.UndefinedTable, psycopg2.OperationalError)  # nothing was prepared there yet
    with suppress(*away), closing(_owner(settings)) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass)")
        told = cursor.fetchone()
        marks = dict(word.split("=") for word in ((told and told[0]) or "").split())
        return marks.get(name)
    return None


def _set_mark(settings: Mapping[str, str], name: str, value: str) -> None:
    with closing(_owner(settings)) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass)")
        told = cursor.fetchone()
        marks = dict(word.split("=") for word in ((told and told[0]) or "").split()) | {name: value}
        words = " ".join(f"{key}={mark}" for key, mark in sorted(marks.items()))
        cursor.execute("COMMENT ON TABLE django_migrations IS %s", [words])


def _owner(settings: Mapping[str, str]) -> psycopg2.extensions.connection:
    owner = psycopg2.connect(settings.get("DATABASE_OWNER_URL") or settings["DATABASE_URL"], connect_timeout=5)
    owner.autocommit = True
    return owner
