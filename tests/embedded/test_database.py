import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_portal_signs_in_as_an_ordinary_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("partnerhub", False, False)
