"""The floor's views: bare ones, and two for somebody who is signed in, with all that a page of the kind needs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.serializers import ModelSerializer

from tests.benchmarks.floor.models import Person, Right, Row


class Pages(CursorPagination):
    page_size = 25
    ordering = "-submitted_at"


class RowSerializer(ModelSerializer[Row]):
    class Meta:
        model = Row
        fields = "__all__"


class RowList(ListAPIView[Row]):
    queryset = Row.objects.all()
    serializer_class = RowSerializer
    pagination_class = Pages


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def rows(request: HttpRequest) -> HttpResponse:
    """One indexed query, 25 rows of 8 columns, a plain template."""
    return render(request, "list.html", {"rows": Row.objects.order_by("-submitted_at")[:25]})


def row(request: HttpRequest, key: int) -> HttpResponse:
    return render(request, "detail.html", {"row": Row.objects.get(pk=key)})


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(_made().pk), status=201)


def _made() -> Row:
    values: dict[str, Any] = dict.fromkeys(("company", "contact", "email", "program", "status", "representative"), "x")
    return Row.objects.create(**values, submitted_at=now(), updated_at=now())


def _may(request: HttpRequest, word: str) -> bool:
    return Right.objects.filter(person_id=request.user.pk, word=word).exists()


def sign_in(request: HttpRequest) -> HttpResponse:
    """With the token of the form, which a GET gives."""
    if request.method == "POST":
        login(request, Person.objects.get(), backend="django.contrib.auth.backends.ModelBackend")
    return render(request, "signed.html", {"title": "Sign in"})


@login_required
@transaction.atomic
def signed(request: HttpRequest, key: int) -> HttpResponse:
    """One record read, in a page with navigation."""
    if not _may(request, "view"):
        return HttpResponse(status=403)
    return render(request, "signed.html", {"row": Row.objects.get(pk=key)})


@login_required
@transaction.atomic
def signed_insert(request: HttpRequest) -> HttpResponse:
    """One record written, and told so on the page that comes next."""
    if not _may(request, "add"):
        return HttpResponse(status=403)
    made = _made()
    messages.success(request, f"{made.company} is in.")
    return redirect("signed", made.pk)


urlpatterns = [
    path("ok/", ok),
    path("rows/", rows),
    path("rows/<int:key>/", row),
    path("insert/", insert),
    path("api/rows/", RowList.as_view()),
    path("sign-in/", sign_in),
    path("signed/<int:key>/", signed, name="signed"),
    path("signed/insert/", signed_insert),
]
