"""Who may use which address: the table that the walls are measured by. An address without a row fails.

Roles by letter, as in the spec's table: A Account admin, R Referrals admin, U Referrals user, B Business profile admin
of the partner; C Channel manager, S Sales representative, F Finance, P Programme admin of the vendor.
"""

from dataclasses import dataclass

ALL = "ARUBCSFP"
LEADS = "RUCSFP"  # the Referrals workspace
PUBLIC = "public"


@dataclass(frozen=True)
class Row:
    """`roles` are let in. `record` is the kind of the record in the address; whoever has a role sees only their own.

    `hidden`: the rest get 404 instead of No access, because what is here depends on the record alone. The record of a
    request for access was asked for by B. Making a token (-) wants a sign-in of the last minutes, whoever asks.
    """

    roles: str
    record: str = ""
    hidden: bool = False


def rows(text: str) -> dict[tuple[str, str], Row]:
    """`METHOD[,METHOD] address roles [record] [hidden]`, one a line."""
    table = {}
    for line in text.strip().splitlines():
        methods, address, roles, *rest = line.split()
        record = next((word for word in rest if word != "hidden"), "")
        for method in methods.split(","):
            table[method, "" if address == "/" else address] = Row(roles, record, "hidden" in rest)
    return table


WANTED = rows(
    """
    GET / ARUBCSFP
    POST language/ public
    POST theme/ public
    POST typed/forget/ public
    GET brand.css public
    GET accounts/seats/ public
    GET,POST welcome/<str:token>/ public
    GET,POST unsubscribe/<str:token>/ public
    GET,POST unsubscribe/<str:token>/again/ public
    GET settings/users/ ARUBCSFP
    GET settings/users/export.csv ARUBCSFP
    GET settings/users/export.xlsx ARUBCSFP
    GET,POST settings/users/invite/ ACP
    GET settings/users/<uuid:id>/ ARUBCP member hidden
    POST settings/users/<uuid:id>/ AP member
    GET,POST settings/users/<uuid:id>/remove/ AP member
    POST settings/users/<uuid:id>/restore/ AP former
    POST settings/invitations/<uuid:id>/resend/ ACP invitation
    POST settings/invitations/<uuid:id>/revoke/ ACP invitation
    POST access-requests/ ARUBCSFP
    GET access-requests/<uuid:id>/ ABP request hidden
    GET,POST access-requests/<uuid:id>/grant/ AP request
    GET,POST access-requests/<uuid:id>/refuse/ AP request
    GET partners/ CP
    GET partners/export.csv CP
    GET partners/export.xlsx CP
    GET,POST partners/new/ CP
    GET,POST partners/<uuid:partner_id>/ CP partner
    GET,POST partners/<uuid:partner_id>/suspend/ CP partner
    GET,POST partners/<uuid:partner_id>/lift/ CP partner
    GET,POST settings/profile/ ARUBCSFP
    GET settings/security/ ARUBCSFP
    POST settings/security/sessions/end-others/ ARUBCSFP
    POST settings/security/sessions/<int:id>/end/ ARUBCSFP
    GET settings/tokens/ AP
    GET,POST settings/tokens/new/ AP
    GET,POST settings/tokens/service-members/new/ AP
    GET,POST settings/tokens/<uuid:id>/revoke/ AP token
    GET admin-log/ ACP
    GET admin-log/export.csv ACP
    GET admin-log/export.xlsx ACP
    GET admin-log/<uuid:event_id>/ ACP event
    GET files/<uuid:attachment_id>/ RUCSFP file hidden
    GET,POST files/<uuid:attachment_id>/delete/ R file hidden
    GET,POST settings/communication/ ARUBCSFP
    GET,POST settings/communication/confirm/<str:token>/ ARUBCSFP
    GET delivery-log/ ACP
    GET delivery-log/export.csv ACP
    GET delivery-log/export.xlsx ACP
    GET delivery-log/<uuid:message_id>/ ACP message
    GET,POST delivery-log/<uuid:message_id>/resend/ AP message
    GET,POST delivery-log/<uuid:message_id>/lift/ AP message
    POST hooks/mail/ public
    GET companies/ RCP
    GET companies/export.csv RCP
    GET companies/export.xlsx RCP
    GET companies/<uuid:company_id>/ RCP company
    GET contacts/ RCP
    GET contacts/export.csv RCP
    GET contacts/export.xlsx RCP
    GET contacts/<uuid:contact_id>/ RCP contact
    GET leads/ RUCSFP
    GET leads/export.csv RUCSFP
    GET leads/export.xlsx RUCSFP
    GET,POST leads/new/<slug:program>/ R
    POST leads/new/<slug:program>/draft/ R
    GET leads/<uuid:lead_id>/ RUCSFP lead
    POST leads/<uuid:lead_id>/messages/ RUCS lead
    POST leads/<uuid:lead_id>/discard/ R draft
    POST leads/<uuid:lead_id>/restore/ R draft
    POST leads/<uuid:lead_id>/undo-assign/ C lead
    POST leads/<uuid:lead_id>/vendor-fields/ CS lead
    GET programs/ P
    GET,POST programs/new/ P
    GET,POST programs/<uuid:program_id>/ P program
    GET,POST programs/<uuid:program_id>/fields/new/ P program
    GET,POST programs/fields/<uuid:field_id>/ P field
    POST programs/fields/<uuid:field_id>/move/ P field
    POST programs/fields/<uuid:field_id>/retire/ P field
    POST programs/fields/<uuid:field_id>/restore/ P field
    GET triage/ C
    GET,POST triage/assign/ C
    POST triage/assign/undo/ C
    GET referrals/ ARUCFP
    GET referrals/export.csv ARUCFP
    GET referrals/export.xlsx ARUCFP
    GET api/v1/ ARUBCSFP
    GET,PATCH api/v1/me/ ARUBCSFP
    GET api/v1/roles/ ARUBCSFP
    GET api/v1/members/ ARUBCSFP
    GET api/v1/members/export/ ARUBCSFP
    GET api/v1/members/<uuid:id>/ ARUBCP member hidden
    DELETE api/v1/members/<uuid:id>/ AP member
    PUT api/v1/members/<uuid:id>/roles/ AP member
    GET api/v1/members/<uuid:id>/holdings/ AP member
    POST api/v1/members/<uuid:id>/remove/ AP member
    POST api/v1/members/<uuid:id>/restore/ AP former
    GET,POST api/v1/access-requests/ ARUBCSFP
    GET api/v1/access-requests/<uuid:id>/ ABP request hidden
    POST api/v1/access-requests/<uuid:id>/grant/ AP request
    POST api/v1/access-requests/<uuid:id>/refuse/ AP request
    GET,POST api/v1/invitations/ ACP
    GET,DELETE api/v1/invitations/<uuid:id>/ ACP invitation
    POST api/v1/invitations/<uuid:id>/resend/ ACP invitation
    GET,POST api/v1/partners/ CP
    GET api/v1/partners/export/ CP
    GET,PATCH api/v1/partners/<uuid:partner_id>/ CP partner
    POST api/v1/partners/<uuid:partner_id>/suspend/ CP partner
    POST api/v1/partners/<uuid:partner_id>/lift/ CP partner
    GET,POST api/v1/service-members/ AP
    GET api/v1/tokens/ AP
    POST api/v1/tokens/ -
    GET,DELETE api/v1/tokens/<uuid:id>/ AP token
    GET api/v1/events/ ACP
    GET api/v1/events/export/ ACP
    GET api/v1/events/<uuid:event_id>/ ACP event
    GET api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    GET api/v1/files/<uuid:attachment_id>/content/ RUCSFP file hidden
    DELETE api/v1/files/<uuid:attachment_id>/ RUCSFP file hidden
    GET api/v1/delivery-log/ ACP
    GET api/v1/delivery-log/export/ ACP
    GET api/v1/delivery-log/<uuid:message_id>/ ACP message
    POST api/v1/delivery-log/<uuid:message_id>/resend/ AP message
    POST api/v1/delivery-log/<uuid:message_id>/lift/ AP message
    GET,PUT api/v1/preferences/ ARUBCSFP
    GET api/v1/companies/ RCP
    GET api/v1/companies/export/ RCP
    GET api/v1/companies/<uuid:company_id>/ RCP company
    GET api/v1/contacts/ RCP
    GET api/v1/contacts/export/ RCP
    GET api/v1/contacts/<uuid:contact_id>/ RCP contact
    GET api/v1/programs/ RUCSFP
    POST api/v1/programs/ P
    GET api/v1/representatives/ C
    GET api/v1/leads/ RUCSFP
    POST api/v1/leads/ R
    GET api/v1/leads/export/ RUCSFP
    POST api/v1/leads/bulk-assign/ C
    GET api/v1/leads/<uuid:lead_id>/ RUCSFP lead
    PATCH api/v1/leads/<uuid:lead_id>/ R lead
    GET,PUT api/v1/leads/<uuid:lead_id>/vendor-fields/ CS lead
    GET api/v1/leads/<uuid:lead_id>/timeline/ RUCSFP lead
    GET api/v1/leads/<uuid:lead_id>/messages/ RUCSFP lead
    POST api/v1/leads/<uuid:lead_id>/messages/ RUCS lead
    GET api/v1/leads/<uuid:lead_id>/attachments/ RUCSFP lead
    POST api/v1/leads/<uuid:lead_id>/attachments/ RUCS lead
    GET api/v1/referrals/ ARUCFP
    GET api/v1/referrals/export/ ARUCFP
    GET api/schema/ ARUBCSFP
    GET api/docs/ ARUBCSFP
    """
)

# The steps of a lead, by page and by API: who takes them. Whoever sees the lead from the other side gets 404 on a page.
STEPS = {
    "submit": "R",
    "discard": "R",
    "restore": "R",
    "withdraw": "R",
    "give-info": "R",
    "appeal": "R",
    "ask-support": "R",
    "name-team": "R",
    "assign": "C",
    "undo-assign": "C",
    "mark-seen": "C",
    "unmark-seen": "C",
    "start": "CS",
    "ask-info": "CS",
    "correct-question": "CS",
    "take-back-question": "CS",
    "award": "C",
    "refuse": "C",
    "reopen": "C",
    "question-award": "C",
    "take-back-award": "CP",
    "keep-award": "CP",
}
API_NAMES = {"give-info": "answer"}
