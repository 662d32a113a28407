"""Deals that the vendor offers to one partner, and whom they are with: a row apart, which no partner sees (E31)."""

from django.db import models
from django.utils.timezone import now
from django_countries.fields import CountryField

from deals.models import Deal
from partnerhub.accounts.models import Membership
from partnerhub.offers.states import DEAL_OFFER, NotTaken, OfferStatus
from partnerhub.partners.models import Partner
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.money import MoneyPair


class DealOffer(TenantModel):
    """What a partner may know of a deal before they accept it. `postcode` are its first two characters.

    Accepted, it is the `deal`. `remind_at`: when the next reminder is due.
    """

    partner = TenantForeignKey(Partner)
    sent_by = TenantForeignKey(Membership)
    deal = TenantForeignKey(Deal, null=True)
    need = models.CharField(max_length=200)
    value_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    close_date = models.DateField()
    country = CountryField(blank=True)
    postcode = models.CharField(max_length=2, blank=True)
    status = models.CharField(max_length=10, choices=OfferStatus.choices, default=OfferStatus.RECEIVED)
    reason_code = models.CharField(max_length=20, blank=True)
    reason_text = models.CharField(max_length=4000, blank=True)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    value = MoneyPair("value_minor")
    urls = Addresses("offers:offer", "offers:step", DEAL_OFFER.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.CheckConstraint(condition=models.Q(value_minor__gt=0), name="offer_value_above_zero")]
        indexes = [
            models.Index(fields=["tenant", "updated_at", "id"], name="offer_by_updated"),
            models.Index(fields=["tenant", "due_at", "id"], name="offer_by_due"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="offer_own_updated"),
            models.Index(
                fields=["tenant", "due_at"], condition=models.Q(status=OfferStatus.RECEIVED), name="offer_due"
            ),
            models.Index(
                fields=["tenant", "remind_at"], condition=models.Q(status=OfferStatus.RECEIVED), name="offer_remind"
            ),
            models.Index(fields=["tenant", "deal"], condition=models.Q(deal__isnull=False), name="offer_of_deal"),
        ]

    def __str__(self) -> str:
        return self.need

    @property
    def reason_label(self) -> str:
        """The partner's word for why they do not take it."""
        return str(NotTaken(self.reason_code).label) if self.reason_code else ""


class OfferedCustomer(TenantModel):
    """Whom an offered deal is with, as the vendor entered it: the vendor's alone."""

    offer = TenantForeignKey(DealOffer)
    company = models.CharField(max_length=200)
    website = models.CharField(max_length=200, blank=True)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    country = CountryField(blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    notes = models.TextField(max_length=4000, blank=True)
    consented_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "offer"], name="offered_customer_once")]

    def __str__(self) -> str:
        return self.company

    @property
    def contact_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
