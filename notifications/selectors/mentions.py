"""Mentions in messages and notes: whoever is mentioned is told of it once, and of the same words in no other letter."""

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from notifications.selectors.circles import AllNamed, Circle
from notifications.selectors.story import Letter, Over, Story
from notifications.selectors.telling import Rule, Telling
from notifications.selectors.written import files_told, is_note_told, written_words
from notifications.states import BOTH_SIDES, Purpose
from notifications.states.purposes import PurposeGroup
from partnerhub.accounts.models import Membership
from partnerhub.events.models import Event
from partnerhub.notes.mentions import MENTIONED_IDS
from partnerhub.notes.selectors import NOTE_ID
from partnerhub.notes.subjects import find_record

MENTIONS = Purpose(
    "mention",
    _("Mentions"),
    _("Somebody mentions you in a message or in a note of your side."),
    BOTH_SIDES,
    PurposeGroup("mentions", _("Messages and notes")),
    stop=_("Stop mail about mentions"),
)


@dataclass(frozen=True)
class MentionedReaders(AllNamed):
    """Those who are mentioned and still see the record: asked again when the mail is sent."""

    def has(self, member: Membership, event: Event) -> bool:
        return super().has(member, event) and find_record(event.subject_type, event.subject_id, member) is not None


MENTIONED = Circle(
    "mentioned",
    _("Mentioned in the words"),
    MentionedReaders(MENTIONED_IDS),
    _("You get this because somebody mentioned you at %(tenant)s."),
)
TO_MENTIONED = Rule(MENTIONS, ((MENTIONED,),), alone=True)


def mentions_you(story: Story) -> Letter:
    """Who mentions the reader, and where; the words of a message, none of a note. Raises Over once it was deleted."""
    named = {"actor": story["actor"], "record": story.event.subject_label}
    subject, heading = _now("%(record)s: %(actor)s mentions you") % named, _now("%(actor)s mentions you") % named
    action = (_now("Read it there"), story["url"])
    if story.get(NOTE_ID):
        if not is_note_told(story):
            raise Over
        text = _now("It is in a note about %(record)s that only your side reads.") % named
        return Letter(subject=subject, heading=heading, paragraphs=[text], action=action)
    words = written_words(story, "body")
    if words is None:
        raise Over
    return Letter(
        subject=subject,
        heading=heading,
        paragraphs=[_now("It is in a message about %(record)s that both sides read.") % named],
        quote=(_now("%(actor)s writes") % named, words) if words else None,
        facts=files_told(story),
        action=action,
    )


MENTION_LETTERS = tuple(
    Telling(kind, mentions_you, (TO_MENTIONED,)) for kind in ("note.shared_edited", "note.written", "note.edited")
)
"""Of what is shared, the app whose record it is on tells besides."""
