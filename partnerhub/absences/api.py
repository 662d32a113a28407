"""Absences over the API."""

from partnerhub.absences.models import Absence
from partnerhub.absences.services import ABSENCES, plan_absence
from partnerhub.absences.states import PLAN_ABSENCE
from partnerhub.absences.tables import AbsenceList
from partnerhub.records.adding import add_action
from partnerhub.records.api import Resource
from partnerhub.roles import OWN_MANAGE
from partnerhub.states import Api
from partnerhub.web.shapes import shape_of

AbsenceSerializer = shape_of(
    *(Absence, "member", "deputy", "first_day", "last_day", "note"),
    about="Who is away, from which day to which, both included and in their own zone, and who covers.",
)


class AbsencesAPI(Resource):
    records, list_class, serializer = ABSENCES, AbsenceList, AbsenceSerializer
    id_name, tag, one = "absence_id", "Absences", "an absence"
    acts = {"create": OWN_MANAGE}
    create = add_action(
        *(ABSENCES, plan_absence, PLAN_ABSENCE),
        api=Api("Plan an absence", "From today, it begins at once. The deputy is told."),
        tag=tag,
        serializer=serializer,
        answers="api-absence",
    )
