"""What a person asks of runs: do, freeze, start, try again, undo, stop."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.forms import Form
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerhub.accounts.models import Membership
from partnerhub.bulk.models import Batch, Run
from partnerhub.bulk.selectors import list_rows, rows_that, run_for, runs_of
from partnerhub.bulk.serializers import run_json
from partnerhub.bulk.services.doing import act_form, checked_form, do_rows, form_answers, move_run, refused_all
from partnerhub.bulk.services.waking import wake_after_commit
from partnerhub.bulk.states import UNFINISHED_RUNS, RunState
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.web.lists.bulk import LARGEST, MOST
from partnerhub.web.lists.running import Begun, Meant, Rows

IDS_AT_ONCE = 50
"""So many rows in a transaction of the worker: what is locked meanwhile is free again within a second."""
UNDER_WAY = 3
"""So many runs of one member at a time."""
FROZEN = 5
"""So many of them are kept that nobody has confirmed."""
LONGEST_BACK = 4000
UNDONE_WITHIN = timedelta(hours=1)


class Runs:
    """Where the lists find runs (partnerhub.web.lists.running)."""

    @transaction.atomic
    def do(self, asked: Meant, form: Form, *, key: UUID, by: Membership) -> Begun:
        run, is_new = _kept(asked, key=key, by=by, answers=form_answers(form))
        if is_new:
            _do_at_once(run, checked_form(form), by=by)
        return begun(run)

    @transaction.atomic
    def freeze(self, asked: Meant, *, key: UUID, by: Membership) -> UUID:
        _forget_oldest(by)
        run, _is_new = _kept(asked, key=key, by=by)
        return run.pk

    def frozen(self, run_id: UUID, *, by: Membership) -> int | None:
        run = runs_of(by).filter(pk=run_id).first()
        return run.total if run else None

    @transaction.atomic
    def start(self, run_id: UUID, form: Form, *, by: Membership) -> Begun:
        run = _locked(run_id, by=by)
        if run.state == RunState.ASKED:
            _start(run, form, by=by)
        return begun(run)

    def told(self, run_id: UUID, *, by: Membership) -> dict[str, Any]:
        return run_json(run_for(by, run_id))

    def failed(self, run_id: UUID, *, by: Membership) -> list[UUID]:
        run = runs_of(by).filter(pk=run_id).first()
        return [key for key, _version in rows_that(run, were_done=False)] if run else []


@transaction.atomic
def retry_run(run_id: UUID, *, by: Membership) -> Run:
    """Do it once more to what was not done, as these rows are now, with the same answers; once.

    Raises Run.DoesNotExist, NotPermitted, and Refused where it is not over or everything was done.
    """
    run = _locked(run_id, by=by)
    may_act(run, by)
    keys = [key for key, _version in rows_that(run, were_done=False)]
    if not run.is_over or run.is_undo or not keys:
        raise Refused(Reason("nothing-failed", _("There is nothing to try again.")))
    now_there = {row.pk: getattr(row, "version", None) for row in list_rows(run, by).filter(pk__in=keys)}
    rows = [(key, now_there.get(key)) for key in keys]
    return _begin(run, rows, word="again", by=by)


@transaction.atomic
def undo_run(run_id: UUID, *, by: Membership) -> Run:
    """Take back what was done and has not changed since; once. Raises Run.DoesNotExist, NotPermitted, Refused."""
    run = _locked(run_id, by=by)
    may_act(run, by)
    if why := why_no_undo(run):
        raise Refused(Reason("no-undo", why))
    return _begin(run, rows_that(run, were_done=True), word="undo", by=by)


@transaction.atomic
def stop_run(run_id: UUID, *, by: Membership) -> Run:
    """Leave the rest as it is. What is being done at this moment is done first. Raises Run.DoesNotExist, Refused."""
    run = _locked(run_id, by=by)
    move_run(run, RunState.STOPPED)
    return run


def may_act(run: Run, by: Membership) -> None:
    """Raises NotPermitted unless the member may do this act, by their role and by their token."""
    if not by.can(run.act.permission):
        raise NotPermitted(run.act.permission)


def why_no_undo(run: Run) -> str:
    """Why nothing can be undone, in words; empty where it can."""
    if run.is_undo or run.act.undo is None:
        return _("This cannot be undone.")
    if not run.is_over or not run.done:
        return _("There is nothing to undo.")
    if run.ended_at and run.ended_at < now() - UNDONE_WITHIN:
        return _("It was done more than an hour ago and cannot be undone as a whole any more.")
    return ""


def begun(run: Run) -> Begun:
    """What the asker is shown of a run: counts, its addresses, the way back where there is one."""
    can_undo = not why_no_undo(run)
    return Begun(
        run.pk,
        run.total,
        run.done,
        run.is_over,
        reverse("bulk:run", args=[run.pk]),
        reverse("api-bulk-run", args=[run.pk]),
        reverse("bulk:undo", args=[run.pk]) if can_undo else "",
    )


def _kept(asked: Meant, *, key: UUID, by: Membership, answers: Any = None) -> tuple[Run, bool]:
    """The run with this key, and whether it is new. Whoever comes second waits until the first has committed."""
    run = Run(
        partner_id=by.partner_id,
        membership=by,
        person_id=by.user_id,
        token_id=by.token.id if by.token else None,
        key=key,
        list_name=asked.list_class.name,
        act_name=asked.act.name,
        answers=answers or {},
        language=get_language() or "en",
        back=asked.back if len(asked.back) <= LONGEST_BACK else "",
        total=len(asked.rows),
    )
    return _inserted(run, asked.rows)


def _inserted(run: Run, rows: Rows) -> tuple[Run, bool]:
    Run.objects.insert_new([run])
    kept = Run.objects.get(membership=run.membership_id, key=run.key)
    if kept.pk != run.pk:
        return kept, False
    size = MOST if len(rows) <= MOST else IDS_AT_ONCE
    Batch.objects.bulk_create(
        Batch(
            run=run,
            partner_id=run.partner_id,
            person_id=run.person_id,
            number=number,
            ids=[key for key, _version in part],
            versions=[version or 0 for _key, version in part],
        )
        for number, part in enumerate(rows[first : first + size] for first in range(0, min(len(rows), LARGEST), size))
    )
    return run, True


def _do_at_once(run: Run, answers: dict[str, Any], *, by: Membership) -> None:
    """Raises Refused of the act as a whole."""
    move_run(run, RunState.WAITING)
    move_run(run, RunState.RUNNING)
    for batch in Batch.objects.filter(run=run):
        do_rows(run, batch, answers, by=by)
    move_run(run, RunState.DONE)


def _start(run: Run, form: Form, *, by: Membership) -> None:
    may_act(run, by)
    checked_form(form)
    if runs_of(by).filter(state__in=UNFINISHED_RUNS).count() >= UNDER_WAY:
        raise Refused(Reason("busy", _("Three of your acts are under way already. Wait until one of them is over.")))
    move_run(run, RunState.WAITING, answers=form_answers(form), due_at=now())
    wake_after_commit()


def _begin(of: Run, rows: Rows, *, word: str, by: Membership) -> Run:
    """A run that follows another: at once if it is small."""
    run = Run(
        partner_id=of.partner_id,
        membership=by,
        person_id=of.person_id,
        token_id=by.token.id if by.token else None,
        key=uuid5(of.pk, word),
        list_name=of.list_name,
        act_name=of.act_name,
        is_undo=word == "undo",
        of=of.pk,
        answers=of.answers,
        language=get_language() or of.language,
        back=of.back,
        total=len(rows),
    )
    run, is_new = _inserted(run, rows)
    if not is_new:
        return run
    if len(rows) > MOST:
        move_run(run, RunState.WAITING, due_at=now())
        wake_after_commit()
        return run
    try:
        with transaction.atomic():
            _do_at_once(run, {} if run.is_undo else checked_form(act_form(run.act, run.answers)), by=by)
    except Refused as refused:
        run.refresh_from_db()
        move_run(run, RunState.WAITING)
        move_run(run, RunState.RUNNING)
        for batch in Batch.objects.filter(run=run):
            refused_all(run, batch, refused)
        move_run(run, RunState.DONE)
    return run


def _locked(run_id: UUID, *, by: Membership) -> Run:
    run_for(by, run_id)
    return Run.objects.select_for_update().get(pk=run_id)


def _forget_oldest(by: Membership) -> None:
    """Of what nobody confirmed, the newest few are kept."""
    old = runs_of(by).filter(state=RunState.ASKED).order_by("-created_at")[FROZEN - 1 :]
    keys = [run.pk for run in old]
    Batch.objects.filter(run__in=keys).delete()
    Run.objects.filter(pk__in=keys).delete()
