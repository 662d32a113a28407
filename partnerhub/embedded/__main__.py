"""The commands behind the Makefile: python -m partnerhub.embedded COMMAND."""

import argparse
import shlex
import sys
from pathlib import Path

import psycopg2

from partnerhub.tenancy.preparation import PreparationError

from .demo import reset
from .demo import run as run_demo
from .processes import StartError
from .services import Services


def services(options: argparse.Namespace) -> None:
    for name, value in Services(options.dir).start().items():
        print(f"export {name}={shlex.quote(value)}")


def stop(options: argparse.Namespace) -> None:
    Services(options.dir).stop()


def demo(options: argparse.Namespace) -> None:
    run_demo(options.port)


def demo_reset(options: argparse.Namespace) -> None:
    reset()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m partnerhub.embedded")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for run, words in (
        (services, "start PostgreSQL, Valkey and a mail box, and print their settings"),
        (stop, "stop what `services` started in this folder"),
    ):
        command = commands.add_parser(run.__name__, help=words)
        command.add_argument("--dir", type=Path, default=Path("var/dev"))
        command.set_defaults(run=run)
    command = commands.add_parser("demo", help="run the whole portal with demo data until Ctrl-C")
    command.add_argument("--port", type=int)
    command.set_defaults(run=demo)
    command = commands.add_parser("demo-reset", help="throw the demo's data away")
    command.set_defaults(run=demo_reset)
    return parser


def main() -> None:
    options = _parser().parse_args()
    try:
        options.run(options)
    except (StartError, PreparationError, psycopg2.OperationalError) as error:
        sys.exit(f"PartnerHub cannot start: {str(error).strip().splitlines()[0]}")


if __name__ == "__main__":
    main()
