"""The customers of a partner: the organisations it brought, and the people in them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.timezone import now
from django_countries.fields import CountryField

from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses


class Company(TenantModel):
    """A customer's organisation, as one partner knows it. Two partners that know the same one have a row each.

    `name_key` and `search_text` are folded (no case, no accents) for sorting and searching, `name_core` is the name
    without its legal form too (`deals.identity`; empty in rows of the former release). The website's host tells
    companies apart, as long as their names may be one company's; where there is none, or one that many businesses share
    (`deals.hosts`), the folded name does: then `host` is empty, and `website` says where it was found.
    """

    partner = TenantForeignKey(Partner)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_collation="C")
    name_core = models.CharField(max_length=200, blank=True, db_collation="C", default="", db_default="")
    host = models.CharField(max_length=253, blank=True, db_collation="C")
    website = models.CharField(max_length=300, blank=True)
    country = CountryField(blank=True)
    postcode = models.CharField(max_length=20, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def website_url(self) -> str:
        """A link to the website, built from its checked host; empty where there is none."""
        return f"https://{self.host}/" if self.host else ""


class Contact(TenantModel):
    """A person in a company. Address and folded name tell people apart: two who share a mailbox are two contacts.

    The address is compared in lower case, and kept in the column `address`. The column `email` that it had before is
    filled by a trigger, for one person per mailbox, as long as code of the former release may run.
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
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def mail_url(self) -> str:
        return f"mailto:{self.email}" if self.email else ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


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
