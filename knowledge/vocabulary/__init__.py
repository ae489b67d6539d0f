"""The words of the field: abbreviations, chat speech, thesaurus, words of questions, places."""

from knowledge.vocabulary.sheet import VocabularyMistake
from knowledge.vocabulary.words import (
    Abbreviation,
    ChatSpeech,
    QuestionWords,
    Ring,
    SmallTalkKind,
    Vocabulary,
    load_vocabulary,
    shipped_vocabulary,
)

__all__ = [
    "Abbreviation",
    "ChatSpeech",
    "QuestionWords",
    "Ring",
    "SmallTalkKind",
    "Vocabulary",
    "VocabularyMistake",
    "load_vocabulary",
    "shipped_vocabulary",
]
