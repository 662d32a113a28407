"""A step of a machine on many records at once, made of its row (ux 5-7)."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form

from partnerhub.actors import Seat
from partnerhub.records.forms import form_field
from partnerhub.records.kinds import Records
from partnerhub.states.asked import Words
from partnerhub.web.lists.bulk import BulkAct, Chosen, Results, each


def step_on_many(records: Records[Any], name: str, text: Words, done: Any, *, icon: str = "check") -> BulkAct:
    """The act of a list that takes this step of each chosen record by the step's own verb, with a result for each.

    Label, permission and what is asked are the step's. `text` says what the act means, `done` (`ngettext_lazy` with
    `count` as its key) to how many it was done.
    """
    step = records.machine.steps[name]
    fields = {field.name: form_field(field) for field in step.asks.fields} if step.asks else {}

    @transaction.atomic
    def verb(chosen: Chosen, *, by: Seat, together: UUID | None = None, **answers: str) -> Results:
        return each(chosen, lambda key, seen: records.verbs[name](key, by=by, seen=seen, **answers))

    form: type[Form] = type("AskedOfMany", (Form,), fields)
    return BulkAct(name.replace("_", "-"), step.label, step.permission, verb, text, done, icon=icon, form=form)
