"""The form of a clone."""

from django import forms


class CloneForm(forms.Form):
    """`draft` is the id that the new draft gets: pressed twice, it is one draft."""

    draft = forms.UUIDField(widget=forms.HiddenInput)
