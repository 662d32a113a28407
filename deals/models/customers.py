"""The customers of a partner: the organisations it brought, and the people in them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.timezone import now
from django_countries.fields import CountryField

from deals.hosts import is_shared
from deals.states import DUPLICATE, Likeness, Status
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.folding import host_of
from partnerhub.web.lists.addresses import Addresses

IS_MERGED = models.Q(known_as__isnull=False)


class Company(TenantModel):
    """A customer's organisation, as one partner knows it. Two partners that know the same one have a row each.

    `name_key` and `search_text` are folded (no case, no accents) for sorting and searching, `name_core` is the name
    without its legal form too (`deals.identity`; empty in rows of the former release). The website's host tells
    companies apart, as long as their names may be one company's; where there is none, or one that many businesses share
    (`deals.hosts`), the folded name does: then `host` is empty, and `website` says where it was found. Of two such of
    one name at two places the second one's key goes on with the place (`deals.identity.places`).
    One that a person merged stays as it was, out of lists and search: `merged_into` is the one that was kept,
    `known_as` the one that is left of all merges above it. What is brought by its host or name is that one's.
    """

    partner = TenantForeignKey(Partner)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_collation="C")
    name_core = models.CharField(max_length=200, blank=True, db_collation="C", default="", db_default="")
    host = models.CharField(max_length=253, blank=True, db_collation="C")
    website = models.CharField(max_length=300, blank=True)
    country = CountryField(blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    merged_into = TenantForeignKey("self", null=True)
    known_as = TenantForeignKey("self", null=True)
    search_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("deals:company")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "partner", "host"], condition=~models.Q(host=""), name="company_host"
            ),
            models.UniqueConstraint(
                fields=["tenant", "partner", "name_key"], condition=models.Q(host=""), name="company_name_without_host"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "name_key", "id"], name="company_by_name"),
            models.Index(fields=["tenant", "host", "id"], name="company_by_host"),
            models.Index(fields=["tenant", "updated_at", "id"], name="company_by_updated"),
            models.Index(fields=["tenant", "partner", "name_key", "id"], name="company_own_name"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="company_own_updated"),
            models.Index(fields=["tenant", "known_as", "id"], condition=IS_MERGED, name="company_merged"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def website_url(self) -> str:
        """A link to the website, built from its checked host; empty where there is none."""
        return f"https://{self.host}/" if self.host else ""

    @property
    def site(self) -> str:
        """What pages show as its website: the host of what was typed, or all of that on a host that many share.

        Whoever merged two may have kept the website of the other one.
        """
        try:
            typed = host_of(self.website)
        except ValueError:
            return self.host or self.website
        return self.website if is_shared(typed) else typed or self.host

    @property
    def site_url(self) -> str:
        """A link to it, built from a checked host; empty where there is none of its own."""
        return f"https://{self.site}/" if self.host and "/" not in self.site else ""

    @property
    def standing(self) -> "Company":
        """The one that this one is known as: itself, unless a person merged it."""
        return self.known_as or self


class Contact(TenantModel):
    """A person in a company. Address and folded name tell people apart: two who share a mailbox are two contacts.

    The address is compared in lower case, and kept in the column `address`. The column `email` that it had before is
    filled by a trigger, for one person per mailbox, as long as code of the former release may run.
    The people of a merged company stay its own, and are shown as those of the one that it is known as (`business`).
    Merged people are kept as merged companies are.
    """

    partner = TenantForeignKey(Partner)
    company = TenantForeignKey(Company)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    name_key = models.CharField(max_length=170, db_collation="C")
    company_key = models.CharField(max_length=200, db_collation="C")
    email = models.EmailField(blank=True, db_collation="C", db_column="address", db_default="")
    phone = models.CharField(max_length=40, blank=True)
    job_title = models.CharField(max_length=100, blank=True)
    merged_into = TenantForeignKey("self", null=True)
    known_as = TenantForeignKey("self", null=True)
    search_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("deals:contact")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "company", "email", "name_key"], name="contact_person"),
        ]
        indexes = [
            models.Index(fields=["tenant", "name_key", "id"], name="contact_by_name"),
            models.Index(fields=["tenant", "company_key", "id"], name="contact_by_company"),
            models.Index(fields=["tenant", "email", "id"], name="contact_by_address"),
            models.Index(fields=["tenant", "updated_at", "id"], name="contact_by_updated"),
            models.Index(fields=["tenant", "partner", "name_key", "id"], name="contact_own_name"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="contact_own_updated"),
            models.Index(fields=["tenant", "known_as", "id"], condition=IS_MERGED, name="contact_merged"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def mail_url(self) -> str:
        return f"mailto:{self.email}" if self.email else ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def business(self) -> Company:
        """The company that pages name: the one that this person's is known as."""
        return self.company.standing

    @property
    def standing(self) -> "Contact":
        """The one that this one is known as: themselves, unless a person merged them."""
        return self.known_as or self


Customer = Company | Contact


class Duplicate(TenantModel):
    """Two customers of one partner that may be one: found by the worker, decided by a person (E1).

    `company` and `company_twin` are set, or `contact` and `contact_twin`; the first was made before: its
    id is less.
    """

    partner = TenantForeignKey(Partner)
    company = TenantForeignKey(Company, null=True)
    company_twin = TenantForeignKey(Company, null=True)
    contact = TenantForeignKey(Contact, null=True)
    contact_twin = TenantForeignKey(Contact, null=True)
    likeness = models.CharField(max_length=10, choices=Likeness.choices)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("deals:duplicate", "deals:duplicate-step", DUPLICATE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", kind, f"{kind}_twin"],
                condition=models.Q(**{f"{kind}__isnull": False}),
                name=f"duplicate_{kind}_once",
            )
            for kind in ("company", "contact")
        ] + [
            models.CheckConstraint(
                condition=models.Q(company__isnull=False, company_twin__isnull=False, contact=None, contact_twin=None)
                | models.Q(company=None, company_twin=None, contact__isnull=False, contact_twin__isnull=False),
                name="duplicate_of_one_kind",
            )
        ]
        indexes = [
            models.Index(fields=["tenant", "created_at", "id"], name="duplicate_by_found"),
            models.Index(fields=["tenant", "partner", "created_at", "id"], name="duplicate_own_found"),
            models.Index(fields=["tenant", "company_twin"], name="duplicate_of_company_twin"),
            models.Index(fields=["tenant", "contact_twin"], name="duplicate_of_contact_twin"),
        ]

    def __str__(self) -> str:
        return str(self.one)

    @property
    def one_at(self) -> str:
        """What tells the first from others of its name: its website or address."""
        return _known_by(self.one)

    @property
    def twin_at(self) -> str:
        return _known_by(self.twin)

    @property
    def kind(self) -> str:
        return "company" if self.company_id else "contact"

    @property
    def one(self) -> Customer:
        """The one that was made before."""
        found: Customer = getattr(self, self.kind)
        return found

    @property
    def twin(self) -> Customer:
        found: Customer = getattr(self, f"{self.kind}_twin")
        return found


def _known_by(customer: Customer) -> str:
    return customer.site if isinstance(customer, Company) else customer.email


class DuplicateWatch(TenantModel):
    """How far the customers of one kind were looked at for duplicates, in the order of their last activity."""

    kind = models.CharField(max_length=10)
    looked_until = models.DateTimeField()
    looked_id = models.UUIDField()

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "kind"], name="duplicate_watch_once")]

    def __str__(self) -> str:
        return self.kind


class VendorAccount(TenantModel):
    """A business that the vendor itself knows: its customer since a day, or one that nobody may refer (rulings 12).

    For the vendor's side alone: the database itself keeps the table from partners. `domains` are registrable ones, of
    which a business in a lead is found to be this one; `keys` are those and the name, as `deals.identity` writes them.
    """

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_collation="C")
    domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    keys = ArrayField(models.CharField(max_length=300), default=list, blank=True)
    customer_since = models.DateField(null=True, blank=True)
    seller = models.CharField(max_length=150, blank=True)
    is_managed = models.BooleanField(default=False)
    do_not_refer = models.BooleanField(default=False)
    search_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    urls = Addresses("deals:account")

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["tenant", "name_key", "id"], name="vendoraccount_by_name"),
            models.Index(fields=["tenant", "updated_at", "id"], name="vendoraccount_by_updated"),
            GinIndex(fields=["tenant", "keys"], name="vendoraccount_keys", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.name
