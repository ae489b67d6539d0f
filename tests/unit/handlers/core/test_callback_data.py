"""A button carries its own meaning in at most 64 bytes; anything else is a stale button."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.core.callback_data import (
    MAX_BYTES,
    CallbackData,
    Codec,
    CopyText,
    StaleButton,
    encode,
)
from handlers.core.feature import Feature
from handlers.library.buttons import (
    AskOf,
    Judge,
    MoreResults,
    OpenClause,
    OpenDocument,
    OpenDocuments,
    OpenRelated,
)
from knowledge.catalogue import clause_id, document_id

ids = st.from_regex(r"[a-z0-9-]{1,24}", fullmatch=True)
hashes = st.from_regex(r"[a-f0-9]{8,12}", fullmatch=True)
pages = st.integers(min_value=0, max_value=999_999)
buttons = st.one_of(
    st.builds(OpenDocuments, pages, st.integers(0, 1)),
    st.builds(OpenDocument, ids, pages, st.integers(0, 1)),
    st.builds(OpenClause, hashes, hashes, pages, st.integers(0, 1)),
    st.builds(OpenRelated, ids, st.integers(0, 1)),
    st.builds(MoreResults, ids, pages, st.integers(0, 1)),
    st.builds(AskOf, ids, ids),
    st.builds(Judge, ids, st.integers(0, 1)),
)


KNOWN: Mapping[str, str] = {
    "1:l:1:2": "OpenDocuments(page=1, anew=2)",
    "1:d:a:2:3": "OpenDocument(document='a', page=2, anew=3)",
    "1:c:a:b:3:4": "OpenClause(document='a', clause='b', page=3, anew=4)",
    "1:r:a:2": "OpenRelated(document='a', anew=2)",
    "1:m:a:2:3": "MoreResults(question='a', page=2, anew=3)",
    "1:a:a:b": "AskOf(question='a', document='b')",
    "1:j:a:2": "Judge(question='a', useful=2)",
    "1:ql:1": "OpenBroadcasts(page=1)",
    "1:qd:1": "ChooseDocument(page=1)",
    "1:qs:a": "BeginSending(document='a')",
    "1:qh:a": "ShowScopes(sending='a')",
    "1:qk:a:2": "TakeScope(sending='a', scope=2)",
    "1:qi:a:b:3": "BrowseUnits(sending='a', unit='b', page=3)",
    "1:qg:a:b": "ToggleUnit(sending='a', unit='b')",
    "1:qv:a:2": "Preview(sending='a', page=2)",
    "1:qw:a": "SendOut(sending='a')",
    "1:qb:a:2": "OpenBroadcast(broadcast='a', page=2)",
    "1:qn:a:b:3": "OpenMissing(broadcast='a', unit='b', page=3)",
    "1:qj:a:2": "OpenObjections(broadcast='a', page=2)",
    "1:qu:a": "UrgeReaders(broadcast='a')",
    "1:qr:a:2:3": "OpenReceived(broadcast='a', page=2, anew=3)",
    "1:qa:a": "Acknowledge(broadcast='a')",
    "1:qe:a": "AcknowledgeListed(broadcast='a')",
    "1:qc:a:2": "OpenOwn(broadcast='a', number=2)",
    "1:qt:a:2:3": "Say(broadcast='a', number=2, stance=3)",
    "1:sd:a:2": "OpenDigest(unit='a', anew=2)",
    "1:su:1": "OpenUnits(page=1)",
    "1:sw:1": "OpenWork(page=1)",
    "1:sg:a:2": "OpenGroup(group='a', page=2)",
    "1:sr:a:2": "Urge(unit='a', sure=2)",
    "1:sc:a": "DrawChart(unit='a')",
    "1:sf:a": "TakeFile(unit='a')",
    "1:si": "TakeCalendar()",
    "1:sh:1:2": "SetHour(what=1, up=2)",
    "1:st:1": "TurnDaily(on=1)",
    "1:tm:1:2": "OpenTasks(view=1, page=2)",
    "1:to:a:b:3": "OpenTaskCard(task='a', period='b', anew=3)",
    "1:te:a:2": "EditTask(task='a', term=2)",
    "1:tz:a:2:3": "EndTask(task='a', how=2, sure=3)",
    "1:ts": "ChooseSource()",
    "1:tb": "BeginFree()",
    "1:td:1": "ListSources(page=1)",
    "1:tl:a:2": "ListDuties(document='a', page=2)",
    "1:ty:a:b": "BeginDuty(document='a', duty='b')",
    "1:tp:a": "ShowProposal(proposal='a')",
    "1:ta:a:2:3": "OpenPart(proposal='a', part=2, page=3)",
    "1:tn:a:2:c": "EnterUnit(proposal='a', part=2, unit='c')",
    "1:tu:a:2:c": "ToggleUnit(proposal='a', part=2, unit='c')",
    "1:tv:a:2:3": "ChooseLevel(proposal='a', part=2, kind=3)",
    "1:tg:a:2:c": "TogglePerson(proposal='a', part=2, person='c')",
    "1:tc:a:2": "ClearPart(proposal='a', part=2)",
    "1:tf:a:b": "ChooseForm(proposal='a', form='b')",
    "1:tr:a:2": "ChooseTerm(proposal='a', term=2)",
    "1:ti:a": "TurnPriority(proposal='a')",
    "1:tk:a:2": "Confirm(proposal='a', again=2)",
    "1:tx:a": "Abandon(proposal='a')",
    "1:bl:1:2": "OpenReporting(page=1, anew=2)",
    "1:bt:a:b:3": "OpenDue(task='a', period='b', anew=3)",
    "1:bo:a:b:3:d": "SayAtOnce(task='a', period='b', outcome=3, draft='d')",
    "1:bd:a:b:c": "Begin(task='a', period='b', form='c')",
    "1:bf:a": "BeginFree(form='a')",
    "1:be:a": "Revise(report='a')",
    "1:br:a": "Resume(draft='a')",
    "1:bm:a:2:c": "Step(draft='a', revision=2, move='c')",
    "1:bc:a:2:c": "Pick(draft='a', revision=2, key='c')",
    "1:bj:a:2:c": "Jump(draft='a', revision=2, field='c')",
    "1:bp:a:2": "TurnSummary(draft='a', page=2)",
    "1:bs:a": "Leave(draft='a')",
    "1:bx:a:2": "Cancel(draft='a', sure=2)",
    "1:vw:1": "OpenWaiting(page=1)",
    "1:vr:a:2": "OpenReport(report='a', anew=2)",
    "1:va:a": "Accept(report='a')",
    "1:vb:a": "GiveBack(report='a')",
    "1:vc:a": "Comment(report='a')",
    "1:vn:a": "NoWords(report='a')",
    "1:vf:a": "ShowFiles(report='a')",
    "1:kl:1": "OpenModels(page=1)",
    "1:ko:a": "OpenModel(report='a')",
    "1:nc:a": "ChoosePutOff(reminder='a')",
    "1:np:a:b": "PutOff(reminder='a', until='b')",
    "1:nt:a:b": "AskTime(task='a', period='b')",
    "1:nx:a": "NoTime(task='a')",
    "1:nd:a:2": "DecideTime(extension='a', granted=2)",
    "1:nf:a": "ForgetReminder(reminder='a')",
    "1:gb:a:b:c:4:5": "BrowseUnits(purpose='a', ref='b', unit='c', page=4, anew=5)",
    "1:gu:a:b:c": "TakeUnit(purpose='a', ref='b', unit='c')",
    "1:gj": "Join()",
    "1:gn": "UseName()",
    "1:gx": "LeaveAsking()",
    "1:gq:a": "ShowRequest(request='a')",
    "1:gl:a:b:3": "LetIn(request='a', unit='b', role=3)",
    "1:gd:a": "TurnDown(request='a')",
    "1:gt:a:2": "ChooseLifetime(unit='a', role=2)",
    "1:gm:a:2:3": "MakeInvitation(unit='a', role=2, days=3)",
    "1:gi:1": "OpenInvitations(page=1)",
    "1:gv:a": "TakeBack(invitation='a')",
    "1:gs:1": "AskTable(kind=1)",
    "1:gst:1": "GetTemplate(kind=1)",
    "1:gsy:1": "TakeTable(kind=1)",
    "1:gsx": "LeaveTable()",
    "1:gp:1": "OpenPeople(page=1)",
    "1:gpo:a": "OpenPerson(person='a')",
    "1:gpr:a:2:3": "GiveRole(person='a', role=2, sure=3)",
    "1:gpa:a:2:3": "SetActive(person='a', active=2, sure=3)",
    "1:gpw:a:2": "AskPerson(person='a', what=2)",
    "1:gpd:a:b": "TakeDeputy(person='a', deputy='b')",
    "1:gpe:a": "EndDeputies(person='a')",
    "1:go:a:2": "OpenUnit(unit='a', page=2)",
    "1:gow:a:2": "AskUnit(unit='a', what=2)",
    "1:goe:a:2": "EndUnit(unit='a', sure=2)",
    "1:gk:a": "BeginTakeover(unit='a')",
    "1:gks": "ShowTakeover()",
    "1:gkw:1": "AskTakeover(what=1)",
    "1:gky": "ConfirmTakeover()",
    "1:gkx": "LeaveTakeover()",
    "1:gc:1": "OpenSuccessions(page=1)",
    "1:gco:a": "OpenSuccession(succession='a')",
    "1:gcy:a": "ConfirmSuccession(succession='a')",
    "1:gcx:a": "DropSuccession(succession='a')",
    "1:ga:a:2": "OpenAudit(person='a', page=2)",
}
"""A button of every kind there was on 28/11/2026, and what it means: their keyboards still hang."""


def test_every_old_button_still_answers(codec: Codec, inside: Feature) -> None:
    """Whatever letters a keyboard was sent with mean the same, and somebody takes the tap."""
    for data, meant in KNOWN.items():
        pressed = codec.decode(data)
        assert repr(pressed) == meant
        assert encode(pressed) == data
        assert type(pressed) in inside.buttons


def test_every_button_has_letters_of_its_own() -> None:
    """Two kinds under the same letters, or one without any, fail where they are wired."""
    for kinds in ([OpenDocument, type("Other", (OpenDocument,), {})], [CopyText]):
        with pytest.raises(ValueError, match="letters of its own"):
            Codec(kinds)


@given(buttons)
def test_a_press_survives_its_encoding(codec: Codec, pressed: CallbackData) -> None:
    """What was meant is what is read, within Telegram's limit."""
    data = encode(pressed)
    assert len(data.encode()) <= MAX_BYTES
    assert codec.decode(data) == pressed


@given(st.text() | st.from_regex(r"\A1:[a-z]:[a-z0-9:-]*\Z"))
def test_any_text_is_a_press_or_stale(codec: Codec, data: str) -> None:
    """No data, however foreign, raises anything but StaleButton."""
    try:
        pressed = codec.decode(data)
    except StaleButton:
        return
    assert encode(pressed) == data


@pytest.mark.parametrize("data", ["", "0:l:0:0", "1:z:0", "1:l", "1:l:-1", "1:l:٣", "1:c:a:b"])
def test_foreign_data_is_stale(codec: Codec, data: str) -> None:
    """Another version, an unknown action, a missing or odd field."""
    with pytest.raises(StaleButton):
        codec.decode(data)


def test_what_does_not_fit_is_refused_at_encoding() -> None:
    """A value outside the codec fails where the button is made, not where it is tapped."""
    with pytest.raises(ValueError, match="not encodable"):
        encode(OpenRelated("Chỉ thị"))


@given(st.text(), st.text())
def test_ids_fit_the_codec(codec: Codec, file: str, path: str) -> None:
    """Any file name and any clause path has an id that fits a button."""
    pressed = OpenClause(document_id(file), clause_id(path), 999_999)
    assert codec.decode(encode(pressed)) == pressed
