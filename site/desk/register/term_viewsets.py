# SPDX-License-Identifier: EUPL-1.2
"""The lists of what a registrar chooses from: classes, provisions, senders, prefilled letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permission_policies import BasePermissionPolicy

from casework.organisation.enums import Role
from casework.organisation.models import User
from casework.organisation.selectors import holders_of
from casework.register.models import ClassCode, LetterTemplate, Party, SecrecyProvision
from casework.register.permissions import diaries_of, may_keep_terms
from casework.register.services import keep_term, remove_term
from ui.forms import Day
from ui.kept import AddView, ChangeView, KeptViewSet, ListView
from ui.viewsets import UNNEEDED


class TermPolicy(BasePermissionPolicy):
    """Classes and provisions: registrars and administrators; nothing is deleted (R51)."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Look, add and change."""
        return action in {"view", "add", "change"} and may_keep_terms(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """The registrars and administrators."""
        return holders_of(Role.REGISTRAR) | holders_of(Role.ADMINISTRATOR)


class OwnPolicy(BasePermissionPolicy):
    """Senders and prefilled letters: the registrars of their authority."""

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether the person keeps any diary."""
        return action in {"view", "add", "change", "delete"} and bool(diaries_of(user))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        """Whether the person keeps the diary of its authority."""
        return self.user_has_permission(user, action) and (
            instance.authority_id in diaries_of(user)  # type: ignore[attr-defined]
        )

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        """The registrars."""
        return holders_of(Role.REGISTRAR)


class SaveMixin:
    """One service saves them all."""

    def save_instance(self) -> Any:
        """Add it or change it."""
        form: Any = self.form  # type: ignore[attr-defined]
        actor = self.request.user  # type: ignore[attr-defined]
        thing = form.instance
        if isinstance(thing, Party) and thing.authority_id is None:
            thing.authority_id = diaries_of(actor)[0]
        return keep_term(thing=thing, values=form.cleaned_data, actor=actor)


class AddTermView(SaveMixin, AddView):
    """Add one."""


class ChangeTermView(SaveMixin, ChangeView):
    """Change one."""


class OwnListView(ListView):
    """Those of the person's own authorities."""

    def get_base_queryset(self) -> QuerySet[Any]:
        """Of no others."""
        kept = diaries_of(self.request.user)
        return super().get_base_queryset().filter(authority__in=kept)


class OwnMixin:
    """One of another authority's is not there."""

    def get_queryset(self) -> QuerySet[Any]:
        """Those of the person's own."""
        rows: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        kept = diaries_of(self.request.user)  # type: ignore[attr-defined]
        return rows.filter(authority__in=kept)


class ChangeOwnView(OwnMixin, ChangeTermView):
    """Change one of one's own."""


class RemoveView(OwnMixin, generic.DeleteView):
    """Throw one away."""

    def delete_action(self) -> None:
        """Through the service."""
        remove_term(thing=self.object, actor=self.request.user)


class _PeriodForm(forms.ModelForm):
    """The days in order."""

    def clean(self) -> dict[str, Any]:
        """Say at the field that the last day comes before the first."""
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _g("Kan inte sluta gälla innan det börjar."))
        return data


class ClassCodeForm(_PeriodForm):
    """A class."""

    class Meta:
        model = ClassCode
        fields = ("code", "title", "retention", "weed_after_years", "valid_from", "valid_until")
        field_classes = {"valid_from": Day, "valid_until": Day}


class ProvisionForm(_PeriodForm):
    """A provision."""

    class Meta:
        model = SecrecyProvision
        fields = ("code", "title", "valid_from", "valid_until")
        field_classes = {"valid_from": Day, "valid_until": Day}
        help_texts = {"code": _("Med kapitel och paragraf, till exempel OSL 18:8.")}


class PartyForm(forms.ModelForm):
    """A sender."""

    class Meta:
        model = Party
        fields = ("name", "is_private", "email")


class TemplateForm(forms.ModelForm):
    """A prefilled letter gets another name here; what it holds is saved from the letter's form."""

    class Meta:
        model = LetterTemplate
        fields = ("name",)


class TermViewSet(KeptViewSet):
    """Classes or provisions."""

    policy_class = TermPolicy
    add_view_class = AddTermView
    edit_view_class = ChangeTermView
    search_fields = ["code", "title"]


class ClassCodeViewSet(TermViewSet):
    """The plan of classes."""

    model = ClassCode
    icon = "tag"
    menu_label = _("Klasser")
    form_class = ClassCodeForm
    list_display = [
        "code",
        "title",
        Column("retention", label=_("Bevarande"), accessor="get_retention_display"),
        "weed_after_years",
        "valid_from",
        "valid_until",
    ]
    widths = ("10%", "40%", "12%", "14%", "12%", "12%")


class SecrecyProvisionViewSet(TermViewSet):
    """The provisions that a registrar chooses from."""

    model = SecrecyProvision
    icon = "lock"
    menu_label = _("Sekretessbestämmelser")
    form_class = ProvisionForm
    list_display = ["code", "title", "valid_from", "valid_until"]
    widths = ("16%", "56%", "14%", "14%")


class OwnViewSet(KeptViewSet):
    """What the registrars of an authority keep for themselves."""

    unneeded = UNNEEDED
    policy_class = OwnPolicy
    index_view_class = OwnListView
    edit_view_class = ChangeOwnView
    delete_view_class = RemoveView
    search_fields = ["name"]


class PartyViewSet(OwnViewSet):
    """Senders that are known."""

    model = Party
    icon = "user"
    menu_label = _("Avsändare")
    add_view_class = AddTermView
    form_class = PartyForm
    list_display = ["name", "is_private", "email"]
    search_fields = ["name", "email"]
    widths = ("50%", "16%", "34%")


class LetterTemplateViewSet(OwnViewSet):
    """Prefilled letters."""

    unneeded = UNNEEDED | {"add"}
    model = LetterTemplate
    icon = "doc-empty"
    menu_label = _("Mallar för skrivelser")
    form_class = TemplateForm
    list_display = ["name"]


class TermViewSetGroup(ViewSetGroup):
    """What a registrar chooses from, in one menu."""

    menu_label = _("Diariets listor")
    menu_icon = "list-ul"
    menu_order = 190
    items = (ClassCodeViewSet, SecrecyProvisionViewSet, PartyViewSet, LetterTemplateViewSet)
