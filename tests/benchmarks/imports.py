"""What an import costs: rows a second of CPU (this process and PostgreSQL), and this process' memory.

`python -m tests.benchmarks.imports --rows 100000`, after `make setup`. The real job, with the worker's code in this process:
upload, mapping by headings, check, import and undo, on a fresh portal with the conflict check on, without routing.
`--profile FILE` keeps what `cProfile` sees by CPU; `--side vendor` lets the vendor import into a queue.
"""

import argparse
import cProfile
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.__main__ import ROOT, _services


def main() -> None:
    options = _options()
    environment = _services(options.dir) | {"LOG_LEVEL": "WARNING"}
    os.environ.update(environment, DJANGO_SETTINGS_MODULE="partnerhub.settings")
    owner = os.environ | {"PARTNERHUB_AS_OWNER": "1"}
    subprocess.run([sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"], env=owner, check=True)
    import django

    django.setup()
    profile = cProfile.Profile(time.process_time) if options.profile else None
    _run(options, profile)
    if profile:
        profile.dump_stats(options.profile)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--side", choices=["partner", "vendor"], default="partner")
    parser.add_argument("--profile", default="")
    parser.add_argument("--statements", action="store_true", help="print which take longest, by the clock")
    parser.add_argument("--no-undo", action="store_true")
    parser.add_argument("--dir", default="var/bench-imports")
    return parser.parse_args()


def _run(options: argparse.Namespace, profile: cProfile.Profile | None) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from partnerhub.imports.importers import importer_for
    from partnerhub.imports.models import ImportJob
    from partnerhub.imports.services import carry_imports_on, check_import, start_import, undo_import, upload_import
    from tests.benchmarks.measure import Meter
    from tests.conftest import as_member
    from tests.imports.conftest import SAME, csv_of, organisation

    by, chosen, same = _cast(options.side)
    meter = Meter(int((Path(options.dir) / "postgres" / "postmaster.pid").read_text().split()[0]))
    file = SimpleUploadedFile("rows.csv", csv_of([organisation(number) for number in range(options.rows)]))

    def read() -> ImportJob:
        with as_member(by):
            return ImportJob.objects.get(membership=by)

    def upload() -> None:
        with as_member(by):
            importer = importer_for("leads", by)
            upload_import(importer, file=file, chosen=importer.choose_form(chosen), by=by)

    def step(verb: Callable[..., Any], **said: Any) -> Callable[[], None]:
        def act() -> None:
            with as_member(by):
                verb(read().pk, by=by, **said)
            while read().is_at_work:
                carry_imports_on()

        return act

    if options.statements:
        from django.db import connection

        spent: dict[str, list[float]] = {}

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            begun = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent.setdefault(" ".join(sql.split())[:90], []).append(time.perf_counter() - begun)

        connection.execute_wrappers.append(count)
    _measured("upload", options.rows, meter, upload, None)
    _measured("check", options.rows, meter, step(check_import, mapping=read().mapping, same=same or SAME), profile)
    _measured("import", options.rows, meter, step(start_import), profile)
    job = read()
    print(f"done {job.done}, refused {job.failed}, before {job.repeated}: {job.status} {job.reason}", flush=True)
    if options.statements:
        for sql, times in sorted(spent.items(), key=lambda one: -sum(one[1]))[:25]:
            print(f"{sum(times):7.2f} s {len(times):5} x {sql}", flush=True)
    if not options.no_undo:
        _measured("undo", job.done, meter, step(undo_import), None)
        job = read()
        print(f"taken back {job.undone}, kept {job.kept}: {job.status} {job.reason}", flush=True)


def _measured(name: str, rows: int, meter: Any, act: Callable[[], None], profile: cProfile.Profile | None) -> None:
    from tests.benchmarks.servers import private_mib, used

    own, database, clock = time.process_time(), meter.postgres(), time.perf_counter()
    if profile:
        profile.enable()
    act()
    if profile:
        profile.disable()
    ours = time.process_time() - own
    theirs = used(database, meter.postgres())
    print(
        f"{name}: {rows / (ours + theirs):,.0f} rows a second of CPU (here {ours:.1f} s, PostgreSQL {theirs:.1f} s),"
        f" {time.perf_counter() - clock:.0f} s by the clock; {private_mib(os.getpid()):.0f} MiB",
        flush=True,
    )


def _cast(side: str) -> tuple[Any, dict[str, str], dict[str, str]]:
    """Who imports, what is said before the file, and with the mapping."""
    from partnerhub.roles import Role
    from partnerhub.tenancy.models import new_id
    from tests.conftest import make_member, make_partner, make_tenant

    tenant = make_tenant(f"imports-{new_id().hex[-8:]}", "Imports", conflict_check="tell")
    partner = make_partner(tenant, "Partner")
    if side == "vendor":
        by = make_member(tenant, "Manager", Role.CHANNEL_MANAGER)
        by.tenant = tenant
        return by, {"program": "pos", "way": "queue"}, {}
    by = make_member(tenant, "Seller", Role.REFERRALS_ADMIN, partner=partner)
    by.tenant = tenant
    return by, {"program": "pos"}, {}


if __name__ == "__main__":
    main()
