"""The vendor's responses to shared deals, and the tenant's rules for them (B8)."""

from django.db import models
from django.utils.timezone import now

from deals.models import Deal
from deals.states.deals import IS_CLOSED
from partnerhub.accounts.models import Membership
from partnerhub.partners.models import Partner
from partnerhub.responses.states import (
    SELLER_IS_KNOWN,
    VENDOR_RESPONSE,
    DeclineReason,
    ResponseStatus,
    Withheld,
    partner_sentence,
)
from partnerhub.tenancy.models import TenantForeignKey, TenantModel
from partnerhub.web.formats import amount_text
from partnerhub.web.lists.addresses import Addresses
from partnerhub.web.money import MoneyPair

RULE_SETTINGS = ("answer_days", "is_threshold_on", "threshold_minor", "currency", "representative")


class ResponseRule(TenantModel):
    """One row a tenant. `answer_days` are calendar days. Below `threshold` the partner is shown no reason, where that
    `is_threshold_on`. The `representative` is named where a partner has no channel manager of its own.
    """

    answer_days = models.PositiveSmallIntegerField(default=14)
    is_threshold_on = models.BooleanField(default=True)
    threshold_minor = models.BigIntegerField(default=2_500_000)
    currency = models.CharField(max_length=3, default="USD")
    representative = TenantForeignKey(Membership, null=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    threshold = MoneyPair("threshold_minor")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="response_rule_once")]

    def __str__(self) -> str:
        return str(self.answer_days)


class VendorResponse(TenantModel):
    """A request for the vendor's response to a deal: the `number`th, asked again from the `previous` one.

    The `representative` answers it, and is the seller once it is accepted. What the deal was `worth` in the currency of
    the `threshold` is kept as of the day of the answer, with the `rate`; None: no rate was known. `remind_at`: when
    the next reminder is due.
    """

    partner = TenantForeignKey(Partner)
    deal = TenantForeignKey(Deal)
    previous = TenantForeignKey("self", null=True)
    number = models.PositiveSmallIntegerField(default=1)
    representative = TenantForeignKey(Membership, null=True)
    status = models.CharField(max_length=10, choices=ResponseStatus.choices, default=ResponseStatus.PENDING)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    reason_code = models.CharField(max_length=20, blank=True)
    reason_text = models.CharField(max_length=1000, blank=True)
    worth_minor = models.BigIntegerField(null=True)
    threshold_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    rate = models.DecimalField(max_digits=20, decimal_places=10, null=True)
    is_below = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    status_changed_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    worth = MoneyPair("worth_minor")
    urls = Addresses("responses:response", "responses:step", VENDOR_RESPONSE.names)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["tenant", "deal", "number"], name="response_number"),
            models.UniqueConstraint(
                fields=["tenant", "deal"], condition=models.Q(status=ResponseStatus.PENDING), name="response_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "updated_at", "id"], name="response_by_updated"),
            models.Index(fields=["tenant", "due_at", "id"], name="response_by_due"),
            models.Index(fields=["tenant", "partner", "updated_at", "id"], name="response_own_updated"),
            models.Index(fields=["tenant", "representative", "status"], name="response_of_member"),
            models.Index(
                fields=["tenant", "due_at"], condition=models.Q(status=ResponseStatus.PENDING), name="response_due"
            ),
            models.Index(
                fields=["tenant", "remind_at"],
                condition=models.Q(status=ResponseStatus.PENDING),
                name="response_remind",
            ),
        ]

    def __str__(self) -> str:
        return self.deal.name

    @property
    def deal_is_open(self) -> bool:
        return self.deal.status not in IS_CLOSED

    @property
    def is_last(self) -> bool:
        """Whether nobody has asked again."""
        return not VendorResponse.objects.filter(previous=self.pk).exists()

    @property
    def seller(self) -> Membership | None:
        """Whom the partner works with: known once it is accepted, and to nobody else before."""
        return self.representative if self.status in SELLER_IS_KNOWN else None

    @property
    def seller_name(self) -> str:
        return self.seller.name if self.seller else ""

    @property
    def named(self) -> str:
        """Who answers: for the vendor's eyes."""
        return self.representative.name if self.representative else ""

    @property
    def withheld(self) -> str:
        """Why the partner is shown no reason; empty where there is one, or nothing to give one for (B8)."""
        if self.status == ResponseStatus.EXPIRED:
            return Withheld.EXPIRED.value
        return Withheld.BELOW.value if self.status == ResponseStatus.DECLINED and self.is_below else ""

    @property
    def told_to_partner(self) -> dict[str, str]:
        """What `partner_sentence` is made of: nothing in it that the partner does not get."""
        if self.withheld:
            limit = amount_text(self.threshold_minor, self.currency) if self.threshold_minor is not None else ""
            return {"withheld": self.withheld, "threshold": f"{self.currency} {limit}".strip()}
        return {"code": self.reason_code, "reason_text": self.reason_text}

    @property
    def told_in_words(self) -> str:
        """The sentence that the partner reads about the reason; empty before there is one."""
        return partner_sentence(self.told_to_partner)

    @property
    def reason_label(self) -> str:
        """The vendor's own word for why it was declined."""
        return str(DeclineReason(self.reason_code).label) if self.reason_code else ""
