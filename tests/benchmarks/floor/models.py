"""The floor's tables; made and filled by the benchmark."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models


class Row(models.Model):
    company = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    email = models.CharField(max_length=200)
    program = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    representative = models.CharField(max_length=200)
    submitted_at = models.DateTimeField(db_index=True)
    updated_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "floor_row"

    def __str__(self) -> str:
        return self.company


class Person(AbstractBaseUser):
    """Who is signed in at the floor."""

    email = models.CharField(max_length=200, unique=True)
    USERNAME_FIELD = "email"

    class Meta:
        managed = False
        db_table = "floor_person"


class Right(models.Model):
    """What a person may do."""

    person = models.ForeignKey(Person, models.CASCADE)
    word = models.CharField(max_length=40)

    class Meta:
        managed = False
        db_table = "floor_right"

    def __str__(self) -> str:
        return self.word
