"""Messages, notes and files on a deal over the API."""

from typing import ClassVar

from deals.services.deals import DEALS
from partnerhub.notes.record_api import TalkAPI, described_as, talk_permissions
from partnerhub.records.api import RecordAPI
from partnerhub.roles import DEALS_COMMENT, DEALS_VIEW


@described_as("deals", "a deal")
class DealTalkAPI(TalkAPI, RecordAPI):
    permission: ClassVar[str | dict[str, str]] = talk_permissions(DEALS_VIEW, DEALS_COMMENT)
    records, id_name = DEALS, "deal_id"
