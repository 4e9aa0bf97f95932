"""The official form as frozen data: what it asks for and how its figures belong together."""

from app.forms.model import (
    Balance,
    Block,
    Cell,
    Column,
    Equation,
    Field,
    FigureKind,
    Form,
    Limit,
    Line,
    Row,
    Section,
    Table,
    Topic,
)
from app.forms.reading import FormError, all_forms, form_for_year, form_named, read_form

__all__ = [
    "Balance",
    "Block",
    "Cell",
    "Column",
    "Equation",
    "Field",
    "FigureKind",
    "Form",
    "FormError",
    "Limit",
    "Line",
    "Row",
    "Section",
    "Table",
    "Topic",
    "all_forms",
    "form_for_year",
    "form_named",
    "read_form",
]
