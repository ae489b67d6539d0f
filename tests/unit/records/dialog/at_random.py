"""Forms, backgrounds and inputs as hypothesis makes them: every type, conditions, totals."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from records.dialog.values import (
    Attached,
    Background,
    Chose,
    Given,
    JumpTo,
    KnownFigure,
    Move,
    Said,
)
from records.forms.model import (
    Band,
    Choice,
    Condition,
    Direction,
    Field,
    FieldType,
    Form,
    Total,
)
from records.model import Answer, FileKind
from tests.unit.records.dialog.talking import TODAY
from vietnamese.amounts import say_amount

FIGURES = (FieldType.NUMBER, FieldType.PERCENT, FieldType.SCORE)
LABELS = ("Hoàn thành", "Đang làm", "Vướng mắc", "Không phát sinh", "Đã gửi bằng văn bản")
UNITS = (None, "người", "đơn", "triệu đồng", "%")
WORDS = (
    *("có", "ko", "đúng", "ok", "không", "đã có ạ", "do sáp nhập hai xã", "hoan thanh", "dl"),
    *("hoàn thnh", "1, 3", "vướng mắc và đang làm", "2", "1.250", "3,5", "1,250", "hai mươi"),
    *("85%", "120 %", "-4", "1,5 tỷ", "500 nghìn", "khoảng 20", "12 hộ", "0,3333", "9" * 15),
    *("5/11", "mai", "thứ 6", "cuối tháng", "31/2", "5/11/2019", "hôm qua", "rằm tháng Giêng"),
    *("", " \u200b ", "\x00", "\ud800", "Đ\u0309", "\u0661\u0662", "1e999", "NaN", "a" * 1200),
)

figures = st.decimals(-50, 2000, places=2, allow_nan=False, allow_infinity=False) | st.integers(
    0, 300
).map(Decimal)
days = st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def fields(draw: st.DrawFn, before: tuple[Field, ...]) -> Field:
    """Make a field that may hang on, or be bounded by, one of those before it."""
    kind = draw(st.sampled_from(FieldType))
    count = draw(st.integers(2, len(LABELS)))
    least = draw(st.none() | st.integers(-5, 5).map(Decimal))
    longest = draw(st.sampled_from((8, 40, 1000)))
    numbers = [one.key for one in before if one.type in FIGURES]
    return Field(
        key=f"f{len(before)}",
        type=kind,
        label=f"l{len(before)}",
        question="?",
        required=draw(st.booleans()),
        unit=draw(st.sampled_from(UNITS)),
        whole=draw(st.booleans()),
        least=least,
        most=draw(st.none() | st.integers(5, 1000).map(Decimal)),
        shortest=draw(st.integers(1, 4)),
        longest=longest,
        choices=tuple(Choice(key=f"c{n}", label=LABELS[n]) for n in range(count)),
        direction=draw(st.sampled_from(Direction)),
        most_files=draw(st.integers(1, 3)),
        condition=draw(st.none() | conditions(before)),
        remembered=draw(st.booleans()),
        cumulative=draw(st.booleans()),
        additive=draw(st.booleans()),
        not_above=draw(st.none() | st.sampled_from(numbers)) if numbers else None,
    )


def conditions(before: tuple[Field, ...]) -> st.SearchStrategy[Condition | None]:
    """Hang on one of the earlier choices."""
    keys = {
        **{one.key: tuple(choice.key for choice in one.choices) for one in before},
        **{one.key: ("yes", "no") for one in before if one.type is FieldType.YES_NO},
        **{one.key: ("some", "none") for one in before if one.type is FieldType.NUMBER},
    }
    sources = [
        one.key
        for one in before
        if one.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO, FieldType.NUMBER)
    ]
    if not sources:
        return st.none()
    return st.sampled_from(sources).flatmap(
        lambda key: st.lists(st.sampled_from(keys[key]), min_size=1, max_size=2, unique=True).map(
            lambda values: Condition(field=key, values=tuple(values))
        )
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Make a form of one to eight fields, with a graded total where it has figures."""
    made: tuple[Field, ...] = ()
    for _ in range(draw(st.integers(1, 8))):
        made = (*made, draw(fields(made)))
    summed = tuple(one.key for one in made if one.type in FIGURES)
    bands = (Band(label="Tốt", at_least=Decimal(90)), Band(label="Khá", at_least=Decimal(50)))
    total = Total(key="t", label="t", of=summed, bands=bands)
    return Form(id="f", version=1, title="f", fields=made, totals=(total,) if summed else ())


@st.composite
def backgrounds(draw: st.DrawFn, form: Form) -> Background:
    """Know something of some fields: last answers, earlier figures, sums, shared figures."""
    keys = [one.key for one in form.fields]
    some = st.sampled_from(keys)
    several = st.lists(figures, max_size=5).map(tuple)
    known = figures.map(lambda value: KnownFigure(value=value, form="g", period="2026-Q3"))
    return Background(
        today=TODAY + timedelta(days=draw(st.integers(0, 3))),
        last=draw(st.dictionaries(some, answers(), max_size=4)),
        earlier=draw(st.dictionaries(some, several, max_size=4)),
        this_year=draw(st.dictionaries(some, figures, max_size=2)),
        parts=draw(st.dictionaries(some, figures, max_size=2)),
        shared=draw(st.dictionaries(some, known, max_size=3)),
    )


def answers() -> st.SearchStrategy[Answer]:
    """Make an answer of any shape, fitting or not."""
    keys = st.sampled_from(("c0", "c1", "c2", "gone"))
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(0, 9).map(str),
        days.map(date.isoformat),
        keys,
        st.lists(keys, max_size=3, unique=True).map(tuple),
        st.text(max_size=12),
    )


def inputs(form: Form) -> st.SearchStrategy[Given]:
    """Make any input at all."""
    keys = [one.key for one in form.fields]
    files = st.builds(
        Attached,
        id=st.sampled_from(("a1", "a2", "a3", "a4")),
        kind=st.sampled_from(FileKind),
        name=st.sampled_from(("", "bao-cao.pdf", "anh.JPG", "virus.exe")),
        size=st.sampled_from((0, 1000, 20 * 2**20, 20 * 2**20 + 1)),
    )
    return st.one_of(
        st.sampled_from(WORDS).map(Said),
        st.text(max_size=20).map(Said),
        st.sampled_from((*(f"c{n}" for n in range(5)), "yes", "no", "a1", "gone")).map(Chose),
        files,
        st.sampled_from(Move),
        st.sampled_from((*keys, "gone")).map(JumpTo),
    )


def fitting(field: Field) -> st.SearchStrategy[Given]:
    """Make an input such as the field asks for, so that a dialog gets on."""
    taps: tuple[Given, ...] = tuple(Chose(one.key) for one in field.choices)
    sent = tuple(Attached(id=f"a{n}", kind=FileKind.PHOTO, name="", size=9) for n in range(3))
    enough = (Move.DONE_CHOOSING, Move.DONE_CHOOSING)
    ways: dict[FieldType, st.SearchStrategy[Given]] = {
        FieldType.DATE: days.map(lambda day: Said(f"{day.day}/{day.month}/{day.year}")),
        FieldType.YES_NO: st.sampled_from((Chose("yes"), Chose("no"))),
        FieldType.CHOICE: st.sampled_from(taps),
        FieldType.CHOICES: st.sampled_from((*taps, *enough)),
        FieldType.FILES: st.sampled_from((*sent, *enough)),
        FieldType.TEXT: st.sampled_from((Said("tốt" * 400), Said("đã họp dân"))).map(
            lambda said: Said((said.text * 2)[: max(field.shortest, min(field.longest, 10))])
        ),
    }
    number = st.builds(
        lambda lead, value: Said(f"{lead}{value}"),
        st.sampled_from(("", "", "", "khoảng ")),
        st.integers(0, min(120, int(field.most or 120))),
    )
    return ways.get(field.type, number if field.type in FIGURES else ways[FieldType.TEXT])


def again(field: Field, answer: Answer) -> Given:
    """Return the input that gives an answer once more."""
    if isinstance(answer, str):
        return Chose(answer) if field.type is FieldType.CHOICE else Said(_as_typed(field, answer))
    if isinstance(answer, bool):
        return Chose("yes" if answer else "no")
    return Move.SKIP if answer is None else Move.DONE_CHOOSING


def _as_typed(field: Field, answer: str) -> str:
    if field.type is FieldType.DATE:
        return date.fromisoformat(answer).strftime("%d/%m/%Y")
    return say_amount(Decimal(answer)) if field.type in FIGURES else answer
