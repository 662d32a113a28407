"""Jump to (Ctrl K) and the page of search: records, and pages of the portal that this member may open."""

from django import forms
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from partnerhub.accounts.bases import SeatView
from partnerhub.accounts.models import Membership
from partnerhub.accounts.requests import MemberRequest
from partnerhub.accounts.selectors import recent_items
from partnerhub.portal.navigation import Item, navigation_for
from partnerhub.web.finding import find_records
from partnerhub.web.folding import fold, search_words
from partnerhub.web.lists.filters import TEXT_LENGTH, TextField
from partnerhub.web.views import ANY_MEMBER


class SearchForm(forms.Form):
    q = TextField(label=_("Search"), required=False)


def find_places(text: str, membership: Membership) -> list[Item]:
    """The pages in the navigation whose name, or whose part of the navigation, has every word of the text."""
    words = search_words(text)
    return [
        item
        for title, items in navigation_for(membership, "").groups
        for item in items
        if not item.locked and all(word in fold(f"{title} {item.label}") for word in words)
    ]


class SearchView(SeatView):
    """What is found with `q`; without it what was opened last and all pages. Ctrl K asks for the results alone."""

    permission = ANY_MEMBER

    def get(self, request: MemberRequest) -> HttpResponseBase:
        form = SearchForm(request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        member = request.membership
        is_fragment = bool(request.htmx) and request.htmx.target == "jump-found"
        context = {
            "text": text,
            "longest": TEXT_LENGTH,
            "problem": next(iter(form.errors.get("q", [])), ""),
            "found": find_records(text, member),
            "recent": [] if text else recent_items(member),
            "places": find_places(text, member) if form.is_valid() else [],
            "is_fragment": is_fragment,
            "crumbs": [(_("Search"), None)],
        }
        return self.page("portal/found.html" if is_fragment else "portal/search.html", context)
