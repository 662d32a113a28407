"""Mail of accounts: letters about a sign-in, and how many mails went to unconfirmed addresses."""

from django.db import models
from django.utils.timezone import now

from partnerhub.tenancy.models import TenantModel, new_id


class StrangerMail(TenantModel):
    """How many mails a tenant has sent, since a moment, to an address that nobody had confirmed; `address` is empty for
    all of them together. Counted by `services.strangers`, forgotten once it is a day old.
    """

    address = models.EmailField(blank=True, db_collation="C")
    since = models.DateTimeField(default=now)
    number = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "address"], name="stranger_mail_once")]

    def __str__(self) -> str:
        return f"{self.address}: {self.number}"


class Letter(models.Model):
    """A mail about a person's sign-in (reset, verification, notice), waiting to be sent. Deleted once it is.

    A sign-in belongs to no tenant, so neither does this; and what it says (a reset link) is kept no longer than needed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.EmailField()
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now, db_index=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.subject
