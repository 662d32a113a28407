"""The servers of one folder: PostgreSQL, Valkey and the mail box, each unless a setting names a real one."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from partnerhub.tenancy.preparation import is_prepared, prepare_database

from .building import ROOT
from .credentials import credentials_in
from .letterbox import Letterbox
from .ports import LOOPBACK
from .postgres import Postgres
from .processes import StartError, locked
from .valkey import Valkey

TEST_FOLDER = ROOT / "var" / "test"
DATABASE = "partnerhub"
DATABASE_ROLES = ("DATABASE_OWNER_URL", "DATABASE_ADMIN_URL")
SERVERS = ("DATABASE_URL", *DATABASE_ROLES, "REDIS_URL", "EMAIL_URL")


class Services:
    """Embedded servers below `folder`. With `durable` off they are faster and may lose rows: for tests."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        for setting in DATABASE_ROLES:
            if _given(setting) and not _given("DATABASE_URL"):
                raise StartError(f"{setting} is set, but DATABASE_URL is not; set both or neither.")
        self.folder = folder.resolve()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.credentials = credentials_in(self.folder)
        self.postgres = None if _given("DATABASE_URL") else Postgres(self.folder, self.credentials, durable=durable)
        self.valkey = None if _given("REDIS_URL") else Valkey(self.folder, self.credentials, durable=durable)
        self.letterbox = None if _given("EMAIL_URL") else Letterbox(self.folder)

    def start(self) -> dict[str, str]:
        """Start what is not running, side by side, and return the settings that lead there."""
        parts = [part for part in (self.postgres, self.valkey, self.letterbox) if part]
        with ThreadPoolExecutor() as pool:
            for started in [pool.submit(part.start) for part in parts]:
                started.result()
        settings = self._settings()
        if self.postgres and not is_prepared(settings["DATABASE_OWNER_URL"]):
            prepare_database(
                admin_url=settings["DATABASE_ADMIN_URL"],
                owner_url=settings["DATABASE_OWNER_URL"],
                app_url=settings["DATABASE_URL"],
            )
        return settings

    def stop(self) -> None:
        for part in (self.letterbox, self.valkey, self.postgres):
            if part:
                part.stop()

    def _settings(self) -> dict[str, str]:
        """The embedded servers' settings, and those that were given, which win."""
        settings = {
            "SECRET_KEY": self.credentials.secret_key,
            "STORAGE_URL": (self.folder / "files").as_uri(),
            "STATIC_ROOT": str(self.folder / "static"),
            "BEAT_SCHEDULE_FILE": str(self.folder / "beat-schedule"),
            "PUBLIC_URL": f"http://{LOOPBACK}:8000",
        }
        if self.postgres:
            settings["DATABASE_URL"] = self.postgres.url("partnerhub", self.credentials.app, DATABASE)
            settings["DATABASE_OWNER_URL"] = self.postgres.url("partnerhub_owner", self.credentials.owner, DATABASE)
            settings["DATABASE_ADMIN_URL"] = self.postgres.admin_url
        if self.valkey:
            settings["REDIS_URL"] = self.valkey.url
        if self.letterbox:
            settings["EMAIL_URL"] = self.letterbox.url
        return settings | {name: os.environ[name] for name in (*settings, *SERVERS) if os.environ.get(name)}


@contextmanager
def servers_for_tests() -> Iterator[dict[str, str]]:
    """Fast servers of their own, shared by everything that tests here at one time; the last one out stops them."""
    services = Services(TEST_FOLDER, durable=False)
    users = TEST_FOLDER / "run" / "users.lock"
    try:
        with locked(users, shared=True):
            yield services.start()
    finally:
        with locked(users, wait=False) as alone:
            if alone:
                services.stop()


def _given(setting: str) -> bool:
    return bool(os.environ.get(setting))
