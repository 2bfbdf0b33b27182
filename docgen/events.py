# SPDX-License-Identifier: EUPL-1.2
"""What the journal may tell of documents, in words."""

from django.utils.translation import gettext_lazy as _

from casework.journal.events import register

REPORT_CREATED = register("docgen.report_created", _("Ett tjänsteutlåtande påbörjades"))
REPORT_WEEDED = register("docgen.report_weeded", _("Utkastet till tjänsteutlåtande rensades"))
REPORT_SAVED = register("docgen.report_saved", _("Tjänsteutlåtandet sparades"))
GENERATION_REQUESTED = register("docgen.generation_requested", _("Word-fil beställdes"))
GENERATED = register("docgen.generated", _("Word-fil skapades"))
PDF_REQUESTED = register("docgen.pdf_requested", _("PDF beställdes"))
PDF_MADE = register("docgen.pdf_made", _("PDF skapades"))
RETURN_READ = register("docgen.return_read", _("En återlämnad Word-fil lästes"))
RETURN_APPLIED = register(
    "docgen.return_applied", _("Ändringar ur en återlämnad Word-fil fördes in")
)
TEMPLATE_ADDED = register("docgen.template_added", _("En Word-mall togs i bruk"))
TEMPLATE_RETIRED = register("docgen.template_retired", _("En Word-mall togs ur bruk"))
TEMPLATE_UPLOADED = register("docgen.template_uploaded", _("Word-mallen %(name)s lades in"))
REPORT_FINISHED = register(
    "docgen.report_finished", _("Tjänsteutlåtandet färdigställdes och registrerades som %(dnr)s")
)
