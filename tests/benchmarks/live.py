"""How soon 200 open streams of one live process are told of an event, and what the process takes for them.

`python -m tests.benchmarks.live`, after `make setup`. Measured from the beginning of the verb that submits a lead, in
this process, to the moment each listener has the line; listeners, PostgreSQL and Valkey share the machine.
"""

import argparse
import asyncio
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from tests.benchmarks.__main__ import ROOT, _services

PEOPLE, EACH = 20, 10


def main() -> None:
    options = _options()
    environment = _services(options.dir) | {"LOG_LEVEL": "WARNING"}
    os.environ.update(environment, DJANGO_SETTINGS_MODULE="partnerhub.settings")
    owner = os.environ | {"PARTNERHUB_AS_OWNER": "1"}
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], env=owner, check=True)
    import django

    django.setup()
    from tests.live.process import LiveProcess

    seller, cookies = _cast()
    process = LiveProcess(Path(options.dir).resolve(), {"LOG_LEVEL": "WARNING"})
    process.start()
    try:
        idle = _memory(process.process.pid or 0)
        waits = asyncio.run(_measure(process, cookies, seller, options.events, process.process.pid or 0))
    finally:
        process.stop()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}"
    )
    print(f"{len(cookies)} streams of {PEOPLE} people, {options.events} events; at rest {idle} MiB")
    print(waits)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--dir", default="var/bench-live")
    return parser.parse_args()


def _cast() -> tuple[Any, list[str]]:
    """A seller, and the cookies of those who listen: half of them the vendor's, half of ten partners."""
    from django.test import Client

    from partnerhub.roles import Role
    from partnerhub.tenancy.models import new_id
    from tests.conftest import make_member, make_partner, make_tenant
    from tests.live.process import head_of

    tenant = make_tenant(f"bench-{new_id().hex[-8:]}", "Bench")
    partners = [make_partner(tenant, f"Partner {number}") for number in range(PEOPLE // 2)]
    people = [make_member(tenant, f"Manager {number}", Role.CHANNEL_MANAGER) for number in range(PEOPLE // 2)]
    people += [
        make_member(tenant, f"Seller {at}", Role.REFERRALS_ADMIN, partner=one) for at, one in enumerate(partners)
    ]
    cookies = []
    for member in people:
        client = Client(headers={"host": "localhost"})
        client.force_login(member.user, backend="partnerhub.accounts.seated.PersonBackend")
        cookies += [head_of(client)["Cookie"]] * EACH
    people[-1].tenant = tenant
    return people[-1], cookies


async def _measure(process: Any, cookies: list[str], seller: Any, events: int, pid: int) -> str:
    from tests.live.load import many_streams, told

    hears = (PEOPLE // 2 + 1) * EACH  # the vendor's people, and the seller's own partner
    waits: list[float] = []
    async with many_streams(process.base, f"/{seller.tenant.slug}/live/", cookies) as heard:
        for number in range(events):
            began = perf_counter()
            await asyncio.to_thread(_submit, seller, number)
            waits += [one.at - began for one in await told(heard, hears)]
        memory = _memory(pid)
    last = quantiles(waits, n=100)
    words = f"{median(waits) * 1000:.0f} ms, p95 {last[94] * 1000:.0f} ms, p99 {last[98] * 1000:.0f} ms"
    return f"median {words}, longest {max(waits) * 1000:.0f} ms; {memory} MiB"


def _submit(seller: Any, number: int) -> None:
    from leads.models import Program
    from leads.services import new_lead_id, submit_lead
    from partnerhub.tenancy.scope import tenant_scope
    from tests.conftest import answers

    values = answers(consent=True, terms=True, consent_date=None, website=f"https://s{number}.example.org")
    with tenant_scope(seller.tenant, side=seller.side, partner_id=seller.partner_id, user_id=seller.user_id):
        submit_lead(new_lead_id(), program=Program.objects.get(slug="pos"), answers=values, by=seller)


def _memory(pid: int) -> int:
    """MiB of the process and its children that no other process has: gunicorn's master and its one worker."""
    pids = [pid, *map(int, subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split())]
    texts = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in pids]
    return sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line.startswith("Pss:")) // 1024


if __name__ == "__main__":
    main()
