# SPDX-License-Identifier: EUPL-1.2
"""Each service with what a person would send, so that the one who may gets through."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from casework.feedback import services as feedback
from casework.initiatives import services as initiatives
from casework.initiatives.enums import FollowerRole, Part, ScopeReason
from casework.initiatives.models import Attachment, Goal, Initiative
from casework.organisation.models import Unit, User
from casework.planning import services as planning
from casework.planning.models import CriteriaVersion
from casework.process import services as process
from casework.process.progress import Tertial
from casework.register import services as register
from casework.register.enums import Direction, LinkKind, Outcome
from casework.register.models import ClassCode, Party
from casework.register.services.registration import CaseFields
from docgen import services as documents
from docgen.services.generation import shipped_template
from tests.rights.world import TODAY, World

Call = Callable[[World, User], Any]

REASON = "Fel"
LETTER: dict[str, Any] = {"title": "Ny", "received_date": TODAY()}
NEW_CASE: CaseFields = {"title": "Ny", "received_date": TODAY()}


def a_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("brev.pdf", b"%PDF-1.7 x\n%%EOF")


def _attachment(w: World) -> Attachment:
    """A file with the draft, put there by its originator."""
    file = a_pdf()
    return initiatives.attach(initiative=w.draft, file=file, actor=w.draft.originator)


def _unit(w: World) -> Unit:
    return Unit.objects.create(name="Kansliet", authority=w.case.authority)


def _party(w: World) -> Party:
    return Party.objects.get_or_create(authority=w.case.authority, name="Föreningen")[0]


def _unprocessed(w: World) -> Initiative:
    """The draft as the room below the process has it."""
    w.draft.process.delete()
    return w.draft


def _token_again(w: World, who: User) -> Any:
    """The same form once more, by somebody who has got hold of its token."""
    return process.register(initiative=w.registered, actor=who, token=uuid.uuid4(), **LETTER)


def _report(w: World, who: User) -> Any:
    """A report on one whose work its officer has begun."""
    case = w.approved.case
    assert case is not None
    assert case.officer is not None
    process.start_implementation(initiative=w.approved, actor=case.officer)
    return process.report_progress(
        initiative=w.approved, actor=who, tertial=Tertial.of(TODAY()),
        light="green", words="Går bra", spent_tkr=10,
    )  # fmt: skip


REGISTER: dict[str, Call] = {
    "register_case": lambda w, who: register.register_case(series=w.series, actor=who, **LETTER),
    "register_cases": lambda w, who: register.register_cases(
        series=w.series, actor=who, drafts=[NEW_CASE, NEW_CASE]
    ),
    "register_historic": lambda w, who: register.register_historic(
        series=w.historic, dnr="031-3884/2007", actor=who, **LETTER
    ),
    "register_letter": lambda w, who: register.register_letter(
        series=w.series, actor=who, **LETTER
    ),
    "register_letter: in an open case": lambda w, who: register.register_letter(
        series=w.other_series, case=w.open_case, actor=who, **LETTER
    ),
    "register_record": lambda w, who: register.register_record(
        case=w.case, direction=Direction.INCOMING, actor=who, **LETTER
    ),
    "attach_file": lambda w, who: register.attach_file(record=w.record, file=a_pdf(), actor=who),
    "add_number": lambda w, who: register.add_number(case=w.case, number="BN 2019/7", actor=who),
    "publish": lambda w, who: register.publish(case=w.case, actor=who),
    "audit_numbers": lambda w, who: register.audit_numbers(
        series=w.series, year=TODAY().year, actor=who
    ),
    "publish_chosen": lambda w, who: register.publish_chosen(
        case=w.case, summary="Om", until=None, records={w.record.pk: []}, actor=who
    ),
    "unpublish": lambda w, who: register.unpublish(case=w.letter, actor=who),
    "publish_files": lambda w, who: register.publish_files(record=w.record, files=[], actor=who),
    "publish_record": lambda w, who: register.publish_record(record=w.record, actor=who),
    "correct": lambda w, who: register.correct(
        obj=w.case, field="title", value="Ny", reason=REASON, actor=who
    ),
    "correct_fields": lambda w, who: register.correct_fields(
        obj=w.case, values={"title": "Ny"}, reason=REASON, actor=who
    ),
    "lift_record_secrecy": lambda w, who: register.lift_record_secrecy(
        record=w.record, reason=REASON, actor=who
    ),
    "correct: a record": lambda w, who: register.correct(
        obj=w.record, field="title", value="Ny", reason=REASON, actor=who
    ),
    "void_record": lambda w, who: register.void_record(record=w.record, reason=REASON, actor=who),
    "void_case": lambda w, who: register.void_case(case=w.twin, reason=REASON, actor=who),
    "merge_cases": lambda w, who: register.merge_cases(
        case=w.case, into=w.twin, reason=REASON, actor=who
    ),
    "merge_cases: into another authority's": lambda w, who: register.merge_cases(
        case=w.case, into=w.other_case, reason=REASON, actor=who
    ),
    "mark_secret": lambda w, who: register.mark_secret(
        case=w.case, provision="OSL 18:8", actor=who
    ),
    "mark_record_secret": lambda w, who: register.mark_record_secret(
        record=w.record, provision="OSL 18:8", actor=who
    ),
    "lift_secrecy": lambda w, who: register.lift_secrecy(case=w.secret, reason=REASON, actor=who),
    "assign_officer": lambda w, who: register.assign_officer(
        case=w.case, officer=w.city.people["officer"], actor=who
    ),
    "assign_unit": lambda w, who: register.assign_unit(case=w.case, unit=_unit(w), actor=who),
    "take_back_assignment": lambda w, who: register.take_back_assignment(
        case=w.case, officer=None, unit=_unit(w), reason=REASON, actor=who
    ),
    "set_due": lambda w, who: register.set_due(case=w.case, due_on=TODAY(), actor=who),
    "keep_term": lambda w, who: register.keep_term(
        thing=ClassCode(), values={"code": "9.9", "title": "Nämnd", "retention": "keep"}, actor=who
    ),
    "keep_term: a sender": lambda w, who: register.keep_term(
        thing=_party(w), values={"email": "brev@example.com"}, actor=who
    ),
    "remove_term": lambda w, who: register.remove_term(thing=_party(w), actor=who),
    "remember_party": lambda w, who: register.remember_party(
        authority=w.case.authority, name="Bolaget", email="", is_private=False, actor=who
    ),
    "save_letter_template": lambda w, who: register.save_letter_template(
        authority=w.case.authority, name="Synpunkt", values={"title": "Synpunkt"}, actor=who
    ),
    "link_cases": lambda w, who: register.link_cases(
        case=w.case, kind=LinkKind.RELATED, number="KF 2020/77", actor=who
    ),
    "close_case": lambda w, who: register.close_case(
        case=w.case, outcome=Outcome.ANSWERED, decided_on=None, actor=who, despite=REASON
    ),
    "archive_records": lambda w, who: register.archive_records(case=w.case, actor=who),
    "finish_closing": lambda w, who: register.finish_closing(
        case=w.case, outcome=Outcome.ANSWERED, decided_on=None, actor=who, despite=REASON
    ),
    "copy_record": lambda w, who: register.copy_record(record=w.record, into=w.twin, actor=who),
    "move_record": lambda w, who: register.move_record(
        record=w.record, into=w.twin, reason=REASON, actor=who
    ),
    "reopen_case": lambda w, who: register.reopen_case(case=w.closed, reason=REASON, actor=who),
    "unarchive_records": lambda w, who: register.unarchive_records(case=w.closed, actor=who),
    "finish_reopening": lambda w, who: register.finish_reopening(
        case=w.closed, reason=REASON, actor=who
    ),
    "grant_access": lambda w, who: register.grant_access(
        case=w.case, user=w.city.people["reader"], reason=REASON, actor=who
    ),
    "end_grant": lambda w, who: register.end_grant(grant=w.grant, actor=who),
}


PLANNING: dict[str, Call] = {
    "open_cycle": lambda w, who: planning.open_cycle(budget_year=TODAY().year + 7, actor=who),
    "copy_cycle": lambda w, who: planning.copy_cycle(
        cycle=w.cycle, budget_year=TODAY().year + 7, actor=who
    ),
    "change_round": lambda w, who: planning.change_round(round=w.t2, dates={}, actor=who),
    "add_area": lambda w, who: planning.add_area(
        round=w.t2, service_area=w.service_area, actor=who
    ),
    "change_area": lambda w, who: planning.change_area(area=w.t2.areas.first(), share=2, actor=who),
    "set_merge_rule": lambda w, who: planning.set_merge_rule(round=w.t2, adjusted=True, actor=who),
    "take_in_new_area": lambda w, who: planning.take_in_new_area(
        service_area=w.service_area, actor=who
    ),
    "set_frame": lambda w, who: planning.set_frame(round=w.t2, tkr=700, actor=who),
    "mark_open": lambda w, who: planning.mark_open(round=w.t2, actor=who),
    "mark_closed": lambda w, who: planning.mark_closed(round=w.t1, actor=who),
    "save_criteria": lambda w, who: planning.save_criteria(
        name="Andra", rows=[planning.CriterionRow("behov", "Behov")], actor=who
    ),
    "take_criteria_into_use": lambda w, who: planning.take_criteria_into_use(
        version=CriteriaVersion.objects.get(pk=w.criteria.pk), actor=who
    ),
}


INITIATIVES: dict[str, Call] = {
    "begin": lambda w, who: initiatives.begin(actor=who),
    "write_answers: the originator's part": lambda w, who: initiatives.write_answers(
        initiative=w.draft, part=Part.ORIGINATOR, answers={"title": "Ny"}, actor=who
    ),
    "write_answers: the contact person's part": lambda w, who: initiatives.write_answers(
        initiative=w.submitted, part=Part.PREPARATION, answers={"effect": "Ny"}, actor=who
    ),
    "write_answers: the officer's part": lambda w, who: initiatives.write_answers(
        initiative=w.registered, part=Part.OFFICE, answers={"effect": "Ny"}, actor=who
    ),
    "copy_answers": lambda w, who: initiatives.copy_answers(
        source=w.registered, target=w.draft, actor=who
    ),
    "attach": lambda w, who: initiatives.attach(initiative=w.draft, file=a_pdf(), actor=who),
    "detach": lambda w, who: initiatives.detach(attachment=_attachment(w), actor=who),
    "discard": lambda w, who: initiatives.discard(initiative=_unprocessed(w), actor=who),
    "create_batch": lambda w, who: initiatives.create_batch(
        administration=w.administration, initiatives=[w.prepared], actor=who
    ),
    "follow": lambda w, who: initiatives.follow(
        initiative=w.registered, user=w.city.people["third"], role=FollowerRole.AFFECTED,
        actor=who,
    ),
    "unfollow": lambda w, who: initiatives.unfollow(follower=w.follower_registered, actor=who),
    "draft_form": lambda w, who: initiatives.draft_form(actor=who),
    "save_form": lambda w, who: initiatives.save_form(
        form_version=w.form, name="Ny", large_budget_tkr=1, actor=who,
        questions=[
            initiatives.QuestionRow(
                **{name: getattr(row, name) for name in initiatives.QuestionRow.__slots__}
            )
            for row in w.form.questions.all()
        ],
    ),
    "take_form_into_use": lambda w, who: initiatives.take_form_into_use(
        form_version=w.form, actor=who
    ),
    "keep_goal": lambda w, who: initiatives.keep_goal(
        goal=Goal.objects.first(), code="m1", title="Mål", actor=who
    ),
}  # fmt: skip

PROCESS: dict[str, Call] = {
    "start_draft": lambda w, who: process.start_draft(actor=who, answers={}),
    "start_for": lambda w, who: process.start_for(originator=w.city.people["larare"], actor=who),
    "copy_draft": lambda w, who: process.copy_draft(initiative=w.draft, actor=who),
    "join_with": lambda w, who: process.join_with(
        initiative=w.submitted, into=w.prepared, reason=REASON, actor=who
    ),
    "save_draft": lambda w, who: process.save_draft(
        initiative=w.draft, answers={"title": "Ny"}, actor=who
    ),
    "attach_file": lambda w, who: process.attach_file(initiative=w.draft, file=a_pdf(), actor=who),
    "remove_file": lambda w, who: process.remove_file(attachment=_attachment(w), actor=who),
    "discard_draft": lambda w, who: process.discard_draft(initiative=w.draft, actor=who),
    "submit": lambda w, who: process.submit(initiative=w.draft, actor=who),
    "submit: with answers missing": lambda w, who: process.submit(initiative=w.empty, actor=who),
    "return_to_originator": lambda w, who: process.return_to_originator(
        initiative=w.submitted, reason=REASON, actor=who
    ),
    "save_preparation": lambda w, who: process.save_preparation(
        initiative=w.submitted, answers={"effect": "Ny"}, actor=who
    ),
    "save_preparation: once it is registered": lambda w, who: process.save_preparation(
        initiative=w.registered, answers={"effect": "Ny"}, actor=who
    ),
    "complete_preparation": lambda w, who: process.complete_preparation(
        initiative=w.submitted, actor=who
    ),
    "complete_preparation: with answers missing": lambda w, who: process.complete_preparation(
        initiative=w.unprepared, actor=who
    ),
    "reopen_preparation": lambda w, who: process.reopen_preparation(
        initiative=w.prepared, actor=who
    ),
    "send_batch": lambda w, who: process.send_batch(
        administration=w.administration, chosen=[w.prepared], actor=who
    ),
    "send_batch: of nothing": lambda w, who: process.send_batch(
        administration=w.administration, chosen=[], actor=who
    ),
    "send_back": lambda w, who: process.send_back(initiative=w.sent, reason=REASON, actor=who),
    "register": lambda w, who: process.register(initiative=w.sent, actor=who, **LETTER),
    "register: once more by its token": _token_again,
    "withdraw": lambda w, who: process.withdraw(initiative=w.registered, reason=REASON, actor=who),
    "accept_scope": lambda w, who: process.accept_scope(
        initiative=w.registered, ground=ScopeReason.CROSS, actor=who
    ),
    "exclude_scope": lambda w, who: process.exclude_scope(
        initiative=w.registered, ground=ScopeReason.LOCAL, reason=REASON, actor=who
    ),
    "exclude_scope: without a reason": lambda w, who: process.exclude_scope(
        initiative=w.registered, ground=ScopeReason.LOCAL, reason="", actor=who
    ),
    "reconsider_scope": lambda w, who: process.reconsider_scope(
        initiative=w.excluded, ground=ScopeReason.CROSS, reason=REASON, actor=who
    ),
    "uphold_scope": lambda w, who: process.uphold_scope(
        initiative=w.excluded, reason=REASON, actor=who
    ),
    "hand_to_group": lambda w, who: process.hand_to_group(initiative=w.ready, actor=who),
    "postpone": lambda w, who: process.postpone(initiative=w.ready, reason=REASON, actor=who),
    "start_implementation": lambda w, who: process.start_implementation(
        initiative=w.approved, actor=who
    ),
    "report_progress": _report,
    "save_programme": lambda w, who: process.save_programme(
        cycle=w.round.cycle, actor=who, goals="Fler e-tjänster"
    ),
    "nominate_supplement": lambda w, who: process.nominate_supplement(
        initiative=w.approved, round=w.t1, actor=who
    ),
    "change_round_of": lambda w, who: process.change_round_of(
        initiative=w.waiting, round=w.t1, actor=who
    ),
    "open_round": lambda w, who: process.open_round(round=w.t2, actor=who),
    "close_round": lambda w, who: process.close_round(round=w.t1, actor=who),
    "close_round: with something left": lambda w, who: process.close_round(
        round=w.round, actor=who
    ),
}


FEEDBACK: dict[str, Call] = {
    "choose_channel": lambda w, who: feedback.choose_channel(actor=who, channel="digest"),
    "mark_read": lambda w, who: feedback.mark_read(actor=who),
}

DOCUMENTS: dict[str, Call] = {
    "create_report": lambda w, who: documents.create_report(case=w.registered.case, actor=who),
    "save_draft": lambda w, who: documents.save_draft(report=w.report, actor=who),
    "request_generation": lambda w, who: documents.request_generation(report=w.report, actor=who),
    "request_pdf": lambda w, who: documents.request_pdf(document=w.document, actor=who),
    "receive_returned": lambda w, who: documents.receive_returned(
        report=w.report, actor=who,
        file=SimpleUploadedFile("svar.docx", w.document.file.read()),
    ),
    "apply_returned": lambda w, who: documents.apply_returned(
        row=w.returned, chosen=[0], actor=who
    ),
    "weed_report": lambda w, who: documents.weed_report(
        report=documents.create_report(case=w.twin, actor=w.city.people["registrator"]),
        actor=who,
    ),
    "finish_report": lambda w, who: documents.finish_report(report=w.report, actor=who),
    "upload_template": lambda w, who: documents.upload_template(
        data=shipped_template().data, name="Ny", version="2", actor=who
    ),
    "take_template_into_use": lambda w, who: documents.take_template_into_use(
        template=w.template, actor=who
    ),
    "add_template": lambda w, who: documents.add_template(
        data=shipped_template().data, name="Ny", version="2", actor=who
    ),
    "use_shipped_template": lambda w, who: documents.use_shipped_template(actor=who),
}  # fmt: skip
