"""The Celery app. Tasks live in each app's tasks.py; the beat schedule in the settings."""

import os
from typing import Any

import structlog
from celery import Celery
from celery.signals import task_postrun, task_prerun

import partnerhub.broker  # noqa: F401

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnerhub.settings")

app = Celery("partnerhub")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@task_prerun.connect
def _name_task(task_id: str, task: Any, **_: object) -> None:
    """Every line of a task carries its id; nothing of the task before it is left in this process."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task=task.name, task_id=task_id)


@task_postrun.connect
def _forget_task(**_: object) -> None:
    structlog.contextvars.clear_contextvars()
