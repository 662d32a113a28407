"""People: how they sign in, with a password and a second factor."""

from partnerhub.environment import switch
from partnerhub.settings.addresses import public

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["partnerhub.accounts.seated.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "partnerhub.accounts.adapter.PortalAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = public.scheme
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if switch("BEHIND_PROXY") else 0
USERSESSIONS_TRACK_ACTIVITY = False
MFA_ADAPTER = "partnerhub.accounts.adapter.PortalMFAAdapter"
ACCOUNT_FORMS = {
    "login": "partnerhub.accounts.forms.sign_in.LoginForm",
    "add_email": "partnerhub.accounts.forms.sign_in.AddEmailForm",
    "change_password": "partnerhub.accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "partnerhub.accounts.forms.sign_in.SetPasswordForm",
    "reset_password": "partnerhub.accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "partnerhub.accounts.forms.sign_in.ResetPasswordKeyForm",
    "reauthenticate": "partnerhub.accounts.forms.sign_in.ReauthenticateForm",
}
MFA_FORMS = {
    "activate_totp": "partnerhub.accounts.forms.sign_in.ActivateTOTPForm",
    "authenticate": "partnerhub.accounts.second_factor.OnceAuthenticateForm",
    "reauthenticate": "partnerhub.accounts.second_factor.OnceReauthenticateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "PartnerHub"
MFA_TOTP_TOLERANCE = 1  # a code that runs out while it is typed counts still (RFC 6238, 5.2)
