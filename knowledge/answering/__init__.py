"""Answer an officer's question from the library, or say that it does not hold the answer."""

from knowledge.answering.library_answers import AnswerRow, PassageRow, answer_json, ask

__all__ = ["AnswerRow", "PassageRow", "answer_json", "ask"]
