"""From a draft to a submitted lead (A2, A3, E8)."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from deals.services import remember_customer
from leads.models import Lead, Program
from leads.selectors import find_locked, own_fields
from leads.services.seen import KEPT_FILES, check_repetition, not_asked
from leads.services.steps import LEADS, event_data
from leads.services.verdicts import check_conflicts, counts_told, keys_for
from leads.states import LEAD, QUESTIONS, Status, questions_for
from leads.states.own_fields import english
from leads.states.questions import answer_text
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.services import record
from partnerhub.notes.selectors import private_subjects
from partnerhub.notes.services import attach_files, drop_kept_files, keep_files, share_kept_files
from partnerhub.partners.models import Partner
from partnerhub.records.drafts import Seen, check_draft, noted, saved_it_last, typed_in
from partnerhub.records.values import plain
from partnerhub.roles import LEADS_SUBMIT, PARTNER
from partnerhub.tenancy.models import new_id
from partnerhub.web.folding import email_domain, fold, host_of, website_words
from partnerhub.web.rows import send

COLUMNS = [question.name for question in QUESTIONS if question.is_column]
DRAFT_BYTES = 100_000
KEPT_FOR = timedelta(days=1)
NEXT_NUMBER = """
    INSERT INTO leads_leadcounter (id, tenant_id, last) VALUES (%s, %s, 1)
    ON CONFLICT (tenant_id) DO UPDATE SET last = leads_leadcounter.last + 1 RETURNING last"""
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
) -> Lead:
    """Submit a lead: the row, its number, the customer, the event, and through it the mail, all or nothing.

    `answers` are the form's cleaned values by question name; under `own_fields`, by the field's key, those of the
    program's own that partners answer. Submitting the same id with the same answers again returns the lead as it is:
    one effect, however often the button is pressed (RFC 9110 idempotence by client-chosen id). Who submits a
    colleague's draft is its submitter. The files that were kept with the draft are the lead's then. `typed` is what
    the form held, to compare with a draft that was saved since it was `seen`. `review` is the partner's word with which
    a lead goes to review, of which the conflict check found something.
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
    lead.program, lead.partner, lead.submitted_by = program, partner, by
    lead.partner_key = fold(partner.name)[:200]
    fill_lead(lead, answers)
    LEAD.check("submit", lead, by)
    check_conflicts(lead, partner, review=review)
    lead.known_company_id, lead.known_contact_id = remember_customer(
        partner_id=partner.pk,
        name=lead.company,
        host=lead.website_host,
        website=lead.website,
        country=str(lead.country),
        postcode=lead.postcode,
        first_name=lead.first_name,
        last_name=lead.last_name,
        email=lead.email,
        phone=lead.phone,
        job_title=lead.job_title,
        by=by,
    )
    lead.status = Status.SUBMITTED
    lead.submitted_at = lead.status_changed_at = lead.updated_at = now()
    lead.number = next_number(lead)
    lead.version += 1
    lead.save()
    files = share_kept_files(lead, by=by) if has_kept_files else []
    if uploads:
        files += attach_files(lead, by=by, uploads=uploads)
    record(
        "lead.submitted",
        lead,
        actor=by,
        after=_as_sent(lead, answers),
        data=event_data(lead) | _details_for_mail(lead, answers, files) | {"is_in_review": lead.is_in_review},
    )
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


def fill_lead(lead: Lead, answers: dict[str, Any]) -> None:
    """Put the answers on the lead, with what is computed of them."""
    for name in COLUMNS:
        if name in answers:
            empty = None if name == "consent_date" else ""
            setattr(lead, name, empty if answers[name] is None else answers[name])
    lead.details = {
        question.name: plain(answers[question.name])
        for question in questions_for(lead.program.kind)
        if not question.is_column and answers.get(question.name) not in (None, "")
    }
    own = answers.get("own_fields", {})
    lead.own_answers = {field.key: own[field.key] for field in own_fields(lead.program, PARTNER) if field.key in own}
    lead.draft = {}
    lead.terms_version = lead.program.terms_version
    count_keys(lead)


def count_keys(lead: Lead) -> None:
    """Write what is computed of the answers: by what the lead is found, sorted and told apart."""
    lead.website_host = host_of(lead.website)
    lead.email_domain = email_domain(lead.email)
    lead.identity_keys = keys_for(lead)
    lead.company_key = fold(lead.company)[:200]
    lead.contact_key = fold(lead.contact_name)[:170]
    lead.search_text = fold(
        f"{lead.contact_name} {lead.email} {lead.company} {website_words(lead.website, lead.website_host)}"
    )


def _own_as_asked(lead: Lead) -> list[list[Any]]:
    """Kind, words and answer of each own field, for the mail: words that people typed are not looked up."""
    asked = own_fields(lead.program, PARTNER)
    return [[field.kind, field.label, lead.own_answers[field.key]] for field in asked if field.key in lead.own_answers]


def _own_by_label(lead: Lead) -> dict[str, Any]:
    """The answers to own fields under the words that were asked: so the memory keeps them."""
    asked = own_fields(lead.program, PARTNER)
    return {field.label: lead.own_answers[field.key] for field in asked if field.key in lead.own_answers}


def next_number(lead: Lead) -> int:
    """The next number of the tenant. Taken late, because its row is locked until the transaction ends."""
    with connection.cursor() as cursor:
        send(cursor, NEXT_NUMBER, [new_id(), lead.tenant_id])
        return int(cursor.fetchone()[0])


def _as_sent(lead: Lead, answers: dict[str, Any]) -> dict[str, Any]:
    """The submission as it was sent, with the version of the terms: the receipt that never changes."""
    sent = {name: plain(value) for name, value in answers.items() if value not in (None, "", {})}
    if own := _own_by_label(lead):
        sent["own_fields"] = own
    return sent | {"status": lead.status, "terms_version": lead.terms_version}


def _details_for_mail(lead: Lead, answers: dict[str, Any], files: Sequence[Any]) -> dict[str, Any]:
    with override("en"):
        fields = [
            [str(question.label), answer_text(question, answers.get(question.name))]
            for question in questions_for(lead.program.kind)
        ]
    fields += [[label, english(value)] for label, value in _own_by_label(lead).items()]
    return {
        # In English, for a worker of the release before; the mail is written from `after` and `own_fields`.
        "fields": [field for field in fields if field[1]],
        "own_fields": _own_as_asked(lead),
        "files": [file.name for file in files],
        "contact": {
            "first_name": lead.first_name,
            "last_name": lead.last_name,
            "email": lead.email,
            "phone": lead.phone,
        },
    }
