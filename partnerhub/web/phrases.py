"""What our scripts say to a person, translated once per language and process. The scripts themselves hold no words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Words in braces are filled in by the script and stay as they are.
PHRASES: dict[str, Promise] = {
    # theme.js; `{theme}` is one of the three words below it
    "theme": _("Theme: {theme}. Change theme"),
    "theme-now": _("Theme: {theme}"),
    "auto": _("automatic"),
    "light": _("light"),
    "dark": _("dark"),
    # toast.js
    "close": _("Close"),
    # autosave.js
    "saved": _("Draft saved at {time}"),
    "not-saved": _("The draft could not be saved. What you typed is still here; we try again in a moment."),
    "restored": _("We put back what you typed: it had not arrived."),
    # kept.js
    "kept": _("We kept what you typed."),
    "files-again": _("Files have to be chosen again."),
    "start-over": _("Start over"),
    # trouble.js
    "network": _("The server could not be reached. Nothing was lost; check your connection and try again."),
    "slow": _("The server took too long to answer. Try again."),
    "failed": _("Something went wrong on our side. Nothing was changed. Try again in a moment."),
    "refused": _("You don’t have access to this. Ask an administrator, or go back."),
    "missing": _("This is no longer here. Reload the page to see what changed."),
    "busy": _("Too many requests in a short time. Wait a moment, then try again."),
    "stale": _("This page was open for a long time. Reload it and try again; what you typed in a form is kept."),
    "signed-out": _("You were signed out. Nothing you typed is lost: sign in again and go on here."),
    # changed.js
    "changed": _("Changed meanwhile: {number}"),
    "may-have-changed": _("This list may have changed."),
    "show-changed": _("Show them"),
    "record-changed": _("This has changed meanwhile."),
    "show-record": _("Show it as it is now"),
    # jump.js
    "found": _("Results: {number}"),
    # files.js; sizes are written by the script
    "file-too-big": _("{name} is {size}; the limit is {limit}. Choose a smaller file."),
    "files-too-many": _("Too many files. The limit is {limit}."),
    "file-kind": _("{name} can’t be attached. Choose PDF, PNG, JPEG, WebP, Word, Excel, PowerPoint, CSV or text."),
    "file-remove": _("Remove {name}"),
    "kb": _("{number} KB"),
    "mb": _("{number} MB"),
    # sending.js
    "file-sending": _("Sending {name}"),
    "files-sending": _("Sending the files: {percent} %"),
    "sending-stopped": _("Stopped. What you typed and chose is still here."),
    "files-refused": _("Nothing is sent yet. Send it again without the files that are marked."),
    "try-again": _("Try again"),
    "cancel": _("Cancel"),
    # mentions.js
    "mention-people": _("People you can mention"),
    # times.js; the same words as partnerhub/web/formats.py
    "now": _("now"),
    "minutes-ago": _("{minutes} min ago"),
    "hours-ago": _("{hours} h ago"),
}
