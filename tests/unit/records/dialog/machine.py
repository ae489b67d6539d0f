"""A dialog under random inputs, restarts and repeats, judged after each step."""

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from records.codec import from_json, to_json
from records.dialog.engine import begin, prompt, step
from records.dialog.position import final_answers, final_notes
from records.dialog.values import (
    Ask,
    AskReason,
    Background,
    Given,
    JumpTo,
    Move,
    Prompt,
    ReadBack,
    Said,
    Step,
    Summary,
)
from records.forms.model import Field, Form
from records.model import Draft
from tests.unit.records.dialog import at_random, judge
from tests.unit.records.dialog.talking import FRESH


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    dialogs: int = 0
    steps: int = 0
    checks: int = 0
    sent: int = 0
    restarts: int = 0
    seconds: list[float] = field(default_factory=list)
    """Spent in the engine alone, by step."""
    prompts: Counter[str] = field(default_factory=Counter)
    """Steps by the prompt they ended at."""
    objections: Counter[str] = field(default_factory=Counter)


def unnoted(shown: Prompt) -> Prompt:
    """Return a prompt as a redraw shows it: without the answer just taken."""
    return replace(shown, noted=None) if isinstance(shown, Ask) else shown


class Dialog(RuleBasedStateMachine):
    """Whatever an officer does, a draft stays one that its form knows."""

    tally: ClassVar[Tally] = Tally()

    form: Form
    draft: Draft
    background: Background

    @initialize(data=st.data())
    def open(self, data: st.DataObject) -> None:
        """Begin, now and then with answers that the draft came with."""
        type(self).tally.dialogs += 1
        self.form = data.draw(at_random.forms())
        self.background = data.draw(at_random.backgrounds(self.form))
        keys = st.sampled_from([one.key for one in self.form.fields])
        brought = data.draw(st.dictionaries(keys, at_random.answers(), max_size=2))
        first = begin(self.form, replace(FRESH, answers=brought), self.background)
        self.draft = first.draft
        self.hold(begin(self.form, self.draft, self.background) == first, "begins once")

    def hold(self, fact: bool, name: str) -> None:
        """Hold an invariant."""
        type(self).tally.checks += 1
        assert fact, name

    # --- what happens ------------------------------------------------------------------------

    @rule(data=st.data())
    def anything(self, data: st.DataObject) -> None:
        """Do whatever can be done on a phone."""
        self.give(data.draw(at_random.inputs(self.form)))

    @rule(data=st.data())
    def something_fitting(self, data: st.DataObject) -> None:
        """Do what the prompt asks for."""
        self.give(data.draw(self.sensible()))

    @precondition(lambda self: isinstance(self.shown(), Summary))
    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """Jump from the summary to a field."""
        self.give(JumpTo(data.draw(st.sampled_from([one.key for one in self.form.fields]))))

    @rule()
    def restart(self) -> None:
        """Lose everything but the stored draft."""
        type(self).tally.restarts += 1
        kept = from_json(Draft, to_json(self.draft))
        self.hold(kept == self.draft, "a stored draft is the draft")
        self.hold(
            prompt(self.form, kept, self.background) == self.shown(), "a restart shows the same"
        )
        self.hold(
            begin(self.form, kept, self.background).draft == kept, "to begin again changes nothing"
        )
        self.draft = kept

    @rule(days=st.integers(1, 60))
    def wait(self, days: int) -> None:
        """Come back another day."""
        later = self.background.today + timedelta(days=days)
        self.background = replace(self.background, today=later)

    # --- one step ----------------------------------------------------------------------------

    def shown(self) -> Prompt:
        """Return what stands in the chat."""
        return prompt(self.form, self.draft, self.background)

    def sensible(self) -> st.SearchStrategy[Given]:
        """Return the inputs that the prompt asks for."""
        match self.shown():
            case Ask(field=asked):
                return at_random.fitting(asked)
            case ReadBack():
                return st.sampled_from((Move.YES, Move.YES, Move.NO, Said("đúng"), Said("ko")))
            case AskReason():
                return st.sampled_from((Said("do sáp nhập hai xã"), Move.NO, Said("12")))
            case Summary():
                return st.sampled_from((Move.CONFIRM, Move.BACK))

    def taken(self, draft: Draft, given: Given) -> Step:
        """Take a step and its time."""
        began = time.perf_counter()
        done = step(self.form, draft, given, self.background)
        type(self).tally.seconds.append(time.perf_counter() - began)
        type(self).tally.steps += 1
        return done

    def give(self, given: Given) -> None:
        """Give an input, judge the step, and go on with the draft it made."""
        before, draft = self.shown(), self.draft
        done = self.taken(draft, given)
        type(self).tally.prompts[type(done.prompt).__name__] += 1
        self.hold(step(self.form, draft, given, self.background) == done, "a repeat is the same")
        self.hold(
            unnoted(done.prompt) == prompt(self.form, done.draft, self.background),
            "a redraw shows the same",
        )
        if done.objection is not None:
            type(self).tally.objections[done.objection.complaint] += 1
            self.hold(done.draft == draft and not done.sent, "an objection changes nothing")
        elif done.sent:
            self.sends(done, before, given)
        else:
            self.hold(done.draft.revision == draft.revision + 1, "revision grows by one a step")
            self.moves_on(before, done, given)
        self.draft = done.draft

    def sends(self, done: Step, before: Prompt, given: Given) -> None:
        """Judge a report that goes out."""
        type(self).tally.sent += 1
        self.hold(given is Move.CONFIRM and isinstance(before, Summary), "sent from the summary")
        self.hold(done.draft == self.draft, "what is sent is what was shown")
        asked = judge.asked_for(self.form, done.draft.answers)
        final = final_answers(self.form, done.draft)
        self.hold(list(final) == [one.key for one in asked], "a report keeps what applies")
        self.hold(all(self.sound(one, done.draft) for one in asked), "every answer is valid")
        self.hold(
            all(final[one.key] is not None for one in asked if one.required), "required is answered"
        )
        self.hold(set(final_notes(self.form, done.draft)) <= set(final), "notes are of answers")

    def moves_on(self, before: Prompt, done: Step, given: Given) -> None:
        """Judge an answer that was taken, and that "back" and the same again change nothing."""
        if isinstance(before, Summary) or given in (Move.BACK, Move.SUMMARY):
            return
        asked, after = before.field, done.prompt
        if not isinstance(after, Summary) and after.field == asked:
            return
        self.hold(self.sound(asked, done.draft), "an answer that counts is valid")
        answer = done.draft.answers[asked.key]
        noted = after.noted if isinstance(after, Ask) else None
        if isinstance(after, Ask) and answer is not None:
            self.hold(noted is not None and noted.answer == answer, "an answer is read back")
        back = self.taken(done.draft, Move.BACK)
        self.hold(
            isinstance(back.prompt, Ask) and back.prompt.field == asked, "back leads to the last"
        )
        same = self.taken(back.draft, at_random.again(asked, answer))
        if isinstance(same.prompt, ReadBack):
            same = self.taken(same.draft, Move.YES)
        self.hold(
            judge.content(same.draft) == judge.content(done.draft), "the same again is the same"
        )

    def sound(self, asked: Field, draft: Draft) -> bool:
        """Ask the judge about one answer."""
        return judge.is_sound(self.form, asked, draft.answers, self.background.today)

    # --- what holds after each step ----------------------------------------------------------

    @invariant()
    def prompt_is_of_its_form(self) -> None:
        """Only fields that apply are asked, counted and summed up."""
        asked = judge.asked_for(self.form, self.draft.answers)
        match self.shown():
            case Summary(lines=lines, sums=sums):
                self.hold([line.field for line in lines] == asked, "the summary is what applies")
                self.hold(all(self.sound(one, self.draft) for one in asked), "nothing is amiss")
                expected = [
                    Decimal(str(self.draft.answers[one.key]))
                    for one in asked
                    if one.type in at_random.FIGURES and self.draft.answers[one.key] is not None
                ]
                self.hold(
                    [one.value for one in sums] == ([sum(expected)] if expected else []),
                    "a total is the sum",
                )
            case Ask() | ReadBack() | AskReason() as shown:
                self.hold(shown.count == len(asked), "what applies is counted")
                self.hold(asked[shown.position - 1] == shown.field, "a position is its place")
