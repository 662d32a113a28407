"""The calendar of a tenant: there from the first day, changed by its Programme admin, read by everybody."""

from typing import Any

import pytest
from django.test import Client
from time_machine import travel

from partnerhub.accounts.models import Membership
from partnerhub.calendars.models import Calendar
from partnerhub.calendars.selectors import current_calendar
from partnerhub.calendars.services import change_calendar
from partnerhub.errors import Refused, Stale
from partnerhub.events.models import Event
from partnerhub.portal.services import open_portal
from partnerhub.tenancy.models import Tenant
from partnerhub.tenancy.scope import tenant_scope

pytestmark = pytest.mark.django_db


def refused(by: Membership, **values: Any) -> set[str]:
    with pytest.raises(Refused) as caught:
        change_calendar(values, by=by)
    return {str(reason.field) for reason in caught.value.reasons}


def test_a_new_tenant_opens_with_a_calendar_and_an_old_one_reckons_without(acme: Tenant) -> None:
    tenant = Tenant(slug="fresh", name="Fresh", timezone="Europe/Warsaw")
    open_portal(tenant, admin_email="admin@fresh.example.org", admin_name="Ada")
    with tenant_scope(tenant):
        assert Calendar.objects.get().hours.zone == "Europe/Warsaw"
    with tenant_scope(acme):
        assert not Calendar.objects.exists()
        assert current_calendar().hours.week[0] == ((540, 1020),)


def test_what_cannot_be_reckoned_with_is_refused(acting: Any, programme_admin: Membership) -> None:
    by = programme_admin
    with acting(by):
        days = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "")
        assert refused(by, **days) == {"monday"}
        assert refused(by, **days | {"monday": "9 to 5"}) == {"monday"}
        assert refused(by, country="DE", subdivision="TX", zone="Mars/Base", closing_days=["Christmas"]) == {
            "subdivision",
            "zone",
            "closing_days",
        }
        assert refused(by, country="ZZ") == {"country"}
        kept = change_calendar(
            {"monday": "9:00 – 12:30,13:30-17:00", "country": "DE", "subdivision": "BY"}
            | {"closing_days": ["2026-12-24  Company day", "", "2026-12-23"]},
            by=by,
        )
        assert kept.monday == "09:00-12:30, 13:30-17:00"
        assert kept.closing_days == ["2026-12-23", "2026-12-24 Company day"]
        event = Event.objects.get(kind="calendar.changed")
        assert event.before["monday"] == "09:00-17:00"
        assert change_calendar({"country": "NO"}, by=by).subdivision == ""
        with pytest.raises(Stale):
            change_calendar({"friday": ""}, by=by, seen=kept.version - 1)


@travel("2026-12-20T12:00:00Z", tick=True)
def test_the_page_shows_what_is_closed_next(client_of: Any, acting: Any, programme_admin: Membership) -> None:
    client: Client = client_of(programme_admin)
    by = programme_admin
    with acting(by):
        change_calendar({"country": "PL", "closing_days": ["2026-12-31 Stocktaking"]}, by=by)
    page = client.get("/acme/programme/calendar/").content.decode()
    for words in ("25 Dec 2026", "Christmas Day", "31 Dec 2026", "Stocktaking"):
        assert words in page
    assert "26 Dec 2026" not in page  # a Saturday: it was closed already
    form = {"zone": "Europe/Warsaw", "monday": "09:00-17:00", "country": "US", "version": "2"}
    assert client.post("/acme/programme/calendar/", form).status_code == 302
    page = client.get("/acme/programme/calendar/").content.decode()
    assert "CA · California" in page
    wrong = client.post("/acme/programme/calendar/", form | {"monday": "", "version": "3"})
    assert wrong.status_code == 409
    assert "at least an hour a week" in wrong.content.decode()
