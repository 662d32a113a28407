"""The floor's five views."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.serializers import ModelSerializer

from tests.benchmarks.floor.models import Row


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
    values: dict[str, Any] = dict.fromkeys(("company", "contact", "email", "program", "status", "representative"), "x")
    made = Row.objects.create(**values, submitted_at=now(), updated_at=now())
    return HttpResponse(str(made.pk), status=201)


urlpatterns = [
    path("ok/", ok),
    path("rows/", rows),
    path("rows/<int:key>/", row),
    path("insert/", insert),
    path("api/rows/", RowList.as_view()),
]
