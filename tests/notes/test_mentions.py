"""Mentions: whom one can mention, whom the words mean for good, and that they are told once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leads.models import Lead
from notifications.models import Message, Preference
from notifications.selectors.story import Over
from notifications.services import fan_out_events
from notifications.services.rendering import letter_of
from partnerhub.accounts.models import Membership, User
from partnerhub.errors import Refused
from partnerhub.events.models import Event
from partnerhub.notes.mentions import MENTIONED_IDS, people_to_mention
from partnerhub.notes.models import Note, SharedMessage
from partnerhub.notes.rendering import rendered
from partnerhub.notes.services import delete_note, edit_message, edit_note, post_message, write_note
from partnerhub.notes.thread import thread_of
from partnerhub.partners.models import Partner
from partnerhub.roles import Role
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope
from tests.calls import Call
from tests.conftest import make_member

Acting = Callable[[Membership], Any]
Told = Callable[[str], set[tuple[str, str]]]
ANNA = "Anna Berg"
SECRET = "zqsecretzq"


@pytest.fixture
def lead(new_lead: Callable[..., Lead], seller: Membership) -> Lead:
    return new_lead(seller)


@pytest.fixture
def annas(acme: Tenant, nordwind: Partner) -> list[Membership]:
    """Two of Nordwind's with one name, who see its leads."""
    people = [User.objects.create_user(f"anna{one}@nordwind.example.org", name=ANNA) for one in (1, 2)]
    return [make_member(acme, ANNA, Role.REFERRALS_ADMIN, partner=nordwind, user=one) for one in people]


@pytest.fixture
def mail(acme: Tenant) -> Told:
    """Who is told of events of a kind, and for what: each once."""

    def read(kind: str) -> set[tuple[str, str]]:
        fan_out_events()
        with tenant_scope(acme):
            rows = list(Message.objects.filter(kind=kind).values_list("address", "purpose"))
        assert len(rows) == len(set(rows))
        return {(address.partition("@")[0], purpose) for address, purpose in rows}

    return read


def offered(record: Any, by: Membership, *, is_private: bool = False, words: str = "") -> list[str]:
    return [one.name for one in people_to_mention(record, by, is_private=is_private, words=words)]


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    (reason,) = refused.value.reasons
    return reason.code


def test_one_can_mention_who_reads_it_and_of_the_other_side_whom_the_record_shows(
    acting: Acting,
    lead: Lead,
    seller: Membership,
    colleague: Membership,
    admin: Membership,
    annas: list[Membership],
    rival: Membership,
    manager: Membership,
    second_manager: Membership,
) -> None:
    """The colleague sees own leads alone, the administrator none; no manager has said a word here yet."""
    with acting(seller):
        assert offered(lead, seller) == [ANNA, ANNA]
        words = "@Tjark Hinrichs, @Rasmus Lindtorp, @Liis Tamm, @Ilse Brandvold: hello"
        assert post_message(lead, by=seller, body=words).mentions == []
    with acting(manager):
        assert offered(lead, manager, words="maren") == ["Maren Feddersen"]
        assert offered(lead, manager) == ["Maren Feddersen", "Mikael Rosenqvist"]  # neither Anna is named here
        assert offered(lead, manager, is_private=True) == ["Mikael Rosenqvist"]
        post_message(lead, by=manager, body="On it.")
    with acting(seller):
        assert offered(lead, seller) == [ANNA, ANNA, "Ilse Brandvold"]
        assert offered(lead, seller, is_private=True) == [ANNA, ANNA]
        said = post_message(lead, by=seller, body="Thank you, @ilse brandvold. Or mail@Ilse Brandvold")
        assert said.mentions == [{"name": "ilse brandvold", "ids": [str(manager.pk)]}]


def test_two_of_one_name_are_told_apart_and_a_new_name_is_shown(
    acting: Acting, lead: Lead, seller: Membership, annas: list[Membership]
) -> None:
    one, other = annas
    with acting(seller):
        both = post_message(lead, by=seller, body=f"@{ANNA}?")
        assert set(both.mentioned) == {one.pk, other.pk}
        said = post_message(lead, by=seller, body=f"@{ANNA}, ask @{ANNA}", mentions=[other.pk, one.pk])
        assert said.mentioned == [other.pk, one.pk]
        User.objects.filter(pk=other.user_id).update(name="Anna <b>Holm</b>")
        html = thread_of(lead, seller, action="/")["messages_shown"][1]["html"]
        assert "<mark>@Anna &lt;b&gt;Holm&lt;/b&gt;</mark>, ask <mark>@Anna Berg</mark>" in html
        again = edit_message(said.pk, by=seller, body=f"@{ANNA}, please ask @{ANNA}")
        assert again.mentioned == [other.pk, one.pk]  # as they stood, whatever they are called by now


def test_whoever_is_chosen_can_read_it_and_stands_in_the_words(
    acting: Acting, lead: Lead, seller: Membership, annas: list[Membership], admin: Membership, manager: Membership
) -> None:
    with acting(seller):
        for chosen in (admin, manager):
            with pytest.raises(Refused) as refused:
                post_message(lead, by=seller, body=f"@{chosen.name}", mentions=[chosen.pk])
            assert code_of(refused) == "mentions"
        with pytest.raises(Refused) as refused:
            write_note(lead, by=seller, body="Nobody", mentions=[annas[0].pk])
        assert code_of(refused) == "mentions-unnamed"
        assert not SharedMessage.objects.exists()
        assert not Note.objects.exists()


def test_a_mention_is_told_once_and_nothing_else_of_the_same_words(
    acting: Acting, mail: Told, lead: Lead, seller: Membership, annas: list[Membership], manager: Membership
) -> None:
    with acting(manager):
        said = post_message(lead, by=manager, body="@Maren Feddersen, is it on?")
    told = mail("note.shared")
    assert {purpose for name, purpose in told if name == "maren.feddersen"} == {"mention"}
    assert ("anna1", "shared-message") in told
    with acting(seller):
        mine = post_message(lead, by=seller, body="@Maren Feddersen, @Ilse Brandvold: yes")
        assert Event.objects.filter(kind="note.shared").latest("id").data[MENTIONED_IDS] == [str(manager.pk)]
        edit_message(mine.pk, by=seller, body="@Ilse Brandvold, yes indeed")
    assert mail("note.shared_edited") == set()
    with acting(seller):
        edit_message(mine.pk, by=seller, body=f"@Ilse Brandvold, @{ANNA}: yes", mentions=[annas[0].pk])
    with acting(manager):
        edit_message(said.pk, by=manager, body="@Maren Feddersen, is it on now?")
    assert mail("note.shared_edited") == {("anna1", "mention")}


def test_switched_off_the_usual_letter_comes_instead(
    acting: Acting, mail: Told, lead: Lead, seller: Membership, manager: Membership
) -> None:
    with acting(seller):
        Preference.objects.create(membership=seller, partner_id=seller.partner_id, purpose="mention", wants=False)
    with acting(manager):
        post_message(lead, by=manager, body="@Maren Feddersen, is it on?")
    assert ("maren.feddersen", "shared-message") in mail("note.shared")


def test_a_note_tells_the_own_side_alone_and_its_mail_has_no_word_of_it(
    acme: Tenant,
    acting: Acting,
    mail: Told,
    lead: Lead,
    seller: Membership,
    manager: Membership,
    second_manager: Membership,
) -> None:
    with acting(manager):
        note = write_note(lead, by=manager, body=f"{SECRET} @Maren Feddersen @Mikael Rosenqvist")
        assert note.mentioned == [second_manager.pk]
    assert mail("note.written") == {("mikael.rosenqvist", "mention")}
    with tenant_scope(acme):
        (told,) = Message.objects.filter(kind="note.written").select_related("event", "recipient")
    letter = letter_of(told, acme, partner_name="")
    assert SECRET not in str(letter)
    assert "that only your side reads" in str(letter)
    with acting(manager):
        edit_note(note.pk, by=manager, body="@Mikael Rosenqvist, look")
    assert mail("note.edited") == set()
    with acting(seller):
        assert not SharedMessage.objects.exists()
        assert not Note.objects.exists()
    with acting(manager):
        delete_note(note.pk, by=manager)
    with pytest.raises(Over):
        letter_of(told, acme, partner_name="")


def test_the_script_is_told_whom_to_offer(
    client_of: Callable[[Membership], Client],
    lead: Lead,
    seller: Membership,
    annas: list[Membership],
    rival: Membership,
    finance: Membership,
) -> None:
    at = f"/acme/mentions/{lead.pk}/"
    found = client_of(seller).get(at, {"q": "ber", "private": "1"}).json()["people"]
    assert found == [{"id": str(one.pk), "name": ANNA, "at": "Nordwind Retail"} for one in annas]
    assert client_of(seller).get(at, {"q": "holm"}).json() == {"people": []}
    assert client_of(finance).get(at).json() == {"people": []}  # reads it, and may not write
    assert client_of(rival).get(at).status_code == 404
    page = client_of(seller).get(f"/acme/leads/{lead.pk}/").content.decode()
    assert f'data-mentions="{at}"' in page
    assert f'data-mentions="{at}?private=1"' in page


def test_forms_and_the_api_say_who_is_meant(
    client_of: Callable[[Membership], Client], call: Call, lead: Lead, seller: Membership, annas: list[Membership]
) -> None:
    other = str(annas[1].pk)
    at = f"leads/{lead.pk}/"
    for rest in ("messages/", "notes/"):
        sent = client_of(seller).post(f"/acme/{at}{rest}", {"body": f"@{ANNA}", "mentions": [other]})
        assert sent.status_code == 302
        (read,) = call(seller).get(f"{at}{rest}").json()["results"]
        assert read["mentions"] == [other]
        made = call(seller).post(f"{at}{rest}", {"body": f"Dear @{ANNA}", "mentions": [other]})
        assert (made.status_code, made.json()["mentions"]) == (201, [other])
        kept = call(seller).patch(f"{rest}{made.json()['id']}/", {"body": "Nobody"}, version=1)
        assert (kept.status_code, kept.json()["mentions"]) == (200, [])
        refused = call(seller).post(f"{at}{rest}", {"body": "Hi", "mentions": [other]})
        assert (refused.status_code, "mentions-unnamed" in refused.content.decode()) == (422, True)


def test_a_mention_is_no_road_for_html() -> None:
    marks = [("Ann", "<i>Ann</i>")]
    shown = "<mark>@&lt;i&gt;Ann&lt;/i&gt;</mark>"
    assert rendered("**@Ann** now", marks) == f"<p><strong>{shown}</strong> now</p>\n"
    assert rendered("\ue0000\ue001 @Ann", marks) == f"<p>0 {shown}</p>\n"
    assert "<i>" not in rendered("[x](@Ann) [y](https://ann.example/?@Ann)", marks)
