"""What the worker does for the whole installation."""

from celery import shared_task

from partnerhub.tenancy.second_pass import go_over_rows as go_over


@shared_task(name="tenancy.go_over_rows", ignore_result=True)
def go_over_rows() -> None:
    """Beat's second pass over computed columns."""
    go_over()
