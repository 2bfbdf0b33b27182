# SPDX-License-Identifier: EUPL-1.2
"""Every address of the desk, read from the resolver, filled with what was planted.

An address that is not known here fails the walk: say of what kind of object it tells.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from casework.archive.models import Closing, DisposalDecision
from casework.disclosure.models import DisclosureItem, DisclosureRequest, HandedFile
from casework.dispatch.models import Dispatch
from casework.initiatives.models import FormVersion, Goal
from casework.organisation.models import (
    Administration,
    Appointment,
    Authority,
    Body,
    ServiceArea,
    Unit,
    User,
)
from casework.register.models import (
    ClassCode,
    LetterTemplate,
    NumberSeries,
    Party,
    SecrecyProvision,
)
from tests.desk.walk.planted import Planted

MISSING = 99_999_999

KIND_OF: dict[str, str] = {
    "desk_attach": "record", "desk_dispatch": "record", "desk_receipt": "dispatch",
    "desk_disposal_decision": "disposal", "desk_closing": "closing",
    "desk_body_meeting": "meeting", "desk_case": "case",
    "desk_case_history": "case", "desk_case_as_of": "case", "desk_place": "case",
    "desk_complete_reminder": "reminder", "desk_move_reminder": "reminder",
    "desk_tick_record": "new_record", "desk_end_stand_in": "none",
    "desk_change_list": "none", "desk_remove_list": "none", "desk_undo": "none",
    "desk_close_consultation": "consultation",
    "desk_synthesis": "consultation",
    "desk_consultee": "consultee", "desk_correct_decision": "decision",
    "desk_publish": "case", "desk_audit_numbers": "series",
    "desk_disclosure": "disclosure", "desk_disclosure_decision": "disclosure",
    "desk_disclosure_item": "item", "desk_disclosure_ask": "item", "desk_disclosure_unlist": "item",
    "desk_handed_file": "handed",
    "desk_dissent": "decision", "desk_end_grant": "grant",
    "desk_expert": "expert", "desk_withdraw_expert": "expert",
    "desk_meeting_now": "meeting", "desk_minutes": "meeting", "desk_minutes_file": "meeting",
    "desk_extend": "consultee", "desk_extract": "decision",
    "desk_file": "file", "desk_inbox_item": "inbox", "desk_inbox_file": "inbox_file",
    "desk_file_pages": "file", "desk_file_page": "file",
    "desk_inbox_pages": "inbox_file", "desk_inbox_page": "inbox_file",
    "desk_follow": "initiative", "desk_report_progress": "initiative",
    "desk_form": "form",
    "desk_form_draft": "form", "desk_initiative": "initiative", "desk_join": "initiative",
    "desk_prepare": "initiative",
    "desk_public_files": "record", "desk_show_record": "record",
    "desk_hide_record": "record", "desk_records": "case", "desk_register_initiative": "initiative",
    "desk_register_record": "case", "docgen:download": "document",
    "docgen:download_pdf": "document", "docgen:files": "report", "docgen:finish": "report",
    "docgen:generate": "report", "docgen:weed": "report", "docgen:make_pdf": "document",
    "docgen:receive": "report",
    "docgen:report": "report", "docgen:returned": "none", "docgen:template": "none",
    "docgen:template_file": "none",
}  # fmt: skip
"""What the number in an address is of; for Wagtail's lists it is the list's own model."""

SPACES = {
    "case": "case", "docgen_text": "report", "person": "person", "appointment": "appointment",
    "body": "body", "administration": "administration", "servicearea": "area",
    "authority": "authority", "goal": "goal", "faultreport": "none", "unit": "unit",
    "classcode": "classcode", "secrecyprovision": "provision", "party": "party",
    "lettertemplate": "letter_template",
}  # fmt: skip

ARGUMENTS: dict[str, dict[str, list[object]]] = {
    "desk_audit_numbers": {"year": [2026]},
    "desk_file_page": {"number": [1]},
    "desk_inbox_page": {"number": [1]},
    "desk_caretake": {"name": ["publicera", "rätta"]},
    "desk_decide": {"name": ["admit", "reopen_list"]},
    "desk_record_action": {"name": ["ratta", "sekretess", "makulera"]},
}

PLAIN = {
    "desk_batch", "desk_criteria", "desk_forms", "desk_guide", "desk_inbox", "desk_meetings",
    "desk_inbox_done", "desk_inbox_drop",
    "desk_register", "desk_rounds", "desk_search", "desk_prepare_all", "desk_write_for",
    "desk_statistics", "desk_news", "desk_progress", "desk_programme",
    "desk_cases_as_of", "desk_saved_lists", "desk_save_list", "desk_list_columns",
    "desk_undoable",
    "desk_stand_ins",
    "desk_calendar", "desk_sent", "desk_disposal", "desk_record_disposal", "desk_register_look",
    "docgen:signed_in",
    "desk_disclosures", "desk_lists", "desk_post", "desk_public_post", "desk_balance",
    "desk_incoming", "desk_year", "desk_numbers",
    "docgen:templates", "desk_office_history", "wagtailadmin_home",
}  # fmt: skip
ROUND = {
    "desk_round", "desk_proposal", "desk_handed_proposal", "desk_council", "desk_city_council",
    "desk_table_all", "desk_compare_all", "desk_whole", "desk_budget_line",
}  # fmt: skip
ROUND_AREA = {
    "desk_meeting", "desk_ranking", "desk_table", "desk_compare", "desk_judge", "desk_opened",
    "desk_sureness", "desk_ranking_version", "desk_rehearsal",
}  # fmt: skip

WAGTAILS = frozenset({
    "wagtailadmin_api", "wagtailadmin_collections", "wagtailadmin_editing_sessions",
    "wagtailadmin_pages", "wagtailadmin_reports", "wagtailadmin_workflows", "wagtaildocs",
    "wagtaildocs_chooser", "wagtailembeds", "wagtailimages", "wagtailimages_chooser",
    "wagtailredirects", "wagtailsettings", "wagtailsites", "wagtailsnippets",
    "wagtailusers_groups", "wagtailusers_users",
    "wagtail_bulk_action", "wagtailadmin_account", "wagtailadmin_block_preview",
    "wagtailadmin_choose_page", "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple",
    "wagtailadmin_choose_page_email_link", "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link", "wagtailadmin_choose_page_search",
    "wagtailadmin_dismissibles", "wagtailadmin_error_test", "wagtailadmin_explore",
    "wagtailadmin_explore_results", "wagtailadmin_explore_root",
    "wagtailadmin_javascript_catalog", "wagtailadmin_login", "wagtailadmin_logout",
    "wagtailadmin_password_reset", "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm", "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite", "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
})  # fmt: skip
"""Wagtail's own, of pages, pictures and accounts; all of one space, or a single address."""

FAULTY_BY_DESIGN = {"wagtailadmin_error_test", "wagtailadmin_logout"}
"""The one answers 500 to show what that looks like, the other ends the visit."""

CITYS_OWN = frozenset(SPACES) - {"case", "docgen_text"}
"""Lists that hold nothing of a case; the administrator's."""

QUERIES: dict[str, tuple[str, ...]] = {
    "case:index": (
        "q={}", "q={}&export=csv", "export=csv", "export=xlsx", "ordering=title",
        "ordering=-officer", "officer=ingen",
    ),
    "desk_cases_as_of": ("dag=i",),
    "case:index_results": ("q={}",),
    "docgen_text:list": ("q={}",),
    "docgen_text:list_results": ("q={}",),
    "desk_search": ("q={}", "q={}&alla=1", "typ=initiative", "q=brev"),
    "desk_register": ("arende={}", "existing={}"),
    "desk_register_look": ("existing={}", "existing={}&title=x&party={}"),
    "desk_sent": ("q={}",),
    "desk_post": ("fran=2020-01-01", "format=xlsx"),
    "desk_public_post": ("format=xlsx",),
    "desk_balance": ("format=xlsx",),
    "desk_year": ("per=unit", "format=xlsx"),
    "desk_numbers": ("format=xlsx",),
}  # fmt: skip
"""What may follow the question mark; {} is a planted word or the secret number."""

CASE_QUERIES: dict[str, tuple[str, ...]] = {
    "desk_case": ("lista=arenden", "lista=arenden%3Fordering%3D-title", "lista=att-gora"),
    "desk_place": ("lista=arenden", "lista=att-gora"),
    "desk_case_as_of": ("dag=i",),
}
"""What may follow it on the pages of a case."""


@dataclass(frozen=True)
class Address:
    """One address, the same of nothing that there is, and whether it is of the secret case."""

    name: str
    url: str
    twin: str
    is_secret: bool

    @property
    def is_citys_own(self) -> bool:
        """Whether it is of the city's own data, where nothing of a case stands."""
        return self.name.split(":")[0] in CITYS_OWN


def patterns() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name and parameters of every pattern under the desk's address."""

    def walk(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str, tuple]]:
        for row in resolver.url_patterns:
            where = prefix + str(row.pattern)
            if isinstance(row, URLResolver):
                inner = f"{space}{row.namespace}:" if row.namespace else space
                yield from walk(row, where, inner)
            elif isinstance(row, URLPattern):
                names = tuple(row.pattern.converters or row.pattern.regex.groupindex)
                yield where, f"{space}{row.name}", names

    for where, name, names in walk(get_resolver(), "", ""):
        if where.startswith("admin/"):
            yield name, names


def addresses(planted: Planted) -> tuple[list[Address], list[str]]:
    """All of them, and the names that nobody has declared."""
    found, unknown = [], []
    for name, names in dict.fromkeys(patterns()):
        if name.endswith("None") or name.split(":")[0] in WAGTAILS:
            continue
        rows = list(_filled(planted, name, names))
        if not rows:
            unknown.append(name)
        for values, secret in rows:
            twin = {
                key: MISSING if isinstance(value, int) else value for key, value in values.items()
            }
            url = reverse(name, kwargs=values)
            found.append(Address(name, url, reverse(name, kwargs=twin), secret))
            for query in (*QUERIES.get(name, ()), *CASE_QUERIES.get(name, ())):
                if "{}" not in query:
                    found.append(Address(name, f"{url}?{query}", url, secret))
    return found, unknown


def wagtails(root_page: int) -> Iterator[str]:
    """Wagtail's own, asked about our models and the first of each thing."""
    values: dict[str, object] = {
        "app_label": "docgen", "model_name": "report", "app_name": "docgen", "action": "delete",
        "content_type_app_name": "content", "content_type_model_name": "textpage",
        "object_id": "7310001", "parent_page_id": root_page, "page_id": root_page,
        "page_to_move_id": root_page, "page_pk": root_page, "filter_spec": "width-100",
        "action_name": "unpublish", "uidb64": "x", "token": "x",
    }  # fmt: skip
    for name, names in dict.fromkeys(patterns()):
        if name.split(":")[0] not in WAGTAILS or name in FAULTY_BY_DESIGN:
            continue
        try:
            url = reverse(name, kwargs={key: values.get(key, 1) for key in names})
        except NoReverseMatch:
            continue  # an address of numbers without names
        yield url
        if name == "wagtail_bulk_action":
            yield f"{url}?id=7310001"


def _filled(
    planted: Planted, name: str, names: tuple[str, ...]
) -> Iterator[tuple[dict[str, object], bool]]:
    """The values of the parameters, and whether they name something in the secret case."""
    round_ = planted.city.round
    if not names and (name in PLAIN or name.split(":")[0] in SPACES):
        yield {}, False
        return
    if name in ROUND:
        numbers = {"number": 1} if "number" in names else {}
        yield {"round": round_.slug, **numbers}, False
        return
    if name in ROUND_AREA:
        for area in round_.areas.filter(
            service_area__slug__in=["pedagogiska", "sociala"]
        ).select_related("service_area"):
            numbers = {"number": 1} if "number" in names else {}
            yield {"round": round_.slug, "area": area.service_area.slug, **numbers}, False
        return
    kind = KIND_OF.get(name) or SPACES.get(name.split(":")[0]) or {
        "desk_caretake": "case", "desk_decide": "initiative", "desk_record_action": "record",
        "desk_unfollow": "initiative", "docgen:start": "case",
    }.get(name)  # fmt: skip
    if kind is None:
        return
    key = "case_id" if "case_id" in names else "pk"
    extra: dict[str, list[object]] = {
        "follower": [*planted.objects["follower"]],
        "revision_id": [1],
        "revision_id_a": ["earliest"],
        "revision_id_b": ["latest"],
        **ARGUMENTS.get(name, {}),
    }
    rest = [row for row in names if row != key]
    if not set(rest) <= set(extra):
        return
    for pk in _keys(planted, kind):
        for combination in itertools.product(*(extra[row] for row in rest)):
            values = {key: pk, **dict(zip(rest, combination, strict=True))}
            yield values, 7_310_000 < pk < 7_320_000


def _keys(planted: Planted, kind: str) -> list[int]:
    if kind == "none":
        return [MISSING]
    if kind in planted.objects:
        return planted.objects[kind]
    model = {
        "person": User, "appointment": Appointment, "body": Body, "goal": Goal, "unit": Unit,
        "classcode": ClassCode, "provision": SecrecyProvision, "party": Party,
        "letter_template": LetterTemplate, "dispatch": Dispatch, "closing": Closing,
        "disposal": DisposalDecision,
        "administration": Administration, "area": ServiceArea, "authority": Authority,
        "form": FormVersion, "disclosure": DisclosureRequest,
        "series": NumberSeries, "item": DisclosureItem, "handed": HandedFile,
    }[kind]  # fmt: skip
    return [model._default_manager.values_list("pk", flat=True).order_by("-pk").first() or MISSING]
