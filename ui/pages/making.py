"""The page of a step, made when it is first opened: the first page should be there at once."""

from __future__ import annotations

from ui.bridge import Bridge
from ui.pages.page import Page
from ui.rail import REVIEW, Step


def make_page(bridge: Bridge, step: Step) -> Page:
    """Return the page that shows a step of the open draft."""
    if step.id == REVIEW:
        from ui.pages.review import ReviewPage  # noqa: PLC0415

        return ReviewPage(bridge)
    form = bridge.report.form
    if step.id in form.tables:
        from ui.pages.table import TablePage  # noqa: PLC0415

        return TablePage(bridge, form.section(step.id))
    from ui.pages.text import TextPage  # noqa: PLC0415

    return TextPage(bridge, tuple(form.section(part) for part in step.sections))
