"""Every page of the portal, with who looks at it. An address that is neither here nor in NO_PAGE fails a test.

Paths are below the tenant; what stands in braces is made or found by the fixture `known`.
"""

from dataclasses import dataclass

from tests.stack import MANAGER, OTHER_MANAGER, SELLER

ADMIN = "tjark.hinrichs@nordwind.example.org"
PROGRAMME_ADMIN = "agnes.holm@tallvik.example.org"
ASKER = "katarzyna.wolnik@nordwind.example.org"
WITH_SECOND_FACTOR = "petra.lindgren@tallvik.example.org"
HALF_IN = "half in"  # the password was right, the second factor is asked for
ANYBODY = "anybody"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 720}


@dataclass(frozen=True)
class Visit:
    """`status` is the answer; `moves` for an address that leads on to another one."""

    who: str
    path: str
    status: int = 200
    moves: bool = False

    def __str__(self) -> str:
        return f"/{self.path} as {self.who.partition('@')[0]}"


def each(path: str, *people: str) -> tuple[Visit, ...]:
    return tuple(Visit(who, path) for who in people)


SEATS = (SELLER, MANAGER, ADMIN, PROGRAMME_ADMIN)
MEMBERS = (ADMIN, PROGRAMME_ADMIN)
STEPS = {
    "assign": (MANAGER, "submitted"),
    "start": (MANAGER, "submitted"),
    "ask-info": (MANAGER, "in_progress"),
    "give-info": (SELLER, "more_info"),
    "award": (MANAGER, "in_progress"),
    "refuse": (MANAGER, "in_progress"),
    "withdraw": (SELLER, "submitted"),
    "ask-support": (SELLER, "alone"),
    "appeal": (SELLER, "not_eligible"),
    "reopen": (MANAGER, "not_eligible"),
    "question-award": (MANAGER, "awarded"),
    "take-back-award": (OTHER_MANAGER, "questioned"),
    "keep-award": (OTHER_MANAGER, "questioned"),
}
STATES = ("submitted", "alone", "in_progress", "more_info", "awarded", "not_eligible", "withdrawn")

PAGES: dict[str, tuple[Visit, ...]] = {
    "": each("", *SEATS),
    "accounts/seats/": each("accounts/seats/", SELLER, PROGRAMME_ADMIN),
    "welcome/<str:token>/": (Visit(ANYBODY, "welcome/{invitation}/"), Visit(ANYBODY, "welcome/gone/", 410)),
    "settings/users/": (*each("settings/users/", *MEMBERS), Visit(SELLER, "settings/users/")),
    "settings/users/invite/": each("settings/users/invite/", *MEMBERS),
    "settings/users/<uuid:id>/": each("settings/users/{member}/", *MEMBERS),
    "settings/users/<uuid:id>/remove/": each("settings/users/{member}/remove/", *MEMBERS),
    "partners/": (*each("partners/", MANAGER, PROGRAMME_ADMIN), *each("partners/?q=nobody", MANAGER)),
    "partners/new/": each("partners/new/", MANAGER),
    "partners/<uuid:partner_id>/": each("partners/{partner}/", MANAGER),
    "partners/<uuid:partner_id>/suspend/": each("partners/{partner}/suspend/", MANAGER),
    "partners/<uuid:partner_id>/lift/": each("partners/{partner}/lift/", MANAGER),
    "access-requests/<uuid:id>/": each("access-requests/{asked}/", ASKER, ADMIN),
    "settings/profile/": each("settings/profile/", SELLER, MANAGER),
    "settings/security/": each("settings/security/", SELLER, MANAGER),
    "settings/tokens/": each("settings/tokens/", *MEMBERS),
    "settings/tokens/new/": each("settings/tokens/new/", *MEMBERS),
    "settings/tokens/service-members/new/": each("settings/tokens/service-members/new/", *MEMBERS),
    "settings/tokens/<uuid:id>/revoke/": each("settings/tokens/{token}/revoke/", ADMIN),
    "admin-log/": each("admin-log/", *MEMBERS),
    "admin-log/<uuid:event_id>/": each("admin-log/{event}/", *MEMBERS),
    "files/<uuid:attachment_id>/delete/": each("files/{file}/delete/", SELLER),
    "settings/communication/": each("settings/communication/", *SEATS),
    "settings/communication/confirm/<str:token>/": each("settings/communication/confirm/{confirmation}/", SELLER),
    "delivery-log/": each("delivery-log/", ADMIN, PROGRAMME_ADMIN),
    "delivery-log/<uuid:message_id>/": each("delivery-log/{mail}/", PROGRAMME_ADMIN),
    "unsubscribe/<str:token>/": each("unsubscribe/{unsubscribe}/", ANYBODY),
    "companies/": each("companies/", SELLER, MANAGER),
    "companies/<uuid:company_id>/": each("companies/{company}/", SELLER, MANAGER),
    "contacts/": each("contacts/", SELLER, MANAGER),
    "contacts/<uuid:contact_id>/": each("contacts/{contact}/", SELLER, MANAGER),
    "leads/": (
        *each("leads/", SELLER, MANAGER, PROGRAMME_ADMIN),
        *each("leads/?q=nobody-is-called-this", SELLER),
        Visit(ADMIN, "leads/", 403),
    ),
    "leads/new/<slug:program>/": (
        *each("leads/new/pos/", SELLER),
        *each("leads/new/plus/", SELLER),
        *each("leads/new/pos/?draft={draft}", SELLER),
    ),
    "leads/<uuid:lead_id>/": (
        *(Visit(SELLER, f"leads/{{{state}}}/") for state in STATES),
        *(Visit(MANAGER, f"leads/{{{state}}}/") for state in ("submitted", "in_progress", "questioned")),
        Visit(SELLER, "leads/00000000-0000-7000-8000-000000000000/", 404),
    ),
    "leads/<uuid:lead_id>/<slug:step>/": tuple(
        Visit(who, f"leads/{{{state}}}/{step}/") for step, (who, state) in STEPS.items()
    ),
    "programs/": each("programs/", PROGRAMME_ADMIN),
    "programs/new/": each("programs/new/", PROGRAMME_ADMIN),
    "programs/<uuid:program_id>/": each("programs/{program}/", PROGRAMME_ADMIN),
    "programs/<uuid:program_id>/fields/new/": each("programs/{program}/fields/new/", PROGRAMME_ADMIN),
    "programs/fields/<uuid:field_id>/": each("programs/fields/{own_field}/", PROGRAMME_ADMIN),
    "triage/": (*each("triage/", MANAGER), *each("triage/?lead={submitted}", MANAGER)),
    "triage/assign/": each("triage/assign/?lead={submitted}:1&lead={in_progress}:1", MANAGER),
    "referrals/": each("referrals/", SELLER, MANAGER),
    "api/docs/": each("api/docs/", SELLER),
    "accounts/login/": each("accounts/login/", ANYBODY),
    "accounts/logout/": each("accounts/logout/", SELLER),
    "accounts/inactive/": each("accounts/inactive/", ANYBODY),
    "accounts/signup/": each("accounts/signup/", ANYBODY),
    "accounts/reauthenticate/": each("accounts/reauthenticate/", SELLER),
    "accounts/email/": each("accounts/email/", SELLER),
    "accounts/confirm-email/": each("accounts/confirm-email/", ANYBODY),
    "accounts/password/change/": each("accounts/password/change/", SELLER),
    "accounts/password/reset/": each("accounts/password/reset/", ANYBODY),
    "accounts/password/reset/done/": each("accounts/password/reset/done/", ANYBODY),
    "accounts/password/reset/key/done/": each("accounts/password/reset/key/done/", ANYBODY),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        Visit(ANYBODY, "accounts/password/reset/key/{reset}/", moves=True),
        Visit(ANYBODY, "accounts/password/reset/key/0-nothing/"),
    ),
    "accounts/^confirm-email/(?P<key>[-:\\w]+)/$": each("accounts/confirm-email/nothing/", ANYBODY),
    "accounts/2fa/": each("accounts/2fa/", SELLER, WITH_SECOND_FACTOR),
    "accounts/2fa/authenticate/": each("accounts/2fa/authenticate/", HALF_IN),
    "accounts/2fa/reauthenticate/": each("accounts/2fa/reauthenticate/", WITH_SECOND_FACTOR),
    "accounts/2fa/totp/activate/": each("accounts/2fa/totp/activate/", SELLER),
    "accounts/2fa/totp/deactivate/": each("accounts/2fa/totp/deactivate/", WITH_SECOND_FACTOR),
    "accounts/2fa/recovery-codes/": each("accounts/2fa/recovery-codes/", WITH_SECOND_FACTOR),
    "accounts/2fa/recovery-codes/generate/": each("accounts/2fa/recovery-codes/generate/", WITH_SECOND_FACTOR),
    "accounts/sessions/": each("accounts/sessions/", SELLER),
}
NO_PAGE = {
    "brand.css": "a style sheet",
    **{
        f"{name}/export.{kind}": "a file"
        for name in (
            "leads",
            "referrals",
            "companies",
            "contacts",
            "partners",
            "settings/users",
            "admin-log",
            "delivery-log",
        )
        for kind in ("csv", "xlsx")
    },
    "files/<uuid:attachment_id>/": "a file",
    "api/schema/": "the API's description for programs",
    "accounts/2fa/recovery-codes/download/": "a file",
    "accounts/login/code/confirm/": "signing in by a code from a mail is off",
    "accounts/password/set/": "everybody has a password from the start",
}
VISITS = [visit for visits in PAGES.values() for visit in visits]
