"""`{% csrf_token %}`, which every form of ours has, also says whose form it is: so what was typed is nobody else's.

Built into every template (settings), after Django's own tag of that name.
"""

from django.template import Context, Library
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from partnerhub.web.kept import SEAT_MARK, seat_mark

register = Library()


class FormNode(CsrfTokenNode):
    def render(self, context: Context) -> str:
        """Django's hidden field, and for members the mark of partnerhub.web.kept, signed once per request."""
        request = getattr(context, "request", None)
        member = getattr(request, "membership", None)
        if member is None or request is None:
            return super().render(context)
        if not hasattr(request, "form_mark"):
            request.form_mark = seat_mark(member)
        return super().render(context) + format_html(
            '<input type="hidden" name="{}" value="{}">', SEAT_MARK, request.form_mark
        )


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormNode:
    return FormNode()
