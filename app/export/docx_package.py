"""A Word file as a package of parts: only those we made, and nobody's name."""

from __future__ import annotations

import io

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.parser import OxmlElement
from docx.package import Package

from app.export.archive import undated
from app.export.docx_xml import Element


class WordFile:
    """A Word file in the making: the document, and the parts it refers to."""

    def __init__(self, document: Element) -> None:
        self._package = Package()
        self._main = self._part("word/document", CONTENT_TYPE.WML_DOCUMENT_MAIN, document)
        self._package.relate_to(self._main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)

    def add(self, name: str, content_type: str, relation: str, root: Element) -> str:
        """Add a part for the document to refer to, and return the id of this relation."""
        return self._main.relate_to(self._part(f"word/{name}", content_type, root), relation)

    def packed(self, title: str) -> bytes:
        """Return the whole file. Of all its properties it has a title and a language."""
        properties = self._part("docProps/core", CONTENT_TYPE.OPC_CORE_PROPERTIES, _facts(title))
        self._package.relate_to(properties, RELATIONSHIP_TYPE.CORE_PROPERTIES)
        raw = io.BytesIO()
        self._package.save(raw)
        return undated(raw.getvalue())

    def _part(self, name: str, content_type: str, root: Element) -> XmlPart:
        return XmlPart(PackURI(f"/{name}.xml"), content_type, root, self._package)


def _facts(title: str) -> CT_CoreProperties:
    properties = CT_CoreProperties.new()
    for name, text in (("dc:title", title), ("dc:language", "zh-CN")):
        one = OxmlElement(name)
        one.text = text
        properties.append(one)
    return properties
