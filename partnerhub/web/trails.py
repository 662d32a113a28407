"""The list from which a record was opened: carried in the address, and kept through what is done on the page (C7).

`?list=<parameters of the list>&row=<which row>&of=<how many>` on the address of a record's page. It is bounded, and
says nothing but parameters: the list that they are for is the page's own, so that they lead nowhere else.
"""

from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponseBase, QueryDict

from partnerhub.web.addresses import stays_here

LIST, ROW, OF = "list", "row", "of"
LONGEST_TRAIL, MOST_PARAMETERS = 1500, 60
"""How long the parameters of a list may be here, and how many."""
MOST_DIGITS = 7


@dataclass(frozen=True)
class Trail:
    """`query`: the list's parameters; `row`: the record's place in the whole list; `of`: how many there are.

    0: unknown.
    """

    query: str = ""
    row: int = 0
    of: int = 0

    @classmethod
    def of_address(cls, parameters: QueryDict) -> "Trail | None":
        """None where the record was opened from no list, and for what no list writes."""
        query = parameters.get(LIST)
        if query is None or len(query) > LONGEST_TRAIL or query.count("&") >= MOST_PARAMETERS or "\0" in query:
            return None
        return cls(str(query), _number(parameters.get(ROW, "")), _number(parameters.get(OF, "")))

    @property
    def address(self) -> str:
        """As the parameters of a record's address."""
        numbers = {name: number for name, number in ((OF, self.of), (ROW, self.row)) if number}
        return urlencode({LIST: self.query} | numbers)

    def at(self, row: int, query: str) -> "Trail":
        return replace(self, row=row, query=query)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def with_trail(request: HttpRequest, url: str) -> str:
    """The address of a record's page with the list from which it was opened, as far as the request tells.

    Known from the page on which somebody acted. An address that says it itself, or another page, stays as it is.
    """
    wanted = urlsplit(url)
    if LIST in QueryDict(wanted.query):
        return url
    for page in pages_before(request):
        parts = urlsplit(page)
        if parts.path != wanted.path or not stays_here(page, request):
            continue
        trail = Trail.of_address(QueryDict(parts.query))
        if trail:
            query = f"{wanted.query}&{trail.address}" if wanted.query else trail.address
            return wanted._replace(query=query).geturl()
    return url


def pages_before(request: HttpRequest) -> list[str]:
    """Where the person is, as the form or the browser says; not to be trusted, see `stays_here`."""
    said = (
        request.get_full_path(),
        request.POST.get("next"),
        request.GET.get("next"),
        request.headers.get("HX-Current-URL"),
        request.headers.get("Referer"),
    )
    return [page for page in said if page and len(page) <= 2 * LONGEST_TRAIL]


def back_on_trail(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """A redirect to the page on which somebody acted leads there with its list."""
    if request.method == "POST" and response.has_header("Location"):
        response["Location"] = with_trail(request, response["Location"])
    return response
