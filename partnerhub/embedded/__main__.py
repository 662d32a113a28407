"""The commands behind the Makefile: python -m partnerhub.embedded COMMAND."""

import argparse
import shlex
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg2

from partnerhub.tenancy.preparation import PreparationError

from . import bill, checks, demo, locks, messages
from .building import ROOT
from .processes import StartError
from .services import Services, servers_for_tests


def services(options: argparse.Namespace) -> None:
    for name, value in Services(options.dir).start().items():
        print(f"export {name}={shlex.quote(value)}")


def stop(options: argparse.Namespace) -> None:
    Services(options.dir).stop()


def check(options: argparse.Namespace) -> None:
    with servers_for_tests() as settings:
        _fail_unless(checks.run_checks(settings))


COMMANDS: dict[str, tuple[Callable[[argparse.Namespace], object], str]] = {
    "demo": (lambda options: demo.run(options.dir, options.port), "run the whole portal with demo data until Ctrl-C"),
    "demo-reset": (lambda options: demo.reset(options.dir), "throw the demo's data away"),
    "services": (services, "start PostgreSQL, Valkey and a mail box, and print their settings"),
    "stop": (stop, "stop what `services` started in that folder"),
    "check": (check, "run every check that reads the code"),
    "check-messages": (lambda options: _tell(messages.problems()), "every sentence is translated"),
    "check-secrets": (lambda options: _fail_unless(checks.secrets_are_absent()), "no secret is in the repository"),
    "check-locks": (lambda options: _fail_unless(checks.locks_are_up_to_date()), "the locks fit pyproject.toml"),
    "check-licences": (lambda options: _tell(bill.licence_problems()), "every package has a licence that we can use"),
    "sbom": (lambda options: bill.write_bill(ROOT / "var" / "sbom.json"), "list what a server runs, in var/sbom.json"),
    "messages": (lambda options: messages.update_catalogues(), "bring the catalogues up to the present sentences"),
    "lock": (lambda options: locks.lock(), "make the hash-locked requirement files"),
}
FOLDERS = {"demo": "demo", "demo-reset": "demo", "services": "dev", "stop": "dev"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m partnerhub.embedded")
    parsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (run, words) in COMMANDS.items():
        command = parsers.add_parser(name, help=words)
        command.set_defaults(run=run)
        if name == "demo":
            command.add_argument("--port", type=int)
        if name in FOLDERS:
            command.add_argument("--dir", type=Path, default=ROOT / "var" / FOLDERS[name])
    options = parser.parse_args()
    try:
        options.run(options)
    except (StartError, PreparationError, psycopg2.OperationalError) as error:
        sys.exit(f"PartnerHub cannot start: {str(error).strip().splitlines()[0]}")


def _tell(problems: Iterable[str]) -> None:
    found = list(problems)
    print("\n".join(found))
    _fail_unless(not found)


def _fail_unless(kept: bool) -> None:
    if not kept:
        sys.exit(1)


if __name__ == "__main__":
    main()
