"""Language, zone and prefix belong to the thread or the task that set them, as with Django's own way to keep them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import django_countries
import pytest
from asgiref.sync import sync_to_async
from django.urls import base as urls_base
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext, trans_real

from partnerhub.web.ambient import Ambient


def test_libraries_keep_it_in_context_variables() -> None:
    kept = (trans_real._active, timezone._active, urls_base._prefixes, urls_base._urlconfs)
    assert all(isinstance(one, Ambient) for one in kept)


def test_what_is_not_set_is_missing_as_of_any_object() -> None:
    kept = Ambient("test")
    assert getattr(kept, "value", "nothing") == "nothing"
    kept.value = None
    assert kept.value is None
    del kept.value
    with pytest.raises(AttributeError):
        kept.value  # noqa: B018 - the access raises


def test_another_thread_begins_with_nothing() -> None:
    with translation.override("pl"), timezone.override(ZoneInfo("Europe/Warsaw")), ThreadPoolExecutor(1) as other:
        set_script_prefix("/acme/")
        try:
            assert other.submit(get_language).result() == "en"
            assert other.submit(timezone.get_current_timezone_name).result() == "UTC"
            assert other.submit(get_script_prefix).result() == "/"
            assert (get_language(), timezone.get_current_timezone_name()) == ("pl", "Europe/Warsaw")
        finally:
            set_script_prefix("/")


def test_tasks_of_one_loop_speak_their_own_language_in_threads_too() -> None:
    async def spoken(language: str) -> str:
        translation.activate(language)
        await asyncio.sleep(0)
        return await sync_to_async(gettext)("Company")

    async def both() -> list[str]:
        return await asyncio.gather(spoken("pl"), spoken("en"))

    before = get_language()
    with ThreadPoolExecutor(1) as other:  # this one may have a loop that a browser's tests have left
        assert other.submit(lambda: asyncio.run(both())).result() == ["Firma", "Company"]
    assert get_language() == before


def test_countries_still_say_when_a_word_has_no_translation() -> None:
    with translation.override("pl"):
        with django_countries.no_translation_fallback():
            assert gettext("a word that nobody translates") == ""
        assert gettext("a word that nobody translates") == "a word that nobody translates"
