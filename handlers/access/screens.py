"""Screens of letting people in: invitations, their links, requests, roles."""

from collections.abc import Callable, Sequence
from typing import Final

from handlers.access.buttons import (
    ROLES,
    ChooseLifetime,
    MakeInvitation,
    OpenInvitations,
    ShowRequest,
    TakeBack,
    TurnDown,
)
from handlers.core.callback_data import NONE, CallbackData, CopyText, StaleButton
from handlers.core.dependencies import Texts
from handlers.core.pagination import LIST_PAGE, count, cut, page_turns
from handlers.core.screen import Button, Rows, Screen
from handlers.people.buttons import AskTable
from handlers.units.buttons import BrowseUnits
from records.model import AccessRequest
from services.people.invitations import LIFETIMES, Made, Offer

REQUESTS_SHOWN: Final = 8
"""Requests listed under /moi; the others come up as these are decided."""


def start(texts: Texts, asked: Sequence[AccessRequest], held: int) -> Screen:
    """Show what can be done to let people in."""
    html = texts.screen("join_start", asked=len(asked), held=held)
    rows: Rows = (
        (Button(texts.label("join_invite"), BrowseUnits("i", NONE, NONE, 0)),),
        (Button(texts.label("join_roster"), AskTable(0)),),
    )
    if held:
        rows += ((Button(texts.label("join_invitations", n=held), OpenInvitations(0)),),)
    rows += tuple(
        (Button(texts.label("join_request_open", name=one.name), ShowRequest(one.id)),)
        for one in asked[:REQUESTS_SHOWN]
    )
    return Screen(html, rows)


def roles(texts: Texts, unit: str, pressed: Callable[[int], CallbackData]) -> Screen:
    """Ask for a role."""
    rows = tuple(
        (Button(texts.label(f"role_{role.value}"), pressed(place)),)
        for place, role in enumerate(ROLES)
    )
    return Screen(texts.screen("join_role", unit=unit), rows)


def lifetimes(texts: Texts, unit: str, pressed: ChooseLifetime) -> Screen:
    """Ask how long an invitation shall hold."""
    row = tuple(
        Button(texts.label("join_days", n=days), MakeInvitation(pressed.unit, pressed.role, days))
        for days in LIFETIMES
    )
    return Screen(texts.screen("join_lifetime", unit=unit), (row,))


def link(texts: Texts, made: Made, url: str) -> Screen:
    """Show the link of a fresh invitation."""
    held = made.invitation
    html = texts.screen(
        "join_link", link=url, unit=made.unit, role=held.role.value, expires=held.expires
    )
    rows = (
        (Button(texts.label("join_copy"), CopyText(url)),),
        (Button(texts.label("join_another"), BrowseUnits("i", NONE, NONE, 0, 1)),),
        (Button(texts.label("join_take_back"), TakeBack(held.id)),),
    )
    return Screen(html, rows)


def invitations(texts: Texts, held: Sequence[Offer], page: int) -> Screen:
    """Show a page of the invitations that hold, each with its end."""
    listed = cut(held, page)
    if page and not listed:
        raise StaleButton
    html = texts.screen(
        "join_invitations",
        invitations=[
            {
                "name": one.invitation.name,
                "unit": one.unit,
                "role": one.invitation.role.value,
                "expires": one.invitation.expires,
            }
            for one in listed
        ],
        total=len(held),
        page=page,
        pages=count(len(held)),
        first=page * LIST_PAGE,
    )
    rows: Rows = tuple(
        (Button(texts.label("join_take_back_one", n=n), TakeBack(one.invitation.id)),)
        for n, one in enumerate(listed, page * LIST_PAGE + 1)
    )
    return Screen(html, rows + page_turns(texts, page, count(len(held)), OpenInvitations))


def request(texts: Texts, held: AccessRequest) -> Screen:
    """Show who asks to be let in."""
    html = texts.screen(
        "join_request",
        name=held.name,
        unit=held.said,
        asked=held.asked,
        account=held.address.value,
    )
    row = (
        Button(texts.label("join_let_in"), BrowseUnits("r", held.id, NONE, 0)),
        Button(texts.label("join_turn_down"), TurnDown(held.id)),
    )
    return Screen(html, (row,))
