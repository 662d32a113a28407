"""What the forms of signing in ask for, in our words: allauth brings what they do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

WANTED = {
    "login": _("Enter your email address."),
    "password": _("Enter your password."),
    "email": _("Enter an email address."),
    "oldpassword": _("Enter your current password."),
    "password1": _("Choose a new password."),
    "password2": _("Enter the new password once more."),
    "code": _("Enter the code that the app shows."),
}
FIELD_LABELS = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class OurWords:
    """Mixed into a form of allauth's: its labels, and what it says about an empty field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = getattr(self, "fields", {})
        for name, field in fields.items():
            if name in WANTED:
                field.error_messages = field.error_messages | {"required": WANTED[name]}
            field.label = FIELD_LABELS.get(name, field.label)
