# SPDX-License-Identifier: EUPL-1.2
"""What stands between a Word file and a PDF to keep (PDF/A-2b) and to hear read (PDF/UA-1).

LibreOffice is helped before and after: it must not see content controls, and it leaves out what
the two standards ask of each other.
"""

from __future__ import annotations

import io

import pikepdf

from docgen.engine import controls
from docgen.engine.package import Package
from docgen.engine.render import story_parts

# PDF/A lets metadata hold only what it knows or what is described in the file itself. The mark of
# PDF/UA is described by nobody, so its file fails the one standard because it follows the other.
_SCHEMA = b"""\
  <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
"""
_END = b" </rdf:RDF>"


def printable(data: bytes) -> bytes:
    """The Word file without its controls, which mean nothing on paper.

    LibreOffice moves line breaks out of them and glues the words on both sides, and undresses the
    first paragraph of some.
    """
    package = Package.read(data)
    for part in story_parts(package):
        for control in list(controls.all_controls(package.xml(part))):
            controls.unwrap(control)
    return package.save()


def archived(data: bytes) -> bytes:
    """The PDF with described metadata, and the tabulator going as the text is read.

    Raises:
        ValueError: the data is no whole PDF.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                if "/Annots" in page:
                    page.obj.Tabs = pikepdf.Name.S
            metadata = pdf.Root.Metadata
            written = metadata.read_bytes()
            if b"pdfaExtension" not in written:
                metadata.write(written.replace(_END, _SCHEMA + _END, 1))
            out = io.BytesIO()
            pdf.save(out, deterministic_id=True)
            return out.getvalue()
    except (pikepdf.PdfError, AttributeError, KeyError) as error:
        raise ValueError("no whole PDF") from error
