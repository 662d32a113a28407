"""The partner: an organisation enrolled in a tenant's partner programme."""

from django.db import models
from django_countries.fields import CountryField

from partnerhub.tenancy.models import TenantModel


class Partner(TenantModel):
    name = models.CharField(max_length=200)
    country = CountryField(blank=True)
    website = models.URLField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant", "name"], name="partner_name")]

    def __str__(self) -> str:
        return self.name
