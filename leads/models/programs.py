"""Programs that partners can refer, and the fields that a tenant adds to their leads."""

from datetime import timedelta
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from leads.states import FieldKind, Kind
from leads.states.own_fields import FIELD_PREFIX
from partnerhub.tenancy.models import TenantForeignKey, TenantModel


def submit_words(program: str) -> str:
    """What the button that submits a lead to the program of this name says. POS and Plus may stand beside the noun in
    every language; another name can only be quoted in some."""
    literal = {"POS": _("Submit a POS lead"), "Plus": _("Submit a Plus lead")}
    return literal.get(program) or _("Submit a %(name)s lead") % {"name": program}


class Program(TenantModel):
    """Something partners can refer: POS and Plus come with every tenant, which may rename them and add more.

    `has_own_fields` is set with the first own field, so that a program without any costs no statement to ask.
    `answer_seconds`: the median working time until a lead of it was answered lately, as `partnerhub.clocks` says; empty
    where too few were.
    """

    slug = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=60)
    description = models.CharField(max_length=200, blank=True)
    terms_version = models.CharField(max_length=20)
    terms_text = models.TextField()
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    has_own_fields = models.BooleanField(default=False, db_default=False)
    answer_seconds = models.PositiveIntegerField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta(TenantModel.Meta):
        abstract = False
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["tenant", "slug"], name="program_slug")]

    def __str__(self) -> str:
        return self.name

    @property
    def submit_words(self) -> str:
        return submit_words(self.name)

    @property
    def answer_time(self) -> timedelta | None:
        return None if self.answer_seconds is None else timedelta(seconds=self.answer_seconds)

    @cached_property
    def own_fields(self) -> "list[OwnField]":
        """Its own fields in their order, retired ones last; on the partner's side the wall leaves out the vendor's."""
        return list(OwnField.objects.filter(program=self.pk)) if self.has_own_fields else []


class OwnField(TenantModel):
    """A field that a tenant adds to the leads of one program.

    Kind and visibility stay as they were when it was added: answers were given for them. A retired field is asked no
    more; the answers to it stay on the leads. `vendor_only` ones are behind the wall for partners, name and all.
    """

    program = TenantForeignKey(Program)
    label = models.CharField(max_length=80)
    help_text = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=FieldKind.choices)
    choices = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    is_required = models.BooleanField(default=False)
    vendor_only = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        abstract = False
        ordering = ("is_retired", "position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "program", "label"], condition=Q(is_retired=False), name="own_field_label"
            )
        ]
        indexes = [models.Index(fields=["tenant", "program"], name="own_field_program")]

    def __str__(self) -> str:
        return self.label

    @property
    def key(self) -> str:
        """Under which its answers are kept on a lead."""
        return str(self.pk)

    @property
    def name(self) -> str:
        """Its name in forms, and in drafts."""
        return f"{FIELD_PREFIX}{self.pk}"
