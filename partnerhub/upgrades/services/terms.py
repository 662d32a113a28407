"""The terms of an upgrade, in versions that never change."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from partnerhub.actors import Seat
from partnerhub.errors import NotPermitted, Reason, Refused
from partnerhub.events.services import record
from partnerhub.roles import PROGRAMS_MANAGE
from partnerhub.tenancy.scope import current_tenant
from partnerhub.upgrades.models import ANSWER_DAYS, MOST_ANSWER_DAYS, UpgradeTerms
from partnerhub.upgrades.selectors import current_terms
from partnerhub.web.addresses import below_portal


@transaction.atomic
def publish_terms(texts: Mapping[str, str], *, by: Seat, answer_days: int = ANSWER_DAYS) -> UpgradeTerms:
    """Publish the next version. `texts` by language; the tenant's own language is required. Raises Refused.

    `answer_days`: how long the owner of a store has to answer an invitation that goes out with it.
    """
    if not by.can(PROGRAMS_MANAGE):
        raise NotPermitted(PROGRAMS_MANAGE)
    written = {language: text.strip() for language, text in texts.items() if text.strip()}
    own = current_tenant().language
    if own not in written:
        raise Refused(Reason("text-missing", _("Write the terms in the language of the portal."), field=own))
    if not 0 < answer_days <= MOST_ANSWER_DAYS:
        wrong = _("Enter a number of days from %(least)s to %(most)s.") % {"least": 1, "most": MOST_ANSWER_DAYS}
        raise Refused(Reason("answer_days", wrong, field="answer_days"))
    _one_at_a_time()
    last = current_terms()
    if last is not None and (last.texts, last.answer_days) == (written, answer_days):
        return last
    number = last.number + 1 if last else 1
    terms = UpgradeTerms.objects.create(number=number, texts=written, answer_days=answer_days, published_by_id=by.pk)
    data = {"version": number, "languages": sorted(written), "url": below_portal(terms.urls.page)}
    record("upgradeterms.published", terms, actor=by, after={"texts": written, "answer_days": answer_days}, data=data)
    return terms


def _one_at_a_time() -> None:
    """Two admins who publish at once get two numbers."""
    query = "SELECT pg_advisory_xact_lock(hashtext('upgrade-terms'), hashtext(%s))"
    with connection.cursor() as cursor:
        cursor.execute(query, [str(current_tenant().pk)])
