"""The door of the room: ask a library, and give an answer to programs."""

import threading
from datetime import date
from typing import Final, TypedDict
from weakref import WeakKeyDictionary

from knowledge.answering.desk import Desk, Searchable
from knowledge.answering.understanding import Reader
from knowledge.answering.values import Answer, Certainty, SmallTalk, certainty_of
from knowledge.searching.passages import passages
from knowledge.vocabulary import Vocabulary, shipped_vocabulary

_desks: Final[WeakKeyDictionary[Searchable, Desk]] = WeakKeyDictionary()
_lock: Final = threading.Lock()


class PassageRow(TypedDict):
    """One passage as programs read it."""

    file: str
    number: str | None
    clause: str
    text: str
    score: float


class AnswerRow(TypedDict):
    """An answer as programs read it; `answers` holds the best passages also when refused."""

    refused: bool
    certainty: str
    answers: list[PassageRow]


def ask(
    library: Searchable, question: str, today: date, vocabulary: Vocabulary | None = None
) -> Answer:
    """Answer `question` from `library` as on `today`.

    What is worked out of a library is kept until its documents change. A fault of the index is
    raised: "not found" is never said because looking failed.
    """
    return _desk(library, vocabulary or shipped_vocabulary()).answer(question, today)


def _desk(library: Searchable, vocabulary: Vocabulary) -> Desk:
    """Return the desk for the library as it now stands."""
    with _lock:
        desk = _desks.get(library)
        if desk is None or not desk.serves(library.state, vocabulary):
            desk = Desk(library, Reader(vocabulary), vocabulary, passages)
            _desks[library] = desk
        return desk


def answer_json(answer: Answer, top: int) -> AnswerRow:
    """Return an answer and its best `top` passages as JSON values."""
    quotes = () if isinstance(answer, SmallTalk) else answer.quotes
    certainty = certainty_of(answer)
    return AnswerRow(
        refused=certainty is Certainty.NONE,
        certainty=certainty.value,
        answers=[
            PassageRow(
                file=quote.file,
                number=quote.number,
                clause=quote.clause,
                text=quote.text,
                score=round(quote.score, 4),
            )
            for quote in quotes[:top]
        ],
    )
