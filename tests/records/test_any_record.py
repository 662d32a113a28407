"""What a record with a machine gets of its table: pages, API, refusals, versions, differences, timeline, undo."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from partnerhub.accounts.models import Membership, RecentItem
from partnerhub.errors import NotPermitted, Refused, Stale
from partnerhub.events.models import Event
from partnerhub.events.selectors import timeline_of
from partnerhub.events.timeline import entries_of
from partnerhub.records.actions import actions_of
from partnerhub.records.api import addressed
from partnerhub.records.bodies import body_of
from partnerhub.records.forms import form_of
from partnerhub.records.kinds import Records
from partnerhub.records.pages import StepView
from partnerhub.roles import VENDOR
from partnerhub.states import Api, Dialog, Machine, Step
from partnerhub.web.seen import version_in
from partnerhub.web.views import PortalView
from referrals.models import Referral
from referrals.tables import ReferralList
from tests.calls import Call
from tests.records.kind import ENDING, ENDINGS, EndingAPI, end_referral, undo_end

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.records.kind")]

ClientOf = Callable[[Membership], Client]


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def said_of(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def address(referral: Referral, word: str = "end") -> str:
    return f"/acme/endings/{referral.pk}/{word}/"


def test_a_step_is_asked_and_taken(referral: Referral, manager: Membership, client_of: ClientOf, acting: Any) -> None:
    browser = client_of(manager)
    asked = text_of(browser.get(address(referral)))
    assert re.search(r">End Lumikello Oy\?</h1>\s*<p>Ending · Active</p>", asked)
    assert re.search(r'<textarea name="text" [^>]*maxlength="4000"', asked)
    assert browser.post(address(referral), {"version": 1, "text": " "}).status_code == 422
    done = browser.post(address(referral), {"version": 1, "text": "They moved."})
    assert (done.status_code, done["Location"]) == (302, f"/acme/endings/{referral.pk}/")
    with acting(manager):
        ended = Referral.objects.get(pk=referral.pk)
        event = Event.objects.get(kind="ending.ended")
    assert (ended.status, ended.version) == ("ended", 2)
    assert ended.status_changed_at is not None
    assert (event.before, event.after) == ({"status": "active"}, {"status": "ended"})
    assert event.data == {
        "version": 2,
        "url": f"/endings/{referral.pk}/",
        "merchant": "Lumikello Oy",
        "reason_text": "They moved.",
    }


def test_its_page_is_made_of_its_declaration(
    referral: Referral, manager: Membership, seller: Membership, client_of: ClientOf, acting: Any
) -> None:
    page = text_of(client_of(manager).get(f"/acme/endings/{referral.pk}/"))
    pill = re.search(r'<h1>Lumikello Oy</h1><span class="status large" data-tone="(\w+)">.*?</svg>(\w+)</span>', page)
    assert pill is not None
    assert pill.groups() == ("good", "Active")
    assert '<p class="soft">Ending · of Nordwind Retail</p>' in page
    assert re.search(r"What happens next</h2></header>\s*<div class=\"inner\"><p><b>Lumikello Oy earns on\.", page)
    assert f"<div><dt>Plan</dt><dd>{referral.plan}</dd></div>" in page
    assert "Timeline</h2>" in page
    assert re.search(r'<a class="btn primary"\s+href="/acme/endings/[^"]*/end/\?seen=1" data-dialog>End</a>', page)
    assert re.search(r'<a href="/acme/referrals/">Referral history</a>', page), "the crumb of its list"
    own = text_of(client_of(seller).get(f"/acme/endings/{referral.pk}/"))
    assert '<p class="soft">Ending</p>' in own, "the partner reads no name of its own"
    assert "/end/" not in own
    with acting(manager):
        assert RecentItem.objects.get(membership=manager, object_id=referral.pk).path == f"/endings/{referral.pk}/"


def test_what_a_step_leaves_unsaid_is_said_by_its_label_and_its_machine() -> None:
    step = ENDING.steps["end"]
    assert step.dialog is not None
    assert step.told is not None
    assert (step.dialog.button, step.dialog.keep) == ("End", "Keep it")
    assert (step.told.tone, step.told.icon) == ("warn", "minus")
    plain = Step("x", "Do it", (), None, "", VENDOR, dialog=Dialog("Sure?", "It is done."), api=Api())
    (made,) = Machine("x", [plain], words=str).steps.values()
    assert made.api == Api("Do it", "It is done.")
    assert made.dialog is not None
    assert made.dialog.keep == "Cancel"


def test_all_addresses_of_its_resource(referral: Referral, manager: Membership, rival: Membership, call: Call) -> None:
    rows = call(manager).get("endings/").json()["results"]
    assert rows == [{"id": str(referral.pk), "status": "active"}]
    read = call(manager).get(f"endings/{referral.pk}/")
    assert (read.status_code, read["ETag"], read.json()) == (200, '"1"', rows[0])
    assert call(manager).get(f"endings/{referral.pk}/timeline/").json()["results"]
    assert call(manager).get("endings/export/").status_code == 200
    assert call(rival).get(f"endings/{referral.pk}/").status_code == 404


def test_who_was_slower_sees_what_changed(
    referral: Referral, manager: Membership, second_manager: Membership, client_of: ClientOf, acting: Any
) -> None:
    with acting(second_manager):
        end_referral(referral.pk, text="They moved.", by=second_manager, seen=1)
    answer = client_of(manager).post(address(referral), {"version": 1, "text": "They left."})
    page = text_of(answer)
    assert answer.status_code == 409
    assert ">Lumikello Oy has changed meanwhile</h1>" in page
    assert f"{second_manager.name} was faster: nothing of yours was done. Now it is: Ended." in page
    assert re.search(r"Status</th>\s*<td[^>]*>Active</td>\s*<td[^>]*>Ended</td>", page)


def test_the_api_takes_the_version_and_tells_the_difference(
    referral: Referral, manager: Membership, seller: Membership, call: Call
) -> None:
    path = f"endings/{referral.pk}/end/"
    assert call(manager).post(path, {"text": "They moved."}).status_code == 428
    assert call(manager).post(path, {}, version=1).status_code == 422
    assert call(seller).post(path, {"text": "They moved."}, version=1).status_code == 404
    done = call(manager).post(path, {"text": "They moved."}, version=1)
    assert (done.status_code, done["ETag"], done.json()["status"]) == (200, '"2"', "ended")
    late = call(manager).post(path, {"text": "They moved."}, version=1)
    assert (late.status_code, late.json()["difference"]) == (412, {"status": {"seen": "active", "now": "ended"}})
    again = call(manager).post(path, {"text": "They moved."}, version=2)
    assert (again.status_code, again.json()["allowed"]) == (409, [])


def test_the_message_offers_the_way_back_and_never_over_what_is_newer(
    referral: Referral, manager: Membership, client_of: ClientOf, acting: Any, call: Call
) -> None:
    browser = client_of(manager)
    done = browser.post(address(referral), {"version": 1, "text": "They moved."})
    (message,) = get_messages(done.wsgi_request)
    back = message.extra_tags.removeprefix("undo=")
    assert back.startswith(f"{address(referral, 'undo-end')}?seen=2")
    assert call(manager).post(f"endings/{referral.pk}/undo-end/", version=2).json()["status"] == "active"
    assert browser.post(back).status_code == 303
    with acting(manager):
        assert Referral.objects.get(pk=referral.pk).version == 3, "the second undo was stale"
    assert said_of(browser.get("/acme/referrals/"))[1:] == ["Lumikello Oy has changed since."]


def test_the_way_back_says_what_its_row_says(
    referral: Referral, manager: Membership, client_of: ClientOf, acting: Any
) -> None:
    browser = client_of(manager)
    with acting(manager):
        end_referral(referral.pk, text="They moved.", by=manager, seen=1)
    assert browser.get(address(referral, "undo-end")).status_code == 405
    assert browser.post(f"{address(referral, 'undo-end')}?seen=2&next=/acme/referrals/").status_code == 303
    assert said_of(browser.get("/acme/referrals/")) == ["Lumikello Oy goes on."]


def test_the_way_back_is_for_who_may_take_the_step(
    referral: Referral, manager: Membership, seller: Membership, finance: Membership, client_of: ClientOf, acting: Any
) -> None:
    with acting(manager):
        end_referral(referral.pk, text="They moved.", by=manager, seen=1)
    answers = [client_of(one).post(f"{address(referral, 'undo-end')}?seen=2").status_code for one in (seller, finance)]
    assert answers == [403, 403]
    with acting(manager):
        assert Referral.objects.get(pk=referral.pk).status == "ended"


def test_addresses_come_of_the_machines_table() -> None:
    class Own(PortalView):
        permission = "leads.view"

    steps = StepView.of(ENDINGS, ReferralList)
    made = steps.paths("x/<uuid:record_id>/", end=Own)
    assert [(str(one.pattern), one.name) for one in made] == [
        ("x/<uuid:record_id>/end/", "end"),
        ("x/<uuid:record_id>/undo-end/", "undo-end"),
        ("x/<uuid:record_id>/<slug:step>/", "step"),
    ]
    with pytest.raises(KeyError):
        steps.paths("x/<uuid:record_id>/", nonsense=Own)


def test_a_step_never_hides_behind_another_thing_of_its_name() -> None:
    class Hidden(type(ENDINGS)):  # type: ignore[misc]  # the same declaration, registered by nobody
        pass

    hidden = Hidden()
    hidden.verbs = ENDINGS.verbs
    with pytest.raises(ValueError, match="something else under the names of these steps: end"):
        type("HiddenAPI", (EndingAPI,), {"records": hidden, "end": None})


@pytest.mark.parametrize(
    ("text", "version"),
    [("7", 7), ("0", 0), ("", 0), (None, 0), ("-1", 0), ("٧", 0), ("²", 0), ("1234567890", 0), ("7 ", 0), (7, 0)],
)
def test_a_version_is_read_one_way(text: Any, version: int) -> None:
    assert version_in(text) == version


@pytest.mark.parametrize("seen", ["", "abc", "99", "٧", "1234567890123"])
def test_a_page_asks_on_the_version_it_can_read(
    referral: Referral, manager: Membership, client_of: ClientOf, seen: str
) -> None:
    asked = text_of(client_of(manager).get(address(referral), {"seen": seen}))
    assert '<input type="hidden" name="version" value="1"' in asked


@pytest.mark.parametrize("version", ["abc", "-1", "99999999999999999999"])
def test_a_version_that_no_record_has_is_never_current(
    referral: Referral, manager: Membership, client_of: ClientOf, acting: Any, version: str
) -> None:
    answer = client_of(manager).post(address(referral), {"version": version, "text": "They moved."})
    assert answer.status_code == 409
    with acting(manager):
        assert Referral.objects.get(pk=referral.pk).version == 1


def test_the_timeline_tells_it_in_the_rows_words(referral: Referral, manager: Membership, acting: Any) -> None:
    with acting(manager):
        end_referral(referral.pk, text="They moved.", by=manager, seen=1)
        undo_end(referral.pk, by=manager, seen=2)
        told = [(entry["title"], entry["text"]) for entry in entries_of(timeline_of(referral.pk, manager), manager)]
    assert told[:2] == [("Goes on", "You"), ("Ended, Lumikello Oy", "You: They moved.")]


def test_actions_are_the_steps_that_are_asked(referral: Referral, manager: Membership, acting: Any) -> None:
    with acting(manager):
        found = actions_of(ENDINGS, referral, manager, first=("end",))
    assert [(action.name, action.url) for action, _main in found.shown] == [
        ("end", f"/endings/{referral.pk}/end/?seen=1")
    ]


@pytest.mark.parametrize("word", ["nonsense", "undo_end", "End", "end-"])
def test_other_words_are_no_address(referral: Referral, manager: Membership, client_of: ClientOf, word: str) -> None:
    assert client_of(manager).get(address(referral, word)).status_code == 404


def test_form_and_body_are_made_of_the_same_fields() -> None:
    asks = ENDING.steps["end"].asks
    assert [*form_of(asks).base_fields] == ["version", "text"]
    assert [*body_of(asks)().fields] == ["text"]
    assert form_of(asks) is form_of(asks)
    assert body_of(asks).__name__ == "EndBody"


def test_every_step_and_way_back_has_an_address() -> None:
    assert [*addressed(ENDINGS)] == ["end", "undo_end"]
    assert [str(one.pattern) for one in EndingAPI.paths("x/")] == ["x/end/", "x/undo-end/"]


def test_a_step_without_a_verb_is_told_at_the_start() -> None:
    class Forgotten(type(ENDINGS)):  # type: ignore[misc]  # the same declaration with no verbs yet
        pass

    with pytest.raises(ValueError, match="No verb takes these steps of ending: end"):
        type("ForgottenView", (StepView,), {"records": Forgotten()})


def test_nobody_takes_what_they_may_not_see(referral: Referral, rival: Membership, acting: Any) -> None:
    with acting(rival), pytest.raises(Referral.DoesNotExist):
        end_referral(referral.pk, text="Mine.", by=rival, seen=1)


def test_a_refused_step_writes_nothing(referral: Referral, manager: Membership, acting: Any) -> None:
    with acting(manager):
        with pytest.raises(Refused):
            end_referral(referral.pk, text=" ", by=manager, seen=1)
        with pytest.raises(Stale):
            end_referral(referral.pk, text="They moved.", by=manager, seen=7)
        assert Referral.objects.get(pk=referral.pk).version == 1
        assert not Event.objects.filter(kind="ending.ended").exists()


def test_what_only_the_vendor_gets_is_left_out_of_a_difference() -> None:
    class Shown(Records[Any]):
        machine = ENDING
        vendor_only = frozenset({"conflict"})
        internal = frozenset({"key"})

    difference = {"status": (1, 2), "conflict": (1, 2), "key": (1, 2)}
    assert [*Shown().visible(difference, "partner")] == ["status"]
    assert [*Shown().visible(difference, "vendor")] == ["status", "conflict"]


def test_an_edit_tells_of_what_differs_or_of_what_is_told_always(
    referral: Referral, manager: Membership, acting: Any
) -> None:
    with acting(manager):
        held = ENDINGS.locked(referral.pk, by=manager, seen=1)
        same = {"id": str(held.pk), "status": held.status}
        assert ENDINGS.edit("ending.ended", held, same, by=manager).version == 1
        assert not Event.objects.filter(kind="ending.ended").exists()
        assert ENDINGS.edit("ending.ended", held, same, by=manager, always=True).version == 2
        told = Event.objects.get(kind="ending.ended")
    assert (told.before, told.after, told.data["version"]) == ({}, {}, 2)


def test_a_step_is_for_who_has_its_permission_on_its_side(
    referral: Referral, finance: Membership, manager: Membership, seller: Membership, acting: Any
) -> None:
    step = ENDINGS.machine.steps["end"]
    with acting(manager):
        assert ENDINGS.find_for(step, manager, referral.pk) == referral
    with acting(finance), pytest.raises(NotPermitted):
        ENDINGS.find_for(step, finance, referral.pk)
    with acting(seller), pytest.raises(Referral.DoesNotExist):
        ENDINGS.find_for(step, seller, referral.pk)
