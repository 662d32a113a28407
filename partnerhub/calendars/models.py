"""The calendar of a tenant: when its people work (E2)."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now

from partnerhub.calendars.hours import Hours, spans_of
from partnerhub.tenancy.models import TenantModel
from partnerhub.web.places import ZoneField

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CALENDAR_SETTINGS = ("zone", *WEEKDAYS, "country", "subdivision", "closing_days")
AT_WORK = "09:00-17:00"
LONGEST_DAY = 100
MOST_CLOSING_DAYS = 200


class Calendar(TenantModel):
    """One row a tenant. A weekday holds its spans as `09:00-12:30, 13:30-17:00`, empty: closed.

    `country` and `subdivision` say whose public holidays are kept, as the `holidays` library calls them. A closing day
    is `2026-12-24`, and after a space what it is, if anybody said.
    """

    zone = ZoneField(max_length=64, default="UTC")
    monday = models.CharField(max_length=LONGEST_DAY, blank=True, default=AT_WORK)
    tuesday = models.CharField(max_length=LONGEST_DAY, blank=True, default=AT_WORK)
    wednesday = models.CharField(max_length=LONGEST_DAY, blank=True, default=AT_WORK)
    thursday = models.CharField(max_length=LONGEST_DAY, blank=True, default=AT_WORK)
    friday = models.CharField(max_length=LONGEST_DAY, blank=True, default=AT_WORK)
    saturday = models.CharField(max_length=LONGEST_DAY, blank=True)
    sunday = models.CharField(max_length=LONGEST_DAY, blank=True)
    country = models.CharField(max_length=2, blank=True)
    subdivision = models.CharField(max_length=20, blank=True)
    closing_days = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["tenant"], name="calendar_once")]

    def __str__(self) -> str:
        return str(self.zone)

    @property
    def hours(self) -> Hours:
        """What the functions of `hours` reckon with; keep it where it is asked for again and again."""
        return Hours(
            self.zone,
            tuple(spans_of(getattr(self, day)) for day in WEEKDAYS),
            self.country,
            self.subdivision,
            frozenset(self.closing_names),
        )

    @property
    def closing_names(self) -> dict[date, str]:
        """The closing days, each with what it is; empty where nobody said."""
        parted = (line.partition(" ") for line in self.closing_days)
        return {date.fromisoformat(day): name for day, _space, name in parted}
