"""The programs of a tenant, and the fields that it adds to them: the Programme admin's verbs."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from leads.models import OwnField, Program
from leads.states.own_fields import MOST_FIELDS
from partnerhub.accounts.models import Membership
from partnerhub.errors import NotPermitted, Reason, Refused, broken_constraint
from partnerhub.events.models import Audience, Event
from partnerhub.events.services import record
from partnerhub.records.editing import differing, take_over
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.locks import count_alone
from partnerhub.tenancy.models import ConflictCheck, Tenant
from partnerhub.tenancy.scope import current_tenant
from partnerhub.web.folding import fold
from partnerhub.web.seen import check_seen

PROGRAM_NAMES = ("name", "description", "is_active", "terms_version", "terms_text")
OWN_FIELD_NAMES = ("label", "help_text", "kind", "choices", "is_required", "vendor_only")
FIXED = frozenset({"kind", "vendor_only"})
UP = "up"
MOST_PROGRAMS = 20
SLUG_LENGTH = 40


@transaction.atomic
def add_program(values: Mapping[str, Any], *, by: Membership) -> Program:
    """Add a program of either kind after the others, with its `PROGRAM_NAMES`. The kind selects its rules, and stays.

    Raises Refused where a program is called so already or there are as many as a tenant may have; NotPermitted.
    """
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    count_alone("programs")
    taken = list(Program.objects.order_by("position").values_list("position", flat=True))
    if len(taken) >= MOST_PROGRAMS:
        words = _("A tenant has at most %(most)s programs. Rename or close one of them.") % {"most": MOST_PROGRAMS}
        raise Refused(Reason("too-many", words))
    settings = {name: values[name] for name in PROGRAM_NAMES}
    program = Program(position=max(taken, default=-1) + 1, kind=values["kind"], **settings)
    program.slug = slugify(fold(program.name))[:SLUG_LENGTH] or f"{program.kind}-{program.pk.hex[-6:]}"
    _save_program(program)
    _tell("program.added", program, by=by, after={"kind": values["kind"], **settings})
    return program


@transaction.atomic
def change_program(program_id: UUID, changes: Mapping[str, Any], *, by: Membership, seen: int | None = None) -> Program:
    """Change what a Programme admin decides of a program (`PROGRAM_NAMES`); leads keep the terms that were accepted.

    Raises Refused where other terms would stand under a version that partners accepted already, Stale, NotPermitted.
    """
    program = _held(program_id, by)
    check_seen(program, seen, changes)
    fields = differing(program, changes)
    if not fields:
        return program
    _check_terms(program, fields)
    before, after = take_over(program, fields)
    _tell("program.changed", program, by=by, before=before, after=after)
    return program


@transaction.atomic
def add_field(program_id: UUID, values: Mapping[str, Any], *, by: Membership) -> OwnField:
    """Add an own field (`OWN_FIELD_NAMES`) after the others of its program. Raises Refused for a used label."""
    program = _held(program_id, by)
    _check_room(program)
    field = OwnField(
        program=program, position=_next_position(program), **{name: values[name] for name in OWN_FIELD_NAMES}
    )
    _save(field)
    if not program.has_own_fields:
        program.has_own_fields = True
        program.save(update_fields=["has_own_fields"])
    _tell("program.field_added", program, by=by, field=field, after={name: values[name] for name in OWN_FIELD_NAMES})
    return field


@transaction.atomic
def change_field(field_id: UUID, changes: Mapping[str, Any], *, by: Membership, seen: int | None = None) -> OwnField:
    """Change an own field, but neither its kind nor who sees it. Answers that leads have stay as they were given.

    Raises Refused for a label that is taken, Stale, NotPermitted.
    """
    field = _field(field_id, by)
    wanted = {name: value for name, value in changes.items() if name not in FIXED}
    check_seen(field, seen, wanted)
    fields = differing(field, wanted)
    if not fields:
        return field
    before, after = take_over(field, fields, write=lambda _columns: _save(field))
    _tell("program.field_changed", field.program, by=by, field=field, before=before, after=after)
    return field


@transaction.atomic
def move_field(field_id: UUID, way: str, *, by: Membership) -> OwnField:
    """Move an own field one place `up` or `down`; the first stays first and the last last."""
    field = _field(field_id, by)
    asked = list(OwnField.objects.filter(program=field.program_id, is_retired=False))
    order = [one.pk for one in asked]
    if field.pk not in order:
        return field
    at = order.index(field.pk)
    to = at - 1 if way == UP else at + 1
    if not 0 <= to < len(asked):
        return field
    asked.insert(to, asked.pop(at))
    for position, one in enumerate(asked):
        one.position = position
    OwnField.objects.bulk_update(asked, ["position"])
    names = [one.label for one in asked]
    _tell("program.field_moved", field.program, by=by, field=field, after={"order": names})
    return field


@transaction.atomic
def retire_field(field_id: UUID, *, by: Membership) -> OwnField:
    """Ask for this field no more. Its answers stay on the leads, and it can be brought back."""
    field = _field(field_id, by)
    if not field.is_retired:
        take_over(field, {"is_retired": True})
        _tell("program.field_retired", field.program, by=by, field=field)
    return field


@transaction.atomic
def restore_field(field_id: UUID, *, by: Membership) -> OwnField:
    """Ask for a retired field again, after the others. Raises Refused where its label is taken meanwhile."""
    field = _field(field_id, by)
    if not field.is_retired:
        return field
    _check_room(field.program)
    again = {"is_retired": False, "position": _next_position(field.program)}
    take_over(field, again, write=lambda _columns: _save(field))
    _tell("program.field_restored", field.program, by=by, field=field)
    return field


def set_conflict_check(mode: str, *, by: Membership) -> None:
    """Decide what the check of new leads tells partners (`ConflictCheck`), from now on. Raises NotPermitted."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    with transaction.atomic():
        tenant = Tenant.objects.select_for_update(no_key=True).get(pk=current_tenant().pk)
        before = tenant.conflict_check
        if before == mode:
            return
        tenant.conflict_check = ConflictCheck(mode)
        tenant.save(update_fields=["conflict_check"])
        told = {"before": {"conflict_check": before}, "after": {"conflict_check": mode}}
        record("program.conflict_check_set", tenant, actor=by, audience=Audience.VENDOR, **told)


def _held(program_id: UUID, by: Membership) -> Program:
    """The program, locked: whoever changes it or its fields waits for the other. Raises Program.DoesNotExist."""
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    return Program.objects.select_for_update().get(pk=program_id)


def _field(field_id: UUID, by: Membership) -> OwnField:
    """The field as it is under its program's lock. Raises OwnField.DoesNotExist."""
    program = _held(OwnField.objects.only("program").get(pk=field_id).program_id, by)
    field = OwnField.objects.get(pk=field_id)
    field.program = program
    return field


def _check_room(program: Program) -> None:
    """Raise Refused where the program asks as much of its own as a form can bear."""
    if sum(not field.is_retired for field in program.own_fields) >= MOST_FIELDS:
        words = _("A program has at most %(most)s own fields. Retire one first.") % {"most": MOST_FIELDS}
        raise Refused(Reason("too-many", words))


def _next_position(program: Program) -> int:
    return max((field.position for field in program.own_fields), default=-1) + 1


def _save_program(program: Program) -> None:
    """Raises Refused where another program has the address that the name gives: the database knows."""
    try:
        with transaction.atomic():
            program.save(force_insert=True)
    except IntegrityError as error:
        if broken_constraint(error) != "program_slug":
            raise
        text = _("There is a program with this name, or had it before. Choose another one.")
        raise Refused(Reason("name", text, field="name")) from error


def _save(field: OwnField) -> None:
    """Raises Refused where another field that is asked has the label: the database knows."""
    try:
        with transaction.atomic():
            field.save()
    except IntegrityError as error:
        if broken_constraint(error) != "own_field_label":
            raise
        text = _("This program has a field with this label already. Choose another one.")
        raise Refused(Reason("label", text, field="label")) from error


def _check_terms(program: Program, after: Mapping[str, Any]) -> None:
    """A version stands for one text for ever: a lead keeps only the version that its partner accepted."""
    version = after.get("terms_version")
    if "terms_text" in after and version is None:
        text = _("Give the changed terms a new version: partners accepted the former text under this one.")
        raise Refused(Reason("terms-version", text, field="terms_version"))
    if version is None:
        return
    former = Q(before__terms_version=version) | Q(after__terms_version=version)
    if Event.objects.filter(former, subject_id=program.pk).exists():
        text = _("This version was used before. Choose one that stands for these terms alone.")
        raise Refused(Reason("terms-version", text, field="terms_version"))


def _tell(
    kind: str,
    program: Program,
    *,
    by: Membership,
    field: OwnField | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """One event on the program. The vendor's side alone reads how it sets up its programs."""
    data: dict[str, Any] = {"url": f"/programs/{program.pk}/"}
    if field is not None:
        data |= {"field_id": field.key, "label": field.label}
    record(kind, program, actor=by, before=before, after=after, data=data, audience=Audience.VENDOR)
