"""What a sender sees: units to take in or out, the preview, how far a sending is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.texts import Texts
from handlers.broadcasts.buttons import (
    BrowseUnits,
    OpenBroadcast,
    OpenMissing,
    Preview,
    SendOut,
    ToggleUnit,
    UrgeReaders,
)
from handlers.broadcasts.screens import (
    Plan,
    broadcasts,
    missing,
    objections,
    preview,
    state,
    units,
)
from handlers.core.callback_data import CallbackData, StaleButton
from handlers.core.reply import keyboard
from handlers.core.screen import Screen
from handlers.library.buttons import OpenClause
from knowledge.model import Duty
from records.ids import PersonId, UnitId
from records.model import Broadcast, Membership, Person, Role, Stance, Unit, UnitName
from records.units import UnitTree
from scheduler.addressees import Charged
from services.broadcasts.choice import FOUND, TOP, Choice
from services.broadcasts.progress import Listed, Objected, State, Tally, UnitState
from tests.unit.handlers.samples import directive

TEXTS = Texts()
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
COMMUNES = tuple(UnitId(f"x{n}") for n in range(20))
TREE = UnitTree.of(
    [
        Unit(id=UnitId("tinh"), kind="tỉnh", names=(UnitName(text="Tỉnh Thử"),)),
        *(
            Unit(
                id=one,
                kind="xã",
                names=(UnitName(text=f"Xã {one}"),),
                parents=(Membership(parent=UnitId("tinh")),),
            )
            for one in COMMUNES
        ),
    ],
    date(2026, 11, 20),
)
PLAN = directive(duties=tuple(Duty(clause=f"II.{n}", what=f"Việc số {n}.") for n in range(1, 7)))
CHOICE = Choice(id="s", document="d")
SENT = Broadcast(
    id="b",
    file=PLAN.file,
    citation="Kế hoạch số 175/KH-UBND",
    units=COMMUNES,
    made_by=PersonId("admin"),
    made=NOW,
)
LAN = Person(id=PersonId("lan"), name="Lan", unit=COMMUNES[0], role=Role.OFFICER)


def buttons(screen: Screen) -> list[CallbackData]:
    """Return what the buttons do; each fits Telegram's callback data."""
    assert keyboard(screen) is not None
    return [button.data for row in screen.rows for button in row]


def standing(behind: int, *objected: Objected) -> State:
    """Return a sending of whose units so many have two people missing, one of them unreached."""
    people = (LAN, replace(LAN, id=PersonId("mai"), name="Mai", unreachable=NOW))
    all_read = Tally(acknowledged=2, waiting=0, unreached=0)
    late = Tally(acknowledged=0, waiting=1, unreached=1)
    return State(
        broadcast=SENT,
        tally=Tally(acknowledged=40 - 2 * behind, waiting=behind, unreached=behind),
        units=tuple(
            UnitState(
                unit=one,
                name=TREE.name(one),
                tally=late if n < behind else all_read,
                missing=people if n < behind else (),
            )
            for n, one in enumerate(COMMUNES)
        ),
        objected=objected,
    )


def test_every_unit_can_be_reached_and_taken() -> None:
    """Page by page below the top; what is taken is marked and leads to the preview."""
    taken = []
    for page in range(3):
        screen = units(TEXTS, TREE, replace(CHOICE, page=page))
        taken += [one.unit for one in buttons(screen) if isinstance(one, ToggleUnit)]
        assert not any(isinstance(one, Preview) for one in buttons(screen))
    assert taken == ["tinh", *COMMUNES]
    screen = units(TEXTS, TREE, CHOICE.toggled(COMMUNES[0]))
    assert Preview("s", 0) in buttons(screen)
    assert "☑️ Xã x0" in [button.label for row in screen.rows for button in row]
    assert CHOICE.toggled(COMMUNES[0]).toggled(COMMUNES[0]) == CHOICE


def test_what_words_found_stays_while_its_pages_are_turned() -> None:
    """And there is a way back to the tree."""
    found = replace(CHOICE, at=FOUND, found=COMMUNES[:10])
    screen = units(TEXTS, TREE, found)
    assert BrowseUnits("s", FOUND, 1) in buttons(screen)
    assert BrowseUnits("s", TOP, 0) in buttons(screen)
    last = units(TEXTS, TREE, replace(found, page=1))
    assert [one.unit for one in buttons(last) if isinstance(one, ToggleUnit)] == ["x8", "x9"]


def test_a_preview_quotes_the_duties_and_says_whose_they_are() -> None:
    """Each once over its pages; who is named and not chosen, and what is not known, is said."""
    plan = Plan(
        directive=PLAN,
        choice=replace(CHOICE, units=COMMUNES[:2]),
        charged=Charged(
            clauses={COMMUNES[0]: ("II.1", "II.2"), COMMUNES[5]: ("II.3",)},
            unknown=("các cơ quan liên quan",),
        ),
        tree=TREE,
        people=3,
    )
    first, second = preview(TEXTS, plan, 0), preview(TEXTS, plan, 1)
    assert "2 đơn vị, 3 người; 1 đơn vị được nêu" in first.html
    assert "Xã x0: khoản 1, mục II; khoản 2, mục II" in first.html
    assert "Được nêu nhưng không nhận: Xã x5" in first.html
    assert "các cơ quan liên quan" in first.html
    both = first.html + second.html
    assert [both.count(f"“Việc số {n}.”") for n in range(1, 7)] == [1] * 6
    assert SendOut("s") in buttons(first)
    with pytest.raises(StaleButton):
        preview(TEXTS, plan, 2)


def test_a_state_counts_the_unreached_apart_and_reaches_every_unit() -> None:
    """Units that are done are counted, not listed."""
    reached = []
    for page in range(2):
        screen = state(TEXTS, standing(12), page)
        reached += [one.unit for one in buttons(screen) if isinstance(one, OpenMissing)]
        assert "16 người đã quán triệt, 12 chưa, 12 không liên lạc được" in screen.html
        assert "8 đơn vị đã quán triệt xong" in screen.html
    assert reached == list(COMMUNES[:12])
    assert UrgeReaders("b") not in buttons(state(TEXTS, standing(0), 0))


def test_a_unit_shows_who_is_missing() -> None:
    """By name; who is not reached is marked; a unit that it was not sent to is stale."""
    screen = missing(TEXTS, standing(1), COMMUNES[0], 0)
    assert "• Lan\n• Mai (không liên lạc được)" in screen.html
    assert OpenBroadcast("b", 0) in buttons(screen)
    for unit, page in (("other", 0), (COMMUNES[0], 1)):
        with pytest.raises(StaleButton):
            missing(TEXTS, standing(1), unit, page)


def test_objections_lead_to_their_clauses() -> None:
    """Four in the state, all behind a button, each clause one tap away."""
    said = tuple(
        Objected(unit="Xã x0", person="Lan", clause=f"II.{n}", stance=Stance.NOT_OURS)
        for n in range(1, 11)
    )
    shown = buttons(state(TEXTS, standing(1, *said), 0))
    assert sum(isinstance(one, OpenClause) for one in shown) == 4
    every = [
        one
        for page in (0, 1)
        for one in buttons(objections(TEXTS, standing(1, *said), page))
        if isinstance(one, OpenClause)
    ]
    assert len(set(every)) == 10


def test_the_list_counts_each_sending() -> None:
    """A page beyond the last is stale."""
    listed = [Listed(broadcast=SENT, tally=Tally(acknowledged=1, waiting=2, unreached=3))]
    screen = broadcasts(TEXTS, listed, 1, 0)
    assert "1 người đã quán triệt, 2 chưa, 3 không liên lạc được" in screen.html
    with pytest.raises(StaleButton):
        broadcasts(TEXTS, [], 1, 1)
