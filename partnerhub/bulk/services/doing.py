"""One part of a run: the verb on its rows, and what became of each, in the caller's transaction."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import Form
from django.http import QueryDict
from django.utils.timezone import now
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.models import Batch, Run
from partnerhub.bulk.selectors import was_done
from partnerhub.bulk.states import NEXT_OF_RUN, Became, RunState
from partnerhub.errors import Reason, Refused, Stale
from partnerhub.web.lists.bulk import BulkAct, Results, why_undone
from partnerhub.web.lists.bulk_api import MOST_VALUES

LONGEST_REASON = 500
"""So many answers to one question of an act are kept."""


def do_rows(run: Run, batch: Batch, answers: Mapping[str, Any], *, by: Membership) -> None:
    """Do it to these rows, and write down what became of each.

    Raises Refused where the act as a whole is; then nothing is written.
    """
    act = run.act
    if run.is_undo:
        assert act.undo is not None  # noqa: S101 - an undo is only asked for where the act has one
        results = act.undo(batch.chosen, by=by, together=run.of)
    else:
        results = act.verb(batch.chosen, by=by, together=run.pk, **answers)
    write_results(run, batch, results_told(act, batch.ids, results))


def write_results(run: Run, batch: Batch, results: list[dict[str, Any]]) -> None:
    """The one writer of results, and of the counts of a run."""
    batch.results = results
    batch.failed = sum(not was_done(result) for result in results)
    batch.save(update_fields=["results", "failed"])
    run.done += len(results) - batch.failed
    run.failed += batch.failed
    run.save(update_fields=["done", "failed"])


def move_run(run: Run, state: RunState, **changes: Any) -> None:
    """The one writer of a run's state."""
    if state not in NEXT_OF_RUN[RunState(run.state)]:
        raise Refused(Reason("state", _("This has ended already.")))
    if not NEXT_OF_RUN[state]:
        changes |= {"ended_at": now(), "claim": None}
    for name, value in {**changes, "state": state}.items():
        setattr(run, name, value)
    run.save(update_fields=["state", *changes])


def results_told(act: BulkAct, ids: Iterable[UUID], results: Results) -> list[dict[str, Any]]:
    """What became of each row, as it is kept: in the words of whoever asked."""
    differences = act.differs({key: result for key, result in results.items() if isinstance(result, Stale)})
    return [_told(results.get(key), differences.get(key, [])) for key in ids]


def _told(result: Any, differences: list[str]) -> dict[str, Any]:
    match result:
        case Stale():
            return {"became": Became.STALE, "texts": _cut([*why_undone(result), *differences])}
        case Refused():
            return {"became": Became.REFUSED, "texts": _cut(why_undone(result))}
        case None:
            return failed(_("It could not be done."))
        case _:
            version = getattr(result, "version", None)
            return {"became": Became.DONE} | ({"version": version} if version else {})


def failed(text: str) -> dict[str, Any]:
    """The result of a row to which the act could not be done, with the reason."""
    return {"became": Became.FAILED, "texts": [text]}


def refused_all(run: Run, batch: Batch, refused: Refused) -> None:
    """The act as a whole was refused: so was each of these rows."""
    with transaction.atomic():
        write_results(run, batch, [_told(refused, []) for _key in batch.ids])


def form_answers(form: Form) -> dict[str, list[str]]:
    """What the form's fields took of what was sent, to fill it once more with: nothing else is kept."""
    taken = {name: form[name].data for name in form.fields}
    return {
        name: [str(one) for one in value[:MOST_VALUES]] if isinstance(value, list) else [str(value)]
        for name, value in taken.items()
        if value is not None and value is not False
    }


def act_form(act: BulkAct, answers: Mapping[str, list[str]]) -> Form:
    """The act's form with these answers. What can be chosen is what can be chosen now."""
    return act.form(sent_again(answers), **act.form_arguments())


def sent_again(answers: Mapping[str, list[str]]) -> QueryDict:
    """What `form_answers` kept, as a browser would send it once more."""
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, values)
    return data


def checked_form(form: Form) -> dict[str, Any]:
    """The answers. Raises Refused with what is wrong with them."""
    if form.is_valid():
        return form.cleaned_data
    raise Refused([Reason("invalid", str(text), field=name) for name, texts in form.errors.items() for text in texts])


def _cut(texts: list[str]) -> list[str]:
    return [str(text)[:LONGEST_REASON] for text in texts]
