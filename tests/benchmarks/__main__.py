"""`make bench`: how fast the portal is, as ratios to a bare Django on the same server and database.

Loads deterministic data twice (small, then whole), measures each act beside its floor in alternating blocks of one
run, and prints one table. Small sizes prove that the benchmark works; only the whole size says how fast it is.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from partnerhub.embedded.building import collect_static

ROOT = Path(__file__).resolve().parents[2]
FLOOR_PORT, PORTAL_PORT = 18765, 18766


def main() -> None:
    options = _options()
    environment = _services(options.dir)
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerhub.settings")
    os.environ.setdefault("REQUEST_LOG_LEVEL", "WARNING")
    import django

    _manage("migrate", "--verbosity=0", as_owner=True)
    collect_static(environment)
    django.setup()
    from tests.benchmarks.acts import Bench
    from tests.benchmarks.data import Size, database_url, load
    from tests.benchmarks.measure import Meter, postmaster_of
    from tests.benchmarks.verbs import verbs_alone

    whole = Size(options.tenants, options.leads, options.largest)
    small = Size(min(options.tenants, 10), options.leads // 100, options.largest // 100)
    admin = database_url(environment["DATABASE_ADMIN_URL"], environment["DATABASE_URL"].rpartition("/")[2])
    if options.verbs:
        cast, meter = load(admin, whole), Meter(postmaster_of(admin))
        print(f"{whole.leads:,} leads in {whole.tenants} tenants, {whole.largest:,} in the one that is measured.")
        print(verbs_alone(meter, admin, cast, blocks=options.blocks, count=options.count))
        return
    report = []
    results: dict[str, Bench] = {}
    for name, size in (("small", small), ("whole", whole)):
        began = time.monotonic()
        bench = Bench(admin, size, options.blocks, options.count)
        report.append(f"{size.leads:,} leads in {size.tenants} tenants, loaded in {time.monotonic() - began:.0f} s")
        with ExitStack() as stack:
            bench.run(stack, FLOOR_PORT, PORTAL_PORT, options.server.split(), memory_requests=options.memory)
        results[name] = bench
    print("\n".join(report))
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}\n"
    )
    print(results["whole"].table(results["small"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--largest", type=int, default=300_000, help="leads in the tenant that is measured")
    parser.add_argument("--tenants", type=int, default=200)
    parser.add_argument("--blocks", type=int, default=5)
    parser.add_argument("--count", type=int, default=60, help="requests in a block")
    parser.add_argument("--verbs", action="store_true", help="of the whole size the verbs alone, without servers")
    parser.add_argument("--memory", type=int, default=10_000, help="requests before memory is read")
    parser.add_argument("--server", default="-k gthread --threads 4", help="gunicorn's arguments")
    parser.add_argument("--dir", default="var/bench")
    return parser.parse_args()


def _services(folder: str) -> dict[str, str]:
    """Start the benchmark's own PostgreSQL and Valkey; returns their settings."""
    clean = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    command = [sys.executable, "-m", "partnerhub.embedded", "services", "--dir", folder]
    printed = subprocess.run(command, env=clean, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    found = {name: value.strip("'\"") for name, value in re.findall(r"^export (\w+)=(.*)$", printed, re.MULTILINE)}
    return found | {"STATIC_ROOT": str(ROOT / folder / "static")}


def _manage(*arguments: str, as_owner: bool = False) -> None:
    environment = os.environ | ({"PARTNERHUB_AS_OWNER": "1"} if as_owner else {})
    subprocess.run([sys.executable, "manage.py", *arguments], env=environment, check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
