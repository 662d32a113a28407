"""From a draft to a submitted lead (A2, A3, E8)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from deals.services import remember_customers
from leads.models import Lead, Program
from leads.selectors import find_locked
from leads.services.filling import customer_of, number_leads, prepare_lead, submission_told
from leads.services.seen import KEPT_FILES, check_repetition, not_asked
from leads.services.steps import LEADS
from leads.services.verdicts import check_conflicts, counts_told
from leads.states import LEAD, Status
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.services import record
from partnerhub.notes.selectors import private_subjects
from partnerhub.notes.services import attach_files, drop_kept_files, keep_files, share_kept_files
from partnerhub.partners.models import Partner
from partnerhub.records.drafts import Seen, check_draft, noted, saved_it_last, typed_in
from partnerhub.roles import LEADS_SUBMIT
from partnerhub.tenancy.models import new_id

DRAFT_BYTES = 100_000
KEPT_FOR = timedelta(days=1)
P = ParamSpec("P")


def _begins(verb: Callable[P, Lead]) -> Callable[P, Lead]:
    """The verb may make the lead. Of two that make the same one at once, the second waits, and then finds the first's.

    The row is written once, at the end, and the primary key decides who was first. Raises Lead.DoesNotExist where the
    id is somebody else's.
    """

    @wraps(verb)
    def once_or_twice(*args: P.args, **kwargs: P.kwargs) -> Lead:
        for _try in range(2):
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except IntegrityError as error:
                if broken_constraint(error) != "leads_lead_pkey":
                    raise
        raise Lead.DoesNotExist

    return once_or_twice


def new_lead_id() -> UUID:
    """The id that a form carries from the moment it is opened: whatever is sent twice, it is the same lead."""
    return new_id()


@_begins
def save_draft(
    lead_id: UUID,
    *,
    program: Program,
    typed: dict[str, Any] | None,
    by: Membership,
    uploads: Sequence[Any] = (),
    seen: Seen | None = None,
) -> Lead:
    """Keep what was typed, right or wrong, and files, under the form's id. Only the own partner sees it; no mail.

    What the form does not ask stays as it was; without `typed` all of it does. Raises Stale where others, or another
    window, saved since the version that was `seen`; Refused when the lead was submitted meanwhile or a file may not
    come in; NotPermitted without the role.
    """
    partner = may_submit(by)
    lead = _open_draft(lead_id, program, partner, by)
    if lead.status != Status.DRAFT:
        raise Refused(Reason("status", _("This lead has been submitted already.")), LEAD.allowed(lead, by))
    typed = typed_in(lead.draft) if typed is None else not_asked(lead, program) | typed_in(typed)
    if len(str(typed)) > DRAFT_BYTES:
        raise Refused(Reason("too-long", _("The draft is too long to be kept.")))
    check_draft(lead, typed, seen)
    files = lead.draft.get(KEPT_FILES, 0) + len(uploads)
    lead.draft = noted(typed, seen=seen, by=by, more={KEPT_FILES: files})
    lead.program = program
    lead.version += 1
    lead.updated_at = now()
    lead.save()
    if uploads:
        keep_files(lead, by=by, uploads=uploads)
    return lead


@counts_told
@_begins
def submit_lead(
    lead_id: UUID,
    *,
    program: Program,
    answers: dict[str, Any],
    by: Membership,
    uploads: Any = (),
    seen: Seen | None = None,
    typed: dict[str, Any] | None = None,
    review: str | None = None,
    together: UUID | None = None,
) -> Lead:
    """Submit a lead: the row, its number, the customer, the event, and through it the mail, all or nothing.

    `answers` are the form's cleaned values by question name; under `own_fields`, by the field's key, those of the
    program's own that partners answer. Submitting the same id with the same answers again returns the lead as it is:
    one effect, however often the button is pressed (RFC 9110 idempotence by client-chosen id). Who submits a
    colleague's draft is its submitter. The files that were kept with the draft are the lead's then. `typed` is what
    the form held, to compare with a draft that was saved since it was `seen`. `review` is the partner's word with which
    a lead goes to review, of which the conflict check found something. `together` is a name for the act that submits
    many: whoever began it is told of it once, and nobody of each lead.
    Raises Conflicting where it found something and nothing was chosen yet, AlreadySent where the id made a lead with
    other answers, Stale where the draft is a newer one, Refused where the lead can't be submitted any more,
    NotPermitted without the role.
    """
    partner = may_submit(by)
    lead = _open_draft(lead_id, program, partner, by)
    if lead.submitted_at is not None:
        check_repetition(lead, answers, program=program, uploads=uploads)
        return lead
    if lead.program_id == program.pk:
        lead.program = program  # read already
    if typed is not None:
        check_draft(lead, not_asked(lead, program) | typed, seen)
    has_kept_files = bool(lead.draft.get(KEPT_FILES))
    prepare_lead(lead, answers, program=program, by=by)
    check_conflicts(lead, partner, review=review)
    ((lead.known_company_id, lead.known_contact_id),) = remember_customers(
        [customer_of(lead)], partner_id=partner.pk, by=by
    )
    number_leads([lead])
    lead.save()
    files = share_kept_files(lead, by=by) if has_kept_files else []
    if uploads:
        files += attach_files(lead, by=by, uploads=uploads)
    told = submission_told(lead, answers, files, together=together)
    record("lead.submitted", lead, actor=by, after=told.after, data=told.data)
    return lead


@transaction.atomic
def drop_draft_file(lead_id: UUID, file_id: UUID, *, by: Membership) -> None:
    """Take a file off a draft; one that is not there is none. Raises Refused where the lead is no draft."""
    lead = LEADS.locked(lead_id, by=by, seen=None)
    LEAD.check("submit", lead, by)
    drop_kept_files(lead.pk, only=file_id)


@LEADS.verb("discard")
@transaction.atomic
def discard_draft(lead_id: UUID, *, by: Membership, seen: int | None = None, window: str = "") -> Lead:
    """Put a draft away, out of sight; `restore_draft` brings it back.

    Raises Stale where it was saved since the version that was `seen`, but by the same `window`; Refused for no draft.
    """
    lead = LEADS.locked(lead_id, by=by, seen=None)
    LEAD.check("discard", lead, by)
    if not saved_it_last(lead, window):
        LEADS.check_seen(lead, seen, by=by)
    return LEADS.take("discard", lead, by=by)


@LEADS.verb("restore")
@transaction.atomic
def restore_draft(lead_id: UUID, *, by: Membership, seen: int | None = None) -> Lead:
    """Bring a discarded draft back, with its files if it was discarded within the last day."""
    lead = LEADS.locked(lead_id, by=by, seen=seen)
    return LEADS.take("restore", lead, by=by)


@transaction.atomic
def clear_discarded_files() -> int:
    """For the named tenant: forget the files of drafts that were discarded a day ago, and of leads that are gone."""
    with_files = private_subjects("lead")
    discarded = Q(status=Status.DISCARDED, status_changed_at__lt=now() - KEPT_FOR)
    held = set(Lead.objects.filter(pk__in=with_files).exclude(discarded).values_list("pk", flat=True))
    return sum(drop_kept_files(lead_id) for lead_id in with_files - held)


def may_submit(by: Membership) -> Partner:
    """The partner for which this member submits. Raises NotPermitted for who may not."""
    if by.partner is None or not by.can(LEADS_SUBMIT):
        raise NotPermitted(LEADS_SUBMIT)
    return by.partner


def _open_draft(lead_id: UUID, program: Program, partner: Partner, by: Membership) -> Lead:
    """The draft under this id, locked; a new one, not written yet, where there is none."""
    return find_locked(by, lead_id) or Lead(pk=lead_id, partner_id=partner.pk, program=program, submitted_by=by)
