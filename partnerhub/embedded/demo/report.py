"""What a person and a program are told when the demo runs: on the terminal, and in `var/demo.json`."""

import json
from pathlib import Path
from typing import TypedDict

from partnerhub.embedded.processes import write_atomically


class DemoPerson(TypedDict):
    tenant: str
    role: str
    email: str
    password: str


class DemoFacts(TypedDict):
    base_url: str
    mailbox_url: str | None
    mail_dir: str | None
    people: list[DemoPerson]


def write_facts(facts: DemoFacts, file: Path) -> None:
    write_atomically(file, json.dumps(facts, indent=2) + "\n", mode=0o600)


def read_people(file: Path) -> list[DemoPerson]:
    """The sign-ins that `demo_data` wrote; of each, what the demo's file promises."""
    promised = DemoPerson.__annotations__
    people = json.loads(file.read_text())
    # Our own file: it has just these keys.
    return [DemoPerson(**{key: person[key] for key in promised}) for person in people]  # type: ignore[typeddict-item]


def as_text(facts: DemoFacts) -> str:
    lines = ["", f"  PartnerHub    {facts['base_url']}/"]
    if facts["mailbox_url"]:
        lines.append(f"  Mail box      {facts['mailbox_url']}")
    widths = {
        key: max((len(person[key]) for person in facts["people"]), default=0) for key in ("tenant", "role", "email")
    }
    tenant = None
    for person in facts["people"]:
        if person["tenant"] != tenant:
            tenant = person["tenant"]
            lines += ["", f"  {tenant}   {facts['base_url']}/{tenant}/"]
        lines.append(
            f"    {person['role']:<{widths['role']}}  {person['email']:<{widths['email']}}  {person['password']}"
        )
    return "\n".join([*lines, ""])
