"""A form that is asked on several pages. What was entered on the others goes along unseen, in the form itself.

Nothing is kept between the pages but what the browser sends: a second tab has its own, scripts are not needed, and
whatever comes back is checked again as a whole before anything is done.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.forms.utils import ErrorDict

from partnerhub.states import AskedPage
from partnerhub.web.seen import version_in

NEXT, BACK = "next", "back"


class PagedForm(forms.Form):
    """`pages` has every field once; `at` is the page that is shown. Who draws it calls `hide_others` before."""

    pages: ClassVar[tuple[AskedPage, ...]] = ()
    at: int = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.at = min(version_in(self.data.get("page")), len(self.pages) - 1)

    def turns(self) -> bool:
        """Whether it was sent to see another page, and not to be done; the page is turned then.

        Next stays where this page has errors; the other pages are not looked at. Back loses nothing.
        """
        way = self.data.get("turn")
        if way not in {NEXT, BACK} and self.at == len(self.pages) - 1:
            return False
        wrong = ErrorDict()
        if way == BACK:
            self.at = max(self.at - 1, 0)
        else:
            wrong.update({name: said for name, said in self.errors.items() if name in self.page.names})
            self.at += not wrong and self.at < len(self.pages) - 1
        self._errors = wrong
        return True

    def go_to_errors(self) -> None:
        """Go to the first page on which something is wrong."""
        pages = enumerate(self.pages)
        self.at = next((number for number, page in pages if self.errors.keys() & {*page.names}), self.at)

    def hide_others(self) -> None:
        """Let the fields of the other pages go along unseen."""
        for name in {name for page in self.pages for name in page.names} - {*self.page.names}:
            if field := self.fields.get(name):
                field.widget = field.hidden_widget()

    @property
    def page(self) -> AskedPage:
        """The page that is shown."""
        return self.pages[self.at]

    @property
    def number(self) -> int:
        """Which page it is, from 1 on."""
        return self.at + 1

    @property
    def is_last(self) -> bool:
        return self.number == len(self.pages)

    def entered(self) -> Iterator[tuple[object, str]]:
        """What was entered on the pages before, as people read it: label and value."""
        for name in (name for page in self.pages[: self.at] for name in page.names if name in self.fields):
            field, value = self.fields[name], self[name].value()
            if isinstance(field, forms.ChoiceField):
                chosen = {str(one) for one in value} if isinstance(value, list) else {str(value)}
                offered = cast("Iterable[tuple[str, str]]", field.choices)
                value = ", ".join(str(label) for key, label in offered if key and str(key) in chosen)
            yield field.label, str(value or "")
