"""Screens of accepting several reports at once: a page with marks, and what came of it."""

from collections.abc import Sequence
from zlib import crc32

from handlers.core.callback_data import NONE, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.review.buttons import AcceptMarked, MarkWaiting, OpenReport, OpenWaiting
from handlers.review.screens import facts_of
from records.forms.files import Forms
from records.ids import ReportId
from services.review.batch import Batch, apart
from services.review.decisions import Waiting


def marking(texts: Texts, forms: Forms, found: Sequence[Waiting], pressed: MarkWaiting) -> Screen:
    """Show a page of what waits, with a mark for each; what must be read by itself has none.

    Marks that were made on another list are forgotten.
    """
    listed = cut(found, pressed.page)
    if pressed.page and not listed:
        raise StaleButton
    why = [apart(one.report, forms) for one in listed]
    free = sum(1 << at for at, one in enumerate(why) if one is None)
    key = _key(listed)
    marks = pressed.marks & free if pressed.key == key else 0
    lines = [
        facts_of(one) | {"why": None if reason is None else reason.value}
        for one, reason in zip(listed, why, strict=True)
    ]
    first, total = pressed.page * LIST_PAGE, count(len(found))
    html = texts.screen(
        "review_marks", reports=lines, total=len(found), page=pressed.page, pages=total, first=first
    )
    rows: Rows = ()
    for at, one in enumerate(listed):
        about = facts_of(one) | {"n": first + at + 1}
        toggled = MarkWaiting(pressed.page, marks ^ 1 << at, key)
        label = texts.label("review_mark", chosen=bool(marks >> at & 1), **about)
        alone = Button(texts.label("review_apart", **about), OpenReport(one.report.id, 1))
        rows += ((Button(label, toggled) if free >> at & 1 else alone,),)
    rows += _choices(texts, MarkWaiting(pressed.page, marks, key), free)
    turns = page_turns(texts, pressed.page, total, lambda page: MarkWaiting(page, 0, NONE))
    back = (Button(texts.label("review_back"), OpenWaiting(0)),)
    return Screen(html, (*rows, *turns, back))


def marked(found: Sequence[Waiting], pressed: AcceptMarked) -> list[ReportId]:
    """Return the marked reports of a page; none where the page is another one by now."""
    listed = cut(found, pressed.page)
    if _key(listed) != pressed.key:
        return []
    return [one.report.id for at, one in enumerate(listed) if pressed.marks >> at & 1]


def accepted(texts: Texts, done: Batch) -> Screen:
    """Say which reports were accepted and which were not, each of these one tap away."""
    kept = [one for one in done.left if one.shown is not None]
    html = texts.screen(
        "review_batch",
        accepted=[facts_of(one) for one in done.accepted],
        left=[
            facts_of(one.shown) | {"why": one.why.value} for one in kept if one.shown is not None
        ],
        gone=len(done.left) - len(kept),
    )
    rows: Rows = tuple(
        (
            Button(
                texts.label("review_apart", n=n, **facts_of(one.shown)), OpenReport(one.report, 1)
            ),
        )
        for n, one in enumerate(kept, 1)
        if one.shown is not None
    )
    return Screen(html, (*rows, (Button(texts.label("review_next"), OpenWaiting(0)),)))


def _choices(texts: Texts, shown: MarkWaiting, free: int) -> Rows:
    """Return what marks the whole page or none of it, and what accepts the marked."""
    rows: Rows = ()
    if free:
        name, marks = ("review_none", 0) if shown.marks == free else ("review_all", free)
        rows = ((Button(texts.label(name), MarkWaiting(shown.page, marks, shown.key)),),)
    if shown.marks:
        label = texts.label("review_accept_marked", n=shown.marks.bit_count())
        rows += ((Button(label, AcceptMarked(shown.page, shown.marks, shown.key)),),)
    return rows


def _key(listed: Sequence[Waiting]) -> str:
    """Return a mark of which reports a page has, in their order."""
    return f"{crc32(' '.join(one.report.id for one in listed).encode()):08x}"
