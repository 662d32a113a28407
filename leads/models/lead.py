"""Leads, and the answers that only the vendor's side keeps."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.timezone import now
from django_countries.fields import CountryField

from deals.models import Company, Contact, Deal
from leads.models.programs import Program
from leads.states import LEAD, OPEN, STARTED, Conflict, ConsentBasis, Origin, ReasonCode, Status
from partnerhub.absences.cover import deputies_of
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
SENT = Q(submitted_at__isnull=False)
UNSENT = Q(submitted_at__isnull=True)
IS_OPEN = Q(status__in=OPEN)
HAS_TEAM = ~Q(team=[])
UNASSIGNED = Q(status=Status.SUBMITTED, representative__isnull=True)
QUESTIONED = Q(status=Status.AWARDED, award_questioned_by__isnull=False)
NOBODYS = Q(status__in=STARTED, representative__isnull=True)


class Named(Protocol):
    """Somebody with a first and a last name: a lead, or a row of a list."""

    first_name: str
    last_name: str


def contact_name(lead: Named) -> str:
    """The contact's whole name, on a lead or on a row of a list."""
    return f"{lead.first_name} {lead.last_name}".strip()


class Lead(TenantModel):
    """A business that might buy. `status` is written by the verbs in `leads.services` only.

    `version` grows with each change. The `*_key` and `search_text` columns are folded (lower case, no accents) for
    sorting and searching. A draft keeps what was typed in `draft`, right or wrong. `own_answers` has the answers to
    the program's own fields by the field's id, but never to those that are the vendor's: see `VendorAnswers`.
    `is_seen`: somebody at the vendor looked at a lead that needs nobody, so that it waits in triage no more.
    `is_set_aside`: something else is tried with the business first (an upgrade invitation): triage leaves it alone.
    `due_at`: by when somebody has to answer, as `partnerhub.clocks` says; `NEVER` while no clock runs, for the order of
    lists. `protected_until`: how long it holds other partners out, as `partnerhub.protection` says.
    `refused_person`: who found it not eligible, and so does not decide on the appeal.
    `identity_keys` are what its business is found by (`deals.identity`). `is_in_review`: the partner sent it for review
    though the conflict check found something, with a word (`review_text`); nothing protects it until that is decided.
    `credit_percent`: its share, where the credit for its business is split (`partnerhub.conflicts`).
    `objected_at`: when the person objected to being referred; nothing of them is on the lead since (E14).
    `known_company`, `known_contact`: what the partner’s customers keep of it; empty in rows of the former release.
    `deal`: what it was converted to, by which it ends; its page follows what becomes of the deal (C8).
    `status_rank` is the status as lists sort it: the database writes it, whatever is written here.
    `owner` and `team` (ids of members) are the partner's people on the lead; without an owner it is the submitter's.
    `partner` is empty while a lead that the vendor brought waits for a partner, or is kept by the vendor: no partner
    gets past the wall to it.
    """

    partner = TenantForeignKey(Partner, null=True)
    partner_key = models.CharField(max_length=200, blank=True, db_collation="C", default="", db_default="")
    program = TenantForeignKey(Program)
    number = models.PositiveIntegerField(null=True)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PARTNER)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    status_rank = models.SmallIntegerField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    submitted_by = TenantForeignKey(Membership)
    owner = TenantForeignKey(Membership, null=True)
    team = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True)
    representative = TenantForeignKey(Membership, null=True)
    representative_key = models.CharField(max_length=200, blank=True, db_collation="C")

    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=100, blank=True)
    company = models.CharField(max_length=200, blank=True)
    website = models.CharField(max_length=300, blank=True)
    website_host = models.CharField(max_length=253, blank=True, db_collation="C")
    email_domain = models.CharField(max_length=253, blank=True, db_collation="C")
    country = CountryField(blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    relationship = models.CharField(max_length=40, blank=True)
    how_met = models.CharField(max_length=500, blank=True)
    sales_support = models.BooleanField(default=False)
    notes = models.TextField(blank=True)
    consent_basis = models.CharField(max_length=20, choices=ConsentBasis.choices, blank=True)
    consent_date = models.DateField(null=True)
    terms_version = models.CharField(max_length=20, blank=True)
    details = models.JSONField(default=dict)
    draft = models.JSONField(default=dict)
    own_answers = models.JSONField(default=dict, db_default={})

    company_key = models.CharField(max_length=200, blank=True, db_collation="C")
    contact_key = models.CharField(max_length=170, blank=True, db_collation="C")
    search_text = models.TextField(blank=True)

    question = models.TextField(blank=True)
    resume_to = models.CharField(max_length=20, choices=Status.choices, blank=True)
    reason_code = models.CharField(max_length=30, choices=ReasonCode.choices, blank=True)
    reason_text = models.TextField(blank=True)
    refused_person = models.UUIDField(null=True, editable=False)
    appeal_text = models.TextField(blank=True)
    award_questioned_by = TenantForeignKey(Membership, null=True)
    award_questioned_person = models.UUIDField(null=True, editable=False)
    award_question = models.TextField(blank=True)
    protected_until = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(default=NEVER, db_default=NEVER, editable=False)
    is_seen = models.BooleanField(default=False, db_default=False)
    is_set_aside = models.BooleanField(default=False, db_default=False)
    conflict = models.CharField(max_length=10, choices=Conflict.choices, blank=True)
    identity_keys = ArrayField(models.CharField(max_length=300), default=list, db_default=[], blank=True)
    is_in_review = models.BooleanField(default=False, db_default=False)
    review_text = models.CharField(max_length=1000, blank=True, default="", db_default="")
    credit_percent = models.PositiveSmallIntegerField(null=True, editable=False)
    known_company = TenantForeignKey(Company, null=True)
    known_contact = TenantForeignKey(Contact, null=True)
    deal = TenantForeignKey(Deal, null=True)
    objected_at = models.DateTimeField(null=True, editable=False)

    created_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("leads:lead", "leads:step", LEAD.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "number"], name="lead_number"),
            models.UniqueConstraint(fields=["tenant", "deal"], condition=Q(deal__isnull=False), name="lead_of_deal"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "discarded"], number__isnull=True, submitted_at__isnull=True)
                | Q(number__isnull=False, submitted_at__isnull=False),
                name="lead_number_when_submitted",
            ),
        ]
        indexes = [
            # One per sortable column, for all partners' leads and for one's.
            models.Index(fields=["tenant", "number", "id"], condition=SENT, name="lead_by_number"),
            models.Index(fields=["tenant", "submitted_at", "id"], condition=SENT, name="lead_by_submitted"),
            models.Index(fields=["tenant", "updated_at", "id"], condition=SENT, name="lead_by_updated"),
            models.Index(fields=["tenant", "company_key", "id"], condition=SENT, name="lead_by_company"),
            models.Index(fields=["tenant", "contact_key", "id"], condition=SENT, name="lead_by_contact"),
            models.Index(fields=["tenant", "partner_key", "id"], condition=SENT, name="lead_by_partner"),
            models.Index(fields=["tenant", "program", "id"], condition=SENT, name="lead_by_program"),
            models.Index(fields=["tenant", "status_rank", "id"], condition=SENT, name="lead_by_status"),
            models.Index(fields=["tenant", "representative_key", "id"], condition=SENT, name="lead_by_rep"),
            models.Index(fields=["tenant", "sales_support", "id"], condition=SENT, name="lead_by_support"),
            models.Index(fields=["tenant", "due_at", "id"], condition=SENT, name="lead_by_due"),
            models.Index(fields=["tenant", "partner", "submitted_at", "id"], condition=SENT, name="lead_own_submitted"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], condition=SENT, name="lead_own_activity"),
            models.Index(fields=["tenant", "partner", "company_key", "id"], condition=SENT, name="lead_own_company"),
            models.Index(fields=["tenant", "partner", "contact_key", "id"], condition=SENT, name="lead_own_contact"),
            models.Index(fields=["tenant", "partner", "status_rank", "id"], condition=SENT, name="lead_own_status"),
            # What is narrow by itself: drafts; the leads in one state, of a representative, of a member of a partner.
            # Whatever else narrows a list is found by `leads_lead_keys` (`leads.search`).
            models.Index(fields=["tenant", "partner", "updated_at", "id"], condition=UNSENT, name="lead_drafts"),
            models.Index(fields=["tenant", "status", "submitted_at", "id"], condition=SENT, name="lead_status_date"),
            models.Index(
                fields=["tenant", "representative", "submitted_at", "id"], condition=SENT, name="lead_rep_date"
            ),
            models.Index(fields=["tenant", "submitted_by", "submitted_at", "id"], name="lead_submitter_date"),
            models.Index(
                fields=["tenant", "owner", "submitted_at", "id"],
                condition=Q(owner__isnull=False),
                name="lead_owner_date",
            ),
            GinIndex(fields=["tenant", "team"], condition=HAS_TEAM, name="lead_team"),
            models.Index(
                fields=["tenant", "known_company", "submitted_at", "id"],
                condition=Q(known_company__isnull=False),
                name="lead_known_company",
            ),
            models.Index(
                fields=["tenant", "known_contact", "submitted_at", "id"],
                condition=Q(known_contact__isnull=False),
                name="lead_known_contact",
            ),
            # Triage: what is open, however much has been decided.
            models.Index(fields=["tenant", "submitted_at", "id"], condition=IS_OPEN, name="lead_open"),
            models.Index(
                fields=["tenant", "representative", "submitted_at", "id"],
                include=["partner"],  # the wall asks for it: so the open leads of each are counted in the index alone
                condition=IS_OPEN,
                name="lead_open_rep",
            ),
            models.Index(fields=["tenant", "submitted_at", "id"], condition=UNASSIGNED, name="lead_unassigned"),
            models.Index(fields=["tenant", "submitted_at", "id"], condition=QUESTIONED, name="lead_questioned"),
            models.Index(fields=["tenant", "submitted_at", "id"], condition=NOBODYS, name="lead_nobodys"),
            # Home: what has waited longest for a representative, and for an answer of the partner's.
            models.Index(
                fields=["tenant", "representative", "status_changed_at"], condition=IS_OPEN, name="lead_waits"
            ),
            models.Index(
                fields=["tenant", "partner", "status_changed_at"],
                condition=Q(status=Status.MORE_INFO),
                name="lead_waits_for_answer",
            ),
            # The conflict check.
            models.Index(fields=["tenant", "website_host"], condition=SENT, name="lead_host"),
            GinIndex(
                Cast("tenant", models.TextField()),  # so that no other index answers the check: migration 0039
                models.F("identity_keys"),
                condition=~Q(identity_keys=[]),
                name="lead_identity_in",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.company or str(self.draft.get("company") or "")

    @property
    def reference(self) -> str:
        """The number as people read it; empty for a draft."""
        return f"L-{self.number}" if self.number else ""

    @property
    def contact_name(self) -> str:
        return contact_name(self)

    @property
    def submitter_person(self) -> UUID | None:
        """The person who submitted it, by whatever seat."""
        return self.submitted_by.user_id

    @property
    def was_reviewed(self) -> bool:
        """Whether somebody at the vendor looked at it first, or may have: the conflict check found something."""
        return self.is_in_review or self.conflict not in {"", Conflict.FREE}

    @property
    def award_questioner_id(self) -> UUID | None:
        """The person behind the question. Rows written before persons were kept say the seat only."""
        seat = None if self.award_questioned_person else self.award_questioned_by
        return seat.user_id if seat else self.award_questioned_person

    @property
    def owned_by(self) -> Any:
        """The id of the owner: whoever submitted the lead, until the partner names somebody."""
        return self.owner_id or self.submitted_by_id

    @cached_property
    def partners_people(self) -> "dict[str, str]":
        """The names of owner and team, by id as text. `lead_for` reads them with the lead."""
        keys = {self.owned_by, *self.team}
        rows = Membership.objects.filter(pk__in=keys).select_related("user")
        return {str(member.pk): member.name for member in rows}

    @cached_property
    def deputies(self) -> "dict[str, str]":
        """Who covers now for representative and owner: names, by the absent one's id as text (E28). Read likewise."""
        return deputies_of((self.representative_id, self.owned_by))

    read_with: "dict[str, Any] | None" = None
    """What apps above have read with the lead for its page, by their names (`leads.reading`); None: it was not."""

    @property
    def representative_deputy(self) -> str:
        return self.deputies.get(str(self.representative_id), "")

    @property
    def owner_deputy(self) -> str:
        return self.deputies.get(str(self.owned_by), "") if self.partner_id else ""

    @cached_property
    def vendor_answers(self) -> "dict[str, Any] | None":
        """What the vendor's side noted: {answers, version}; None: nothing. `lead_for` reads it with the lead."""
        if not self.program.has_own_fields:
            return None
        row = VendorAnswers.objects.filter(lead=self.pk).values("answers", "version").first()
        return dict(row) if row else None


class VendorAnswers(TenantModel):
    """The answers to the fields of a lead's program that are the vendor's only. A table of its own: the database
    itself keeps it from partners. `version` grows with each change; the lead's does not, nor does its date.
    """

    lead = TenantForeignKey(Lead)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "lead"], name="vendor_answers_once")]

    def __str__(self) -> str:
        return str(self.lead_id)
