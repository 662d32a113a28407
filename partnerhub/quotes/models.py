"""The catalogue of products, and quotes of deals with their lines (D5)."""

from datetime import date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.timezone import now

from deals.models import Deal
from deals.states.deals import IS_CLOSED
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.quotes.states import PRODUCT, QUOTE, ProductStatus, QuoteStatus
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.money import MoneyPair
from partnerhub.web.places import LanguageField


class Product(TenantModel):
    """What the tenant and its partners sell. No two have one code (`sku`), which is kept in capitals."""

    name = models.CharField(max_length=100)
    sku = models.CharField(max_length=40)
    description = models.TextField(max_length=2000, blank=True)
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, choices=ProductStatus.choices, default=ProductStatus.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    price = MoneyPair("price_minor")
    urls = Addresses("quotes:product", "quotes:product-step", PRODUCT.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "sku"], name="product_sku")]
        indexes = [models.Index(fields=["tenant", "updated_at", "id"], name="product_by_updated")]

    def __str__(self) -> str:
        return self.name


class QuoteLine(TypedDict):
    """One line of a quote as it was offered: later changes of the product do not touch it.

    `discount` is in hundredths of a percent, `total_minor` the line's, rounded once, half to even.
    """

    product: str
    sku: str
    text: str
    quantity: int
    unit_minor: int
    discount: int
    total_minor: int


class Quote(TenantModel):
    """An offer to the customer of a deal: the `number`th of the deal, a version of the `previous` one, if of any.

    `side` made it. What was sent never changes, which the database itself sees to. `contact_*` is who it was sent to,
    `expires_at` the end of `valid_until` in the tenant's zone; `answered_*` is the record of the customer's answer.
    """

    partner = TenantForeignKey(Partner, null=True)
    deal = TenantForeignKey(Deal)
    previous = TenantForeignKey("self", null=True)
    created_by = TenantForeignKey(Membership)
    number = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=10)
    currency = models.CharField(max_length=3)
    lines = models.JSONField(default=list)
    total_minor = models.BigIntegerField(default=0)
    valid_until = models.DateField()
    note = models.TextField(max_length=2000, blank=True)
    language = LanguageField(max_length=10, default="en")
    contact_name = models.CharField(max_length=170, blank=True)
    contact_email = models.EmailField(blank=True)
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_name = models.CharField(max_length=150, blank=True)
    answered_from = models.GenericIPAddressField(null=True)
    reason_text = models.CharField(max_length=1000, blank=True)
    status = models.CharField(max_length=10, choices=QuoteStatus.choices, default=QuoteStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    total = MoneyPair("total_minor")
    urls = Addresses("quotes:quote", "quotes:quote-step", QUOTE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "deal", "number"], name="quote_number")]
        indexes = [
            models.Index(fields=["tenant", "updated_at", "id"], name="quote_by_updated"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="quote_own_updated"),
            models.Index(fields=["tenant", "previous"], name="quote_of_previous"),
            models.Index(
                fields=["tenant", "expires_at"], condition=models.Q(status=QuoteStatus.SENT), name="quote_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal.name} – {self.number}"

    @property
    def deal_is_open(self) -> bool:
        return self.deal.status not in IS_CLOSED

    @property
    def ends_at(self) -> datetime:
        """The first moment of the day after the last on which it is valid, in the tenant's zone."""
        return end_of_day(self.valid_until)

    @property
    def is_valid_still(self) -> bool:
        return self.ends_at > now()

    @property
    def is_answerable(self) -> bool:
        """Whether the link still works: until one answer or the end, while the deal is open."""
        return self.status == QuoteStatus.SENT and self.is_valid_still and self.deal_is_open

    @property
    def has_new_draft(self) -> bool:
        return Quote.objects.filter(previous=self.pk, status=QuoteStatus.DRAFT).exists()

    @property
    def is_agreed_before(self) -> bool:
        """Whether the customer has accepted the version that this one is to replace."""
        former = Quote.objects.filter(pk=self.previous_id) if self.previous_id else Quote.objects.none()
        return former.filter(status=QuoteStatus.ACCEPTED).exists()

    @property
    def sender(self) -> str:
        """Who makes the offer: the partner, or the vendor itself."""
        return self.partner.name if self.partner and self.side == "partner" else current_tenant().name


def end_of_day(day: date) -> datetime:
    """When the day is over in the tenant's zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=ZoneInfo(current_tenant().timezone))
