"""Typed words that nobody waits for: what they mean, by themselves or after what was said."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from telegram import CallbackQuery, Message

from handlers.core.callback_data import StaleButton
from handlers.core.context import Context
from handlers.core.dependencies import Dependencies
from handlers.core.feature import Feature, OnCommand
from handlers.core.reply import reply
from handlers.core.screen import Screen
from handlers.core.work_sign import at_work
from handlers.own_work.answers import Answers
from handlers.own_work.buttons import QUESTION, Mean, Which
from handlers.own_work.earlier import Earlier
from handlers.own_work.follow_screens import followed
from handlers.own_work.screens import either, which_document, which_unit
from knowledge.answering.values import Answer, Found, Several, SmallTalk, Uncertain
from knowledge.catalogue import NotInCatalogue, document_id, facts_of
from knowledge.model import Directive
from records import scope
from records.model import Person, Scope
from services.intents.follow_ups import (
    OF_DOCUMENT,
    asked_of,
    follow_up,
    is_of_document,
    names_matter,
)
from services.intents.naming import of_body, tells_year
from services.intents.renewal import Renewed, renewed
from services.intents.router import weighed
from services.intents.subjects import (
    ABOUT_A_DOCUMENT,
    OF_ONESELF,
    RELEVANT,
    after,
    before_of,
    lacks_document,
    names_of,
)
from services.intents.values import (
    Around,
    FollowKind,
    Intent,
    Meaning,
    Meant,
    Named,
    Question,
    Unsure,
)
from services.own_work.desk import known
from vietnamese.zone import day_of

LONGEST: Final = 400
"""Characters of what can be more than a question; what is longer is one, or a document."""

COMMANDS: Final[Mapping[Intent, str]] = {
    Intent.REPORT: "baocao",
    Intent.WAITING: "duyet",
    Intent.ASSIGN: "giaoviec",
    Intent.DIGEST: "tonghop",
    Intent.CALENDAR: "lich",
    Intent.DOCUMENTS: "vanban",
    Intent.SETTINGS: "caidat",
    Intent.DEPUTY: "uyquyen",
    Intent.BROADCAST: "phobien",
    Intent.INVITE: "moi",
    Intent.REMINDERS: "nhactoi",
    Intent.REMIND: "nhactoi",
}
"""Which command an intent says in words."""

Ask = Callable[[Message, str, tuple[str, ...], Answer | None], Awaitable[Answer | None]]
"""Answers a message with what the library says to some words; the names are what they took, the
answer is the library's where it was asked already."""


@dataclass(frozen=True, slots=True)
class Talk:
    """Finds out what is meant, and does it."""

    deps: Dependencies
    commands: Mapping[str, OnCommand]
    ask: Ask

    @property
    def feature(self) -> Feature:
        """Where it listens, beside what nobody waits for: the buttons of a question back."""
        buttons = frozenset({Mean, Which})
        return Feature(buttons={Mean: self.on_mean, Which: self.on_which}, asides=buttons)

    async def on_words(self, message: Message, context: Context) -> None:
        """Take words of a private chat for what they mean."""
        text, now = message.text or message.caption or "", self.deps.now()
        if context.person is None or len(text) > LONGEST:
            await self.ask(message, text, (), None)
            return
        names = await self._around(context.person)
        alone = weighed(text, names, day_of(now))
        before = await scope.spoken_of(self.deps.store, self._key(message, context), now)
        back = follow_up(text, names, day_of(now))
        leans = back is not None and back.kind is not None
        of_quote = leans and before is not None and before.file is not None
        wished = None
        if before is not None and alone.shares and alone.shares[0].intent is Intent.REMIND:
            wished = await self._earlier(context).reminder(text, before)
        if wished is not None:
            context.args = wished.split()
            await self.commands[COMMANDS[Intent.REMIND]](message, context)
            return
        if (
            before is not None
            and (of_quote or not (alone.settled and alone.shares))
            and await self._followed(message, context, text, before, names)
        ):
            return
        if leans and not alone.shares and not names_matter(text):
            await reply(message, which_document(self.deps.texts))
            return
        async with at_work(message.get_bot(), message.chat.id):
            found = None if alone.settled else await self.deps.ask(text)
        meaning = alone.meaning(1.0 if found is None else fit_of(found))
        file = None if before is None else before.file
        if file is not None and lacks_document(meaning):
            named = replace(meaning.named, documents=(file,))
            meant = Meant(intent=meaning.intent, named=named)
            await self._do(message, context, text, meant, self._cited(file))
            return
        await self._take(message, context, text, meaning, found)

    async def on_mean(self, query: CallbackQuery, pressed: Mean, context: Context) -> None:
        """Take the words that were asked about as the one or the other."""
        message = query.message
        if not isinstance(message, Message):
            raise StaleButton
        now, key = self.deps.now(), self._key(message, context)
        held = await scope.spoken_of(self.deps.store, key, now)
        known_intent = pressed.intent in {one.value for one in Intent}
        if held is None or not (known_intent or pressed.intent == QUESTION):
            raise StaleButton
        await query.answer()
        names = await self._around(context.officer)
        named = weighed(held.said, names, day_of(now)).named
        meaning: Meaning = Question(named=named)
        if known_intent:
            meaning = Meant(intent=Intent(pressed.intent), named=named)
        await self._take(message, context, held.said, meaning, None)

    async def _take(
        self,
        message: Message,
        context: Context,
        text: str,
        meaning: Meaning,
        found: Answer | None,
    ) -> None:
        match meaning:
            case Meant():
                await self._do(message, context, text, meaning, ())
            case Unsure():
                await self._remember(message, context, Scope(id="", at=self.deps.now(), said=text))
                await reply(message, either(self.deps.texts, meaning.either))
            case Question():
                await self._ask(message, context, text, (), found)

    async def _followed(
        self, message: Message, context: Context, text: str, before: Scope, names: Around
    ) -> bool:
        """Answer words that need what was said before them; False where they do not."""
        day = day_of(self.deps.now())
        found = follow_up(text, names, day)
        quoted = before.intent is None or (
            before.file is not None and before.intent in ABOUT_A_DOCUMENT
        )
        if quoted:
            return await self._quoted(message, context, text, before, names)
        intent = Intent(before.intent or Intent.OWED)
        if found is not None and found.kind is None:
            named = after(found.named, before, RELEVANT[intent])
            await self._own(message, context, text, Meant(intent=intent, named=named), names)
            return True
        spoken = before_of(before)
        listed = [] if spoken.units else await self._earlier(context).units(before)
        spoken = replace(spoken, units=spoken.units or tuple(unit for unit, _ in listed))
        lent = weighed(text, names, day, spoken, own=intent in OF_ONESELF)
        if not (lent.shares and lent.shares[0].certain):
            return False
        first = lent.shares[0].intent
        said = weighed(text, names, day).named
        if first is Intent.PEOPLE and listed and not said.units and not said.people:
            if len(listed) > 1:
                await reply(message, which_unit(self.deps.texts, first, listed))
                return True
            said = replace(said, units=(listed[0][0],))
        meant = Meant(intent=first, named=after(said, before, RELEVANT[first]))
        await self._own(message, context, text, meant, names)
        return True

    async def _quoted(
        self, message: Message, context: Context, text: str, before: Scope, names: Around
    ) -> bool:
        """Answer words about the quotation of before; False where they stand for themselves."""
        found = follow_up(text, names, day_of(self.deps.now()))
        if found is not None and found.kind is not None:
            day = day_of(self.deps.now())
            kind = asked_of(text, found.kind, before, names, day)
            if kind in OF_DOCUMENT or is_of_document(before.said, names, day):
                before = replace(before, said=text)
            return await self._of_clause(message, context, kind, before)
        if await self._of_document(message, context, text, before, names):
            return True
        old = weighed(before.said, names, day_of(self.deps.now())).named.units
        old_names = [name for one in names.units if one.id in old for name in one.names]
        anew = None if before.intent is not None else renewed(text, before.said, old_names)
        if anew is None:
            return False
        await self._anew(message, context, anew, before)
        return True

    async def _anew(self, message: Message, context: Context, anew: Renewed, before: Scope) -> None:
        """Ask again of another subject; one that the library does not name is declined by name."""
        directive = self._directive(before.file)
        if anew.year is not None and directive is not None and not tells_year(directive, anew.year):
            held = facts_of(directive)
            html = self.deps.texts.screen("follow_no_year", held=held, year=anew.year)
            await reply(message, Screen(html))
            return
        found = await self.deps.ask(anew.question)
        if anew.body is not None:
            found = of_body(found, anew.body)
        took = () if anew.apart else (before.said,)
        await self._ask(message, context, anew.question, took, found)

    async def on_which(self, query: CallbackQuery, pressed: Which, context: Context) -> None:
        """Answer of the unit chosen."""
        message = query.message
        if not isinstance(message, Message) or pressed.intent not in {one.value for one in Intent}:
            raise StaleButton
        await query.answer()
        named = Named(units=(pressed.unit,))
        await self._do(message, context, "", Meant(intent=Intent(pressed.intent), named=named), ())

    async def _own(
        self,
        message: Message,
        context: Context,
        text: str,
        meant: Meant,
        names: Around,
    ) -> None:
        """Answer on own work with what was taken from before, and say what that is."""
        said = weighed(text, names, day_of(self.deps.now())).named
        took = names_of(meant.named, said, names)
        await self._do(message, context, text, meant, took)

    async def _of_document(
        self, message: Message, context: Context, text: str, before: Scope, names: Around
    ) -> bool:
        """Answer what is asked of the unit's part in the document spoken of."""
        if before.file is None:
            return False
        day = day_of(self.deps.now())
        lent = weighed(text, names, day, Named(documents=(before.file,)))
        first = lent.shares[0] if lent.shares else None
        if first is None or not first.certain or first.intent not in ABOUT_A_DOCUMENT:
            return False
        meant = Meant(intent=first.intent, named=replace(lent.named, documents=(before.file,)))
        await self._do(message, context, text, meant, self._cited(before.file))
        return True

    async def _of_clause(
        self, message: Message, context: Context, kind: FollowKind, before: Scope
    ) -> bool:
        """Answer what is asked about the clause quoted last."""
        if before.file is None:
            return False
        catalogue = self.deps.catalogue()
        try:
            directive = catalogue.find(document_id(before.file))
            clause = before.clause or await self._earlier(context).first_charge(directive, before)
            screen = followed(self.deps.texts, catalogue, directive, clause, kind)
        except NotInCatalogue:
            return False
        took = self.deps.texts.screen("own_took", took=self._cited(before.file))
        await reply(message, replace(screen, html=f"{took}\n{screen.html}"))
        await self._remember(message, context, replace(before, at=self.deps.now()))
        return True

    async def _ask(
        self,
        message: Message,
        context: Context,
        text: str,
        took: tuple[str, ...],
        found: Answer | None,
    ) -> None:
        """Ask the library, and remember what it quoted."""
        answer = await self.ask(message, text, took, found)
        if answer is None or isinstance(answer, SmallTalk):
            return
        best = answer.quotes[0] if isinstance(answer, Found | Uncertain) else None
        said = Scope(
            id="",
            at=self.deps.now(),
            said=text,
            file=None if best is None else best.file,
            clause=None if best is None else best.clause,
        )
        await self._remember(message, context, said)

    async def _do(
        self,
        message: Message,
        context: Context,
        text: str,
        meant: Meant,
        took: tuple[str, ...],
    ) -> None:
        """Do what is meant: say a command, or answer on own work, and remember of what."""
        command = COMMANDS.get(meant.intent)
        if meant.intent is Intent.REPORT and meant.named.tasks:
            meant, command = replace(meant, intent=Intent.OWED), None
        if command is not None:
            context.args = text.split() if meant.intent is Intent.REMIND else []
            await self.commands[command](message, context)
            return
        answers = Answers(self.deps, context.officer, took)
        await reply(message, await answers.screen(meant.intent, meant.named, text))
        named, span = meant.named, meant.named.span
        held = Scope(
            id="",
            at=self.deps.now(),
            said=text,
            intent=meant.intent.value,
            file=named.documents[0] if named.documents else None,
            units=named.units,
            people=named.people,
            tasks=named.tasks,
            figures=named.figures,
            first=None if span is None else span.first,
            last=None if span is None else span.last,
            period=None if span is None else span.key,
        )
        await self._remember(message, context, held)

    async def _remember(self, message: Message, context: Context, held: Scope) -> None:
        await scope.remember(self.deps.store, replace(held, id=self._key(message, context)))

    async def _around(self, person: Person) -> Around:
        deps = self.deps
        return await known(deps.store, deps.forms, deps.catalogue(), person.id, deps.now())

    def _earlier(self, context: Context) -> Earlier:
        return Earlier(self.deps, context.officer.id)

    def _directive(self, file: str | None) -> Directive | None:
        try:
            return None if file is None else self.deps.catalogue().find(document_id(file))
        except NotInCatalogue:
            return None

    def _cited(self, file: str) -> tuple[str, ...]:
        try:
            held = facts_of(self.deps.catalogue().find(document_id(file)))
        except NotInCatalogue:
            return ()
        return (self.deps.texts.label("document_named", held=held),)

    def _key(self, message: Message, context: Context) -> str:
        return scope.scope_id(context.officer.id, message.chat.id)


def fit_of(answer: Answer) -> float:
    """Return how sure the library is of an answer: 0 to 1."""
    if isinstance(answer, Found | Several):
        return 1.0
    return answer.confidence if isinstance(answer, Uncertain) else 0.0
