# SPDX-License-Identifier: EUPL-1.2
"""The city's form as the administrator writes it: draft, preview, difference, use (R43, R51)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from casework.initiatives.models import FormVersion, Initiative
from casework.initiatives.services import draft_form
from casework.organisation.models import User
from desk.organisation.question_forms import questions_formset
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


def sent(draft: FormVersion, extra: int = 0) -> dict[str, object]:
    """What the browser sends of the draft's page, untouched."""
    formset = questions_formset(draft, extra=extra)
    data: dict[str, object] = {
        "name": draft.name,
        "large_budget_tkr": draft.large_budget_tkr,
        "q-TOTAL_FORMS": formset.total_form_count(),
        "q-INITIAL_FORMS": formset.initial_form_count(),
        "q-MIN_NUM_FORMS": 0,
        "q-MAX_NUM_FORMS": 1000,
    }
    for form in formset:
        for name, field in form.fields.items():
            value = form.get_initial_for_field(field, name)
            if hasattr(value, "pk"):
                value = value.pk
            if value is not None and value is not False:
                data[form.add_prefix(name)] = value
    return data


@pytest.fixture
def draft(admin_user: User) -> FormVersion:
    return draft_form(actor=admin_user)


def _place(draft: FormVersion, key: str) -> int:
    return [question.key for question in draft.questions.all()].index(key)


def test_a_draft_is_begun_and_the_used_one_stays(admin: Client, city: SmallCity) -> None:
    used = FormVersion.objects.in_use()
    page = admin.get(reverse("desk_forms")).content.decode()
    assert "Börja ett utkast till nytt formulär" in page
    answer = admin.post(reverse("desk_forms"), follow=True)
    assert "är påbörjat" in answer.content.decode()
    assert FormVersion.objects.in_use() == used
    made = FormVersion.objects.get(state="draft")
    assert used is not None
    assert made.questions.count() == used.questions.count()


def test_an_untouched_draft_saves_as_it_was(admin: Client, draft: FormVersion) -> None:
    before = list(draft.questions.values_list("key", "kind", "part", "step", "label", "choices"))
    answer = admin.post(reverse("desk_form_draft", args=[draft.pk]), sent(draft, extra=1))
    assert answer.status_code == 302, answer.context["questions"].errors
    after = list(draft.questions.values_list("key", "kind", "part", "step", "label", "choices"))
    assert after == before


def test_questions_are_changed_added_moved_and_taken_away(
    admin: Client, draft: FormVersion
) -> None:
    data = sent(draft, extra=1)
    need, contact = _place(draft, "need"), _place(draft, "contact")
    new = draft.questions.count()
    data[f"q-{need}-label"] = "Vad behöver ni?"
    data[f"q-{need}-ORDER"] = 1
    data[f"q-{_place(draft, 'title')}-ORDER"] = 3
    data[f"q-{contact}-DELETE"] = "on"
    data |= {
        f"q-{new}-label": "När behövs det?",
        f"q-{new}-kind": "choice",
        f"q-{new}-part": "originator",
        f"q-{new}-step": "1",
        f"q-{new}-choices": "I år\nNästa år",
        f"q-{new}-shown_to": "all",
        f"q-{new}-ORDER": "2",
    }
    address = reverse("desk_form_draft", args=[draft.pk])
    answer = admin.post(address, data, follow=True)
    assert answer.status_code == 200, answer.context["questions"].errors
    text = answer.content.decode()
    assert "När behövs det?" in text
    assert "Nästa år" in text
    questions = {row.key: row for row in draft.questions.all()}
    assert questions["need"].label == "Vad behöver ni?"
    assert "contact" not in questions
    assert questions["nar-behovs-det"].choices == [["i-ar", "I år"], ["nasta-ar", "Nästa år"]]
    assert questions["need"].position < questions["nar-behovs-det"].position
    # The difference is told in words, never in codes.
    assert "Vad behöver ni?" in text
    assert "Ny fråga" in text
    assert "required_to_send" not in text


def test_what_is_wrong_stands_at_its_question(admin: Client, draft: FormVersion) -> None:
    data = sent(draft, extra=1)
    new = draft.questions.count()
    data |= {
        f"q-{new}-label": "Rubrik",
        f"q-{new}-key": "title",
        f"q-{new}-kind": "choice",
        f"q-{new}-part": "originator",
        f"q-{new}-step": "1",
        f"q-{new}-shown_to": "all",
        f"q-{_place(draft, 'need')}-label": "",
    }
    answer = admin.post(reverse("desk_form_draft", args=[draft.pk]), data)
    assert answer.status_code == 422
    errors = answer.context["questions"].errors
    assert "label" in errors[_place(draft, "need")]
    assert errors[new]["choices"] == ["Skriv svarsalternativen, ett per rad."]
    assert errors[new]["label"] == ["Det finns redan en fråga med nyckeln ”title”."]
    assert draft.questions.get(key="need").label


def test_a_question_that_the_product_needs_stays(admin: Client, draft: FormVersion) -> None:
    data = sent(draft)
    cost = _place(draft, "cost_tkr")
    data[f"q-{cost}-DELETE"] = "on"
    data[f"q-{cost}-kind"] = "text"
    assert admin.post(reverse("desk_form_draft", args=[draft.pk]), data).status_code == 302
    assert draft.questions.get(key="cost_tkr").kind == "amount"


def test_the_preview_has_the_fields_that_are_used(admin: Client, draft: FormVersion) -> None:
    text = admin.get(reverse("desk_form", args=[draft.pk])).content.decode()
    assert "Förslagsställaren, steg 1" in text
    assert "Kontaktpersonen, steg 1" in text
    assert "Vilket behov finns?" in text
    assert "<textarea" in text


def test_taken_into_use_and_what_is_begun_keeps_its_own(
    admin: Client, draft: FormVersion, city: SmallCity
) -> None:
    old = FormVersion.objects.in_use()
    assert old is not None
    answer = admin.post(reverse("desk_form", args=[draft.pk]), follow=True)
    assert "används nu" in answer.content.decode()
    assert FormVersion.objects.in_use() == draft
    assert set(Initiative.objects.values_list("form_version", flat=True)) == {old.pk}
    address = reverse("desk_form_draft", args=[draft.pk])
    assert admin.get(address)["Location"] == reverse("desk_form", args=[draft.pk])
    assert admin.post(address, {"name": "x"}).status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.name != "x"


def test_only_the_administrator_writes_the_form(city: SmallCity, draft: FormVersion) -> None:
    client = Client()
    client.force_login(city.people["slk"])
    for address in (
        reverse("desk_forms"),
        reverse("desk_form", args=[draft.pk]),
        reverse("desk_form_draft", args=[draft.pk]),
    ):
        assert client.get(address).status_code in (302, 403), address
        assert client.post(address).status_code in (302, 403), address
    draft.refresh_from_db()
    assert draft.state == "draft"
