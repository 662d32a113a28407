"""What bulk acts bring to the tests of the whole house: see tests/brought.py."""

from typing import Any
from uuid import uuid4

from partnerhub.accounts.models import Membership
from partnerhub.bulk.models import Batch, Run
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from tests.brought import Visit, rows
from tests.conftest import make_member
from tests.kits.declared import walls_of
from tests.outside.people import MANAGER
from tests.stack import Person, Stack

ADDRESSES = rows(
    """
    GET bulk/<uuid:id>/ A run hidden
    POST bulk/<uuid:id>/undo/ A run hidden
    POST bulk/<uuid:id>/stop/ A run hidden
    GET api/v1/bulk-runs/<uuid:id>/ A run hidden
    GET api/v1/bulk-runs/<uuid:id>/results/ A run hidden
    POST api/v1/bulk-runs/<uuid:id>/retry/ A run hidden
    POST api/v1/bulk-runs/<uuid:id>/undo/ A run hidden
    POST api/v1/bulk-runs/<uuid:id>/stop/ A run hidden
    """
)

NOT_SENT = {
    f"POST api/v1/bulk-runs/<uuid:id>/{act}/": "of many rows, in parts, by a worker: tests/bulk/test_runs.py"
    for act in ("retry", "undo", "stop")
}

PAGES = {"bulk/<uuid:id>/": (Visit(MANAGER, "bulk/{run}/"),)}

RECORDS = {"run": Run}
ROADS = {"bulk.Run": ("POST leads/bulk/assign/", "POST api/v1/leads/bulk/assign/")}
FOLLOWS = {"bulk.Batch": "bulk.Run"}


def records(house: Any) -> dict[str, dict[str, Any]]:
    """A run of each partner's Account admin, over."""
    cast, acting = house.cast, house.acting
    rival = make_member(
        Tenant.objects.get(pk=cast.admin.tenant_id), "Epp Saar", Role.ACCOUNT_ADMIN, partner=house.baltkassa
    )
    found = {}
    for whose, by in {"own": cast.admin, "rival": rival}.items():
        with acting(by):
            found[whose] = _run(by).pk
    return {"run": found}


def _run(by: Membership) -> Run:
    return Run.objects.create(
        partner_id=by.partner_id,
        membership=by,
        person_id=by.user_id,
        key=uuid4(),
        list_name="messages",
        act_name="resend",
        language="en",
        state="done",
    )


def known(stack: Stack) -> dict[str, str]:
    """A run of the channel manager's: one lead that is assigned, one that is not there."""
    manager = Person(stack, MANAGER)
    lead = manager.look("/tallvik/api/v1/leads/?status=submitted&size=10").json()["results"][0]["id"]
    to = manager.look("/tallvik/api/v1/representatives/").json()["results"][0]["id"]
    sent = {"rows": [{"id": lead}, {"id": str(uuid4())}], "to": to}
    answer = manager.api("leads/bulk/assign/", sent)
    assert answer.status_code == 200, answer.text
    return {"run": answer.json()["id"]}


def batches(house: Any) -> None:
    """A part of each run, which nobody has done yet."""
    for run in Run.objects.all():
        Batch.objects.create(run=run, partner_id=run.partner_id, person_id=run.person_id, number=1, ids=[], versions=[])


WALLS = {"bulk.Batch": walls_of(batches)}
