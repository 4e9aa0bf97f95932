"""What the program is made of, as pages to read: for the help, and as one file beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from app.composition import Component, lgpl_notice

TITLE = "许可与组成"
INTRODUCTION = (
    "“公开年报”按 MIT 许可提供，可以自由使用、复制、修改、分发。它用到下面这些部分，各依各的许可，"
    "都允许在单位里免费使用和复制。许可全文是原文；中文说明只为方便，以原文为准。"
)
STYLE = (
    "body{font:16px/1.7 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:4px 8px;text-align:left}"
    "pre{white-space:pre-wrap;font-size:13px;background:#f4f4f4;color:#000;padding:1em}"
)


def overview(components: Iterable[Component]) -> str:
    """The introduction, the notice on the LGPL, and a table of all components, as HTML."""
    rows = "".join(
        f"<tr><td>{_link(one)}</td><td>{escape(one.told_version)}</td>"
        f"<td>{escape(one.licence)}</td><td>{escape(one.role)}</td></tr>"
        for one in components
    )
    head = "<tr><th>名称</th><th>版本</th><th>许可</th><th>用处</th></tr>"
    return (
        f"<p>{escape(INTRODUCTION)}</p><h3>Qt 和 LGPL</h3><p>{escape(lgpl_notice())}</p>"
        f"<h3>组成</h3><table>{head}{rows}</table>"
    )


def details(component: Component) -> str:
    """One component with the texts of its licence, as HTML."""
    texts = "".join(f"<pre>{escape(text)}</pre>" for text in component.texts)
    version = f"　{component.told_version}" if component.told_version else ""
    return (
        f"<h3>{escape(component.name + version)}</h3><p>{escape(component.role)}。"
        f"许可：{escape(component.licence)}。</p><p>{escape(component.home)}</p>{texts}"
    )


def page(components: Iterable[Component]) -> str:
    """All of it as one file that stands by itself; a text said before is only referred to."""
    listed = list(components)
    told: dict[str, str] = {}
    parts = []
    for one in listed:
        texts = "".join(_once(text, one, told) for text in one.texts)
        empty = Component(one.name, one.version, one.licence, one.role, one.home, (), one.within)
        parts.append(f'<section id="{escape(one.name)}">{details(empty)}{texts}</section>')
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f"<style>{STYLE}</style></head><body><h1>公开年报：{TITLE}</h1>\n"
        + overview(listed)
        + "\n".join(["<h2>许可全文</h2>", *parts, "</body></html>\n"])
    )


def _once(text: str, component: Component, told: dict[str, str]) -> str:
    before = told.setdefault(text, component.name)
    if before == component.name:
        return f"<pre>{escape(text)}</pre>"
    return f'<p>全文同 <a href="#{escape(before)}">{escape(before)}</a>：{_first(text)}</p>'


def _first(text: str) -> str:
    return escape(" ".join(text.split())[:60]) + "…"


def _link(component: Component) -> str:
    return f'<a href="#{escape(component.name)}">{escape(component.name)}</a>'
