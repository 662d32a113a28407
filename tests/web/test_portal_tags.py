"""Tags and components: what they draw, and that nothing a person typed gets out of its place."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, TemplateSyntaxError
from django.test.utils import override_script_prefix
from django.utils import translation

from partnerhub.errors import Reason
from partnerhub.web.phrases import PHRASES

NOW = datetime(2026, 11, 18, 9, 40, tzinfo=UTC)
HOSTILE = '<script>"x"</script>'


def draw(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


class LeadForm(forms.Form):
    email = forms.EmailField(label="Email", help_text="Where we write.")
    phone = forms.CharField(label="Phone", required=False)
    consent = forms.BooleanField(label="Consent")
    support = forms.BooleanField(label="Sales support", required=False)
    kind = forms.ChoiceField(label="Kind", widget=forms.RadioSelect, choices=[("a", "One"), ("b", HOSTILE)])


def test_an_icon_comes_from_the_sprite_and_is_silent() -> None:
    drawn = draw('{% icon "lead" %}')
    assert drawn.startswith('<svg class="icon" aria-hidden="true"><use href="/static/icons.')
    assert drawn.endswith('#lead"/></svg>')


def test_an_icon_can_be_named_by_the_kind_of_a_record() -> None:
    assert "#building" in draw("{% icon kind %}", kind="company")


def test_an_icon_takes_one_name() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw('{% icon "lead" "large" %}')


def test_money_sets_the_code_apart() -> None:
    assert draw('{% money 1840000 "EUR" %}') == '<span class="money"><span class="code">EUR</span> 18,400</span>'


def test_no_money_draws_nothing() -> None:
    assert draw('{% money none "EUR" %}', none=None) == ""


def test_a_day_carries_its_exact_value() -> None:
    assert draw("{% day when %}", when=date(2026, 11, 17)) == '<time datetime="2026-11-17">17 Nov 2026</time>'


@time_machine.travel(NOW, tick=False)
def test_a_relative_time_carries_the_full_one() -> None:
    drawn = draw("{% ago when %}", when=datetime(2026, 11, 18, 7, 40, tzinfo=UTC))
    assert drawn == (
        '<time class="ago" datetime="2026-11-18T07:40+00:00" data-full="18 Nov 2026, 07:40">2 h ago</time>'
    )


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Maren Feddersen", "MF"),
        ("Nordwind", "NO"),
        ("a.lisowska@x.example", "AL"),
        ("Ö", "Ö"),
        ("", "?"),
        ("– –", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert draw("{{ name|initials }}", name=name) == letters


def test_roles_in_words() -> None:
    assert draw("{{ roles|role_names }}", roles=["account-admin", "finance"]) == "Account admin, Finance"


def test_a_field_names_its_help_and_who_sees_it() -> None:
    drawn = draw('{% field form.email seen_by="Visible to Acme" %}', form=LeadForm())
    assert 'aria-describedby="id_email_helptext id_email_seen"' in drawn
    assert 'id="id_email_seen"' in drawn
    assert "(optional)" not in drawn


def test_a_refused_field_points_at_its_error() -> None:
    drawn = draw("{% field form.email %}", form=LeadForm({"email": "x@"}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_email_helptext id_email_error"' in drawn
    assert 'id="id_email_error"' in drawn


def test_a_field_without_its_help_does_not_point_at_it() -> None:
    drawn = draw('{% field form.email help="" %}', form=LeadForm())
    assert "helptext" not in drawn


def test_an_optional_field_says_so() -> None:
    assert "(optional)" in draw("{% field form.phone %}", form=LeadForm())


def test_a_field_takes_attributes_and_other_words() -> None:
    drawn = draw('{% field form.phone label="Call me" data_max=3 autocomplete="tel" %}', form=LeadForm())
    assert 'data-max="3"' in drawn
    assert 'autocomplete="tel"' in drawn
    assert "Call me" in drawn


def test_a_switch_has_its_role() -> None:
    assert 'role="switch"' in draw('{% field form.support kind="switch" %}', form=LeadForm())


def test_choices_stand_in_a_fieldset_and_are_escaped() -> None:
    drawn = draw("{% field form.kind %}", form=LeadForm({}))
    assert '<fieldset class="field' in drawn
    assert "<legend>Kind" in drawn
    assert "<script>" not in drawn


def test_many_choices_scroll_and_begin_with_the_chosen_ones() -> None:
    class Places(forms.Form):
        places = forms.MultipleChoiceField(
            choices=lambda: [(str(number), f"Place {number}") for number in range(30)],
            widget=forms.CheckboxSelectMultiple,
        )

    drawn = draw("{% field form.places %}", form=Places({"places": ["7", "21"]}))

    assert 'class="ticks many"' in drawn
    assert re.findall(r"Place (\d+)", drawn)[:4] == ["7", "21", "0", "1"]
    assert "many" not in draw("{% field form.kind %}", form=LeadForm({}))


def test_the_summary_takes_focus_and_links_to_every_field() -> None:
    drawn = draw('{% include "components/errors.html" %}', form=LeadForm({"email": "x@"}))
    assert "data-focus-on-load" in drawn
    assert "3 answers need attention" in drawn
    assert [name for name in ("email", "consent", "kind") if f'href="#id_{name}' not in drawn] == []


def test_a_form_without_errors_has_no_summary() -> None:
    assert draw('{% include "components/errors.html" %}', form=LeadForm()).strip() == ""


def test_a_disabled_control_lists_its_conditions() -> None:
    reasons = [Reason("role", "You are a Referrals admin.", ok=True), Reason("s", HOSTILE, who="Ask Anna.")]
    drawn = draw('{% include "components/why.html" with id="new" label="New deal" %}', reasons=reasons)
    assert 'aria-disabled="true" aria-describedby="new-why"' in drawn
    assert drawn.count("<li") == len(reasons)
    assert "Ask Anna." in drawn
    assert "<script>" not in drawn


def test_a_message_can_be_undone() -> None:
    undo = Message(constants.SUCCESS, "Assigned", extra_tags="undo=/leads/1/unassign/")
    assert draw("{{ message|undo_url }}", message=undo) == "/leads/1/unassign/"
    assert draw("{{ message|undo_url }}", message=Message(constants.SUCCESS, "Saved")) == ""


def test_phrases_speak_the_readers_language() -> None:
    with translation.override("en"):
        drawn = draw("{% phrases %}")
    assert drawn.startswith('<template id="phrases">')
    assert "minutes-ago={minutes} min ago" in drawn.splitlines()
    assert len(drawn.splitlines()) == len(PHRASES), "a line for each"


def test_what_is_typed_is_escaped_in_components() -> None:
    facts = [{"label": "Notes", "value": HOSTILE, "url": "javascript:0", "whole": True}]
    drawn = draw('{% include "components/facts.html" %}', facts=facts)
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "javascript:" not in drawn
    assert "href" not in drawn


@pytest.mark.parametrize("url", ["javascript:0", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "//x", "x"])
def test_a_fact_links_to_no_script(url: str) -> None:
    drawn = draw('{% include "components/facts.html" %}', facts=[{"label": "Website", "value": "x", "url": url}])
    assert "href" not in drawn


@pytest.mark.parametrize("url", ["https://a.example", "mailto:a@b.example", "tel:+4722", "/leads/", "?page=2"])
def test_a_fact_links_to_pages_mail_and_phones(url: str) -> None:
    drawn = draw('{% include "components/facts.html" %}', facts=[{"label": "Website", "value": "x", "url": url}])
    assert f'href="{url}"' in drawn


def test_a_constant_part_sees_no_person() -> None:
    drawn = draw('{% constant "components/brand.html" %}', tenant={"name": "Acme Commerce"})
    assert "Acme" not in drawn


def test_a_constant_part_follows_language_and_address() -> None:
    source = '{% constant "components/trouble.html" %}'
    with translation.override("en"):
        shared = draw(source)
        with override_script_prefix("/acme/"):
            assert 'data-login="/acme/accounts/login/"' in draw(source)
    assert 'data-login="/accounts/login/"' in shared
