"""Whom one may mention on a record, and whom the words mention: by seat, not by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn
from uuid import UUID

from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.utils.translation import gettext as _

from partnerhub.accounts.acting import PERSONS
from partnerhub.accounts.models import Membership
from partnerhub.accounts.selectors.people import names_of
from partnerhub.errors import Reason, Refused
from partnerhub.notes.models import Attachment, Mention, Note, SharedMessage, people_meant
from partnerhub.notes.rendering import MENTION, Marks
from partnerhub.notes.subjects import find_record, subject_of, type_of
from partnerhub.tenancy.scope import current_tenant, tenant_scope

MENTIONED_IDS = "mentioned_ids"
"""In the data of an event: who is mentioned anew by the words that it tells of."""
MOST_MENTIONS = 20
PEOPLE_OFFERED = 20
READERS_ASKED = 60  # so many people are asked whether they may read a record, for one list
SIGNS_READ = 50  # what follows the signs after these is no mention
WORDS_OF_NAME = 6
MENTION_SIGN = re.compile(rf"{MENTION}(?=\w)")
LAST = re.compile(r"\W+$")


def people_to_mention(record: Model, by: Membership, *, is_private: bool, words: str = "") -> list[Membership]:
    """Whom `by` may mention in a message on the record, or in a note (`is_private`): by name, at most twenty.

    They may all read it. Of a note, people of the own side; of a message, those of the other side too whose names the
    record shows already. `words` are parts of the name.
    """
    rows = _nameable(record, by, is_private=is_private).exclude(pk=by.pk).order_by("name_key", "id")
    for word in words.split():
        rows = rows.filter(Q(called__contains=word.lower()))
    return _readers(record, rows[:READERS_ASKED])[:PEOPLE_OFFERED]


def mentions_in(
    text: str,
    record: Model,
    *,
    by: Membership,
    is_private: bool = False,
    chosen: Iterable[UUID] = (),
    before: Sequence[Mention] = (),
) -> list[Mention]:
    """Whom the words mention, in their order: `@` and a name in full, of somebody who may read them.

    `chosen` says whom is meant where several have a name; `before` are the mentions of the former words, which stay
    where they still stand, whatever the people are called by now. Raises Refused where somebody was chosen who may not
    read it or whose name does not stand there, and where too many are mentioned.
    """
    picked = list(dict.fromkeys(chosen))
    if len(picked) > MOST_MENTIONS:
        _refuse_many()
    signs = [sign.end() for sign in MENTION_SIGN.finditer(text)][:SIGNS_READ]
    if not signs and not picked:
        return []
    rows = _nameable(record, by, is_private=is_private)
    spoken = {name for at in signs for name in _may_be_names(text[at:])}
    found = _readers(
        record, rows.filter(Q(called__in=spoken) | Q(pk__in=picked)).order_by("name_key", "id")[:READERS_ASKED]
    )
    if not {one.pk for one in found}.union(people_meant(before)).issuperset(picked):
        text_of = _("You can mention only people who can read this.")
        raise Refused(Reason("mentions", text_of, field="mentions"))
    mentions = _standing(text, signs, _meant_by_name(found, before, picked))
    meant = set(people_meant(mentions))
    if not meant.issuperset(picked):
        text_of = _("Write @ and the name of everybody whom you mention.")
        raise Refused(Reason("mentions-unnamed", text_of, field="mentions"))
    if len(meant) > MOST_MENTIONS:
        _refuse_many()
    return mentions


def newly_mentioned(mentions: Sequence[Mention], by: Membership, before: Sequence[Mention] = ()) -> dict[str, Any]:
    """What an event says of them: those who were not mentioned before; nothing where there are none."""
    known = {by.pk, *people_meant(before)}
    told = [str(key) for key in people_meant(mentions) if key not in known]
    return {MENTIONED_IDS: told} if told else {}


def marks_of(written: Sequence[Note | SharedMessage]) -> list[Marks]:
    """The mentions in each of these, with the names as they are now, for `rendered_each`. One statement at most."""
    keys = {key for one in written for mention in one.mentions for key in mention["ids"]}
    names = names_of(keys) if keys else {}
    return [[(mention["name"], _called(mention, names)) for mention in one.mentions] for one in written]


def _called(mention: Mention, names: Mapping[str, str]) -> str:
    """The name as it is now; as it was typed where it means several, or somebody who is not there any more."""
    (only, *more) = mention["ids"]
    return mention["name"] if more else names.get(only, mention["name"])


def _nameable(record: Model, by: Membership, *, is_private: bool) -> QuerySet[Membership]:
    """Whose names `by` reads here: colleagues, and those of the other side whom the record shows. `called`: a name."""
    own = Q(partner=by.partner_id)
    if not is_private:
        on = {"subject_type": type_of(record), "subject_id": record.pk, "deleted_at": None}
        wrote = SharedMessage.objects.filter(**on).values("author")
        brought = Attachment.objects.filter(**on, is_private=False).values("uploaded_by")
        named = [key for key in subject_of(type_of(record)).names(record) if key]
        own |= Q(pk__in=named) | Q(pk__in=wrote) | Q(pk__in=brought)
    called = Lower(Coalesce(NullIf("user__name", Value("")), "user__email", output_field=CharField()))
    rows = Membership.objects.filter(own, PERSONS).select_related("user", "partner")
    return rows.annotate(called=called)


def _readers(record: Model, rows: Iterable[Membership]) -> list[Membership]:
    """Those of them who may read the record. As the system: what they see is not for the one who asks to see."""
    found = list(rows)
    with tenant_scope(current_tenant()):
        return [one for one in found if find_record(type_of(record), record.pk, one) is not None]


def _may_be_names(rest: str) -> Iterable[str]:
    """What may be a name here, in lower case: the first word, two of them …, with and without what ends a sentence."""
    line = rest.partition("\n")[0].lower()
    for end in [found.end() for found in re.finditer(r"\S+", line)][:WORDS_OF_NAME]:
        yield line[:end]
        yield LAST.sub("", line[:end])


def _meant_by_name(
    found: Iterable[Membership], before: Sequence[Mention], picked: Sequence[UUID]
) -> dict[str, list[list[str]]]:
    """Whom a name (in lower case) means at each of its places, in turn: those who were chosen, else those it meant in
    the former words, else all who are called so.
    """
    called: dict[str, list[str]] = {}
    stood: dict[str, list[list[str]]] = {}
    for member in found:
        called.setdefault(member.name.lower(), []).append(str(member.pk))
    for one in before:
        stood.setdefault(one["name"].lower(), []).append(one["ids"])
    meant = {}
    for name in called | stood:
        able = {*called.get(name, ()), *(key for ids in stood.get(name, ()) for key in ids)}
        chosen = [[str(key)] for key in picked if str(key) in able]
        meant[name] = chosen or stood.get(name) or [called[name]]
    return meant


def _standing(text: str, signs: Sequence[int], meant: Mapping[str, list[list[str]]]) -> list[Mention]:
    """The mentions at these places. Who is meant last at the places of a name is meant at the rest of them too."""
    longest_first = sorted(meant, key=len, reverse=True)
    waiting = {name: [*turns] for name, turns in meant.items()}
    mentions: list[Mention] = []
    for at in signs:
        rest = text[at:]
        name = next((one for one in longest_first if _begins(rest, one)), None)
        if name is None:
            continue
        turns = waiting[name]
        mentions.append({"name": rest[: len(name)], "ids": turns.pop(0) if len(turns) > 1 else turns[0]})
    return mentions


def _begins(rest: str, name: str) -> bool:
    return rest[: len(name)].lower() == name and not re.match(r"\w", rest[len(name) :])


def _refuse_many() -> NoReturn:
    text = _("Mention at most 20 people.")
    raise Refused(Reason("too-many-mentions", text, field="mentions"))
