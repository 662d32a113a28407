"""Random passwords and keys of one folder, made once, readable by their owner only."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .processes import write_atomically


def _random() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Credentials:
    postgres: str = field(default_factory=_random)
    owner: str = field(default_factory=_random)
    app: str = field(default_factory=_random)
    valkey: str = field(default_factory=_random)
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(50))


def credentials_in(folder: Path) -> Credentials:
    file = folder / "credentials.json"
    if file.is_file():
        return Credentials(**json.loads(file.read_text()))
    made = Credentials()
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(file, json.dumps(asdict(made), indent=2), mode=0o600)
    return made
