"""What a reader sees: his clauses first, what he said of them, what is left of a removed text."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.texts import Texts
from handlers.broadcasts.buttons import (
    Acknowledge,
    AcknowledgeListed,
    OpenOwn,
    OpenReceived,
    Say,
)
from handlers.broadcasts.receipt_screens import message, next_unsaid, own_clause, reminder
from handlers.core.callback_data import CallbackData, StaleButton
from handlers.core.reply import keyboard
from handlers.core.screen import Screen
from handlers.library.buttons import OpenClause, OpenDocument
from knowledge.catalogue import NotInCatalogue, clause_id, document_id
from knowledge.model import Clause, ClauseKind
from records.ids import PersonId, UnitId
from records.model import Broadcast, Stance
from services.broadcasts.acknowledgement import Received
from tests.unit.handlers.samples import directive

TEXTS = Texts()
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PATHS = tuple(f"II.{n}" for n in range(1, 11))
PLAN = directive(
    clauses=tuple(Clause(path=one, kind=ClauseKind.CLAUSE, text=f"Lời {one}.") for one in PATHS)
)
SENT = Broadcast(
    id="b",
    file=PLAN.file,
    citation="Kế hoạch số 175/KH-UBND",
    units=(UnitId("a"),),
    made_by=PersonId("admin"),
    made=NOW,
)
GIVEN = Received(broadcast=SENT, own=PATHS, leads=True, acknowledged=None, stances={})


def buttons(screen: Screen) -> list[CallbackData]:
    """Return what the buttons do; each fits Telegram's callback data."""
    assert keyboard(screen) is not None
    return [button.data for row in screen.rows for button in row]


def test_own_clauses_come_first_and_all_can_be_reached() -> None:
    """Page by page, quoted as they stand; the whole text is one tap away."""
    reached = []
    for page in range(3):
        screen = message(TEXTS, GIVEN, PLAN, page)
        reached += [one.number for one in buttons(screen) if isinstance(one, OpenOwn)]
        assert OpenDocument(document_id(PLAN.file), 0, 1) in buttons(screen)
        assert f"Lời {PATHS[page * 4]}." in screen.html
    assert reached == list(range(10))
    with pytest.raises(StaleButton):
        message(TEXTS, GIVEN, PLAN, 3)


def test_who_does_not_speak_for_his_unit_only_reads() -> None:
    """His buttons open the clauses; whose they are he is not asked."""
    found = buttons(message(TEXTS, replace(GIVEN, leads=False), PLAN))
    assert not any(isinstance(one, OpenOwn) for one in found)
    assert OpenClause(document_id(PLAN.file), clause_id("II.1"), 0, 1) in found


def test_acknowledged_it_says_when_and_asks_no_more() -> None:
    """09:00 in Vietnam."""
    screen = message(TEXTS, replace(GIVEN, acknowledged=NOW), PLAN)
    assert "đã quán triệt lúc 09:00 ngày 20/11/2026" in screen.html
    assert Acknowledge("b") not in buttons(screen)
    assert Acknowledge("b") in buttons(message(TEXTS, GIVEN, PLAN))


def test_a_removed_document_can_still_be_acknowledged() -> None:
    """It says that the text is gone and opens nothing."""
    screen = message(TEXTS, GIVEN, None)
    assert buttons(screen) == [Acknowledge("b")]
    assert "không còn trong thư viện" in screen.html


def test_a_clause_that_a_new_version_dropped_is_passed_over() -> None:
    """The others keep their numbers."""
    newer = replace(PLAN, clauses=PLAN.clauses[1:])
    found = [
        one.number for one in buttons(message(TEXTS, GIVEN, newer)) if isinstance(one, OpenOwn)
    ]
    assert found == [1, 2, 3, 4]
    with pytest.raises(NotInCatalogue):
        own_clause(TEXTS, GIVEN, newer, 0)
    assert next_unsaid(GIVEN, newer, 9) == 1


def test_a_clause_offers_what_was_not_said_of_it() -> None:
    """What was said is shown and can be changed; the way back leads to its page."""
    said = replace(GIVEN, stances={"II.6": Stance.ASK})
    screen = own_clause(TEXTS, said, PLAN, 5)
    assert "Đã ghi: cần hỏi lại" in screen.html
    offered = [one.stance for one in buttons(screen) if isinstance(one, Say)]
    assert [tuple(Stance)[one] for one in offered] == [Stance.OURS, Stance.NOT_OURS]
    assert OpenReceived("b", 1) in buttons(screen)


def test_the_next_clause_is_one_of_which_nothing_is_said() -> None:
    """Going round; none when all is said."""
    assert next_unsaid(GIVEN, PLAN, 0) == 1
    said = replace(GIVEN, stances=dict.fromkeys(PATHS[1:], Stance.OURS))
    assert next_unsaid(said, PLAN, 3) == 0
    everything = replace(GIVEN, stances=dict.fromkeys(PATHS, Stance.OURS))
    assert next_unsaid(everything, PLAN, 3) is None


def test_a_reminder_has_the_buttons_of_each_sending() -> None:
    """Eight of them; the others are counted; with none left it says so."""
    many = [replace(SENT, id=f"b{n}") for n in range(10)]
    screen = reminder(TEXTS, many)
    assert buttons(screen)[:2] == [AcknowledgeListed("b0"), OpenReceived("b0", 0, 1)]
    assert len(screen.rows) == 8
    assert "Và 2 văn bản khác" in screen.html
    assert "tất cả văn bản" in reminder(TEXTS, []).html


def test_an_urge_says_that_it_is_one() -> None:
    """Its head differs from the sending's."""
    assert "Nhắc lại" in message(TEXTS, GIVEN, PLAN, urged=True).html
    assert "Nhắc lại" not in message(TEXTS, GIVEN, PLAN).html
