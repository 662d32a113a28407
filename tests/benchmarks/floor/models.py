"""The floor's one table; made and filled by the benchmark."""

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
