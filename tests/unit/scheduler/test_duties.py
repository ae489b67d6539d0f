"""What a directive words becomes a proposal: addressees, form, deadline."""

from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge.catalogue import NotInCatalogue
from knowledge.deadline import Deadline, DeadlineKind
from knowledge.model import Directive, Duty, Header
from knowledge.parsing import parse
from knowledge.reading import read
from records.forms.files import read_forms, shipped_forms
from records.ids import PersonId, UnitId
from records.model import Cadence, Membership, Succession, Unit, UnitName
from records.units import UnitTree
from scheduler.duties import (
    SHORT_TITLE,
    duty_id,
    find_duty,
    origin_of,
    proposed,
)
from services.tasks.pending import Pending
from services.units.resolution import by_name
from vietnamese.zone import ZONE

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)
FORMS = read_forms((shipped_forms(),))
SHIPPED = Path(__file__).resolve().parents[3] / "knowledge" / "files"


def unit(key: str, kind: str, name: str, *, parent: str | None = "tinh") -> Unit:
    """Return a unit of a small province."""
    above = (Membership(parent=UnitId(parent)),) if parent else ()
    return Unit(id=UnitId(key), kind=kind, names=(UnitName(text=name),), parents=above)


TREE = UnitTree.of(
    [
        unit("tinh", "tỉnh", "Tỉnh Thử", parent=None),
        unit("noivu", "sở", "Sở Nội vụ"),
        unit("vanhoa", "sở", "Sở Văn hóa"),
        unit("dangvan", "ban", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
        unit("anhoa", "xã", "Xã An Hòa"),
        unit("binhan", "phường", "Phường Bình An"),
        unit("mot", "phòng", "Văn phòng", parent="noivu"),
        unit("hai", "phòng", "Văn phòng", parent="vanhoa"),
    ],
    NOW.date(),
)


HANDED_ON = (
    Succession(
        id="a",
        predecessors=("Sở Thông tin và Truyền thông",),
        successors=(UnitId("vanhoa"),),
        since=date(2025, 3, 1),
        basis="Nghị quyết của Hội đồng nhân dân tỉnh",
        confirmed_by=PersonId("admin"),
    ),
    Succession(
        id="b",
        predecessors=("Ban Dân vận Tỉnh ủy",),
        successors=(UnitId("dangvan"),),
        since=date(2025, 2, 1),
        basis="chưa xác nhận",
    ),
)


def proposal(duty: Duty) -> Pending:
    """Return what is proposed for a duty."""
    directive = Directive(file="a.md", header=Header(), clauses=(), duties=(duty,))
    origin = origin_of(directive, duty, "Kế hoạch số 1", "ab")
    return proposed(directive, duty, origin, by_name(TREE, HANDED_ON), FORMS)


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("Sở Nội vụ", ["noivu"]),
        ("SỞ NỘI VỤ", ["noivu"]),
        ("các sở, ban", ["noivu", "vanhoa", "dangvan"]),
        ("Sở Thông tin và Truyền thông", ["vanhoa"]),
        ("Các xã, phường", ["anhoa", "binhan"]),
        ("toàn bộ các xã và phường", ["anhoa", "binhan"]),
        ("Văn phòng", []),
        ("Ủy ban nhân dân các huyện, thành phố", []),
        ("các cấp ủy, tổ chức đảng", []),
        ("Ban Dân vận Tỉnh ủy", []),
    ],
)
def test_addressees_are_resolved_only_where_they_are_sure(words: str, units: list[str]) -> None:
    """A name of today, a confirmed successor or a whole level; all else is for the admin."""
    held = proposal(Duty(clause="1", what="Việc", lead=(words,)))
    assert list(held.proposal.leads) == units
    assert held.unresolved == (() if units else (words,))


def test_a_unit_that_leads_does_not_support_itself() -> None:
    """And what the text names as support is resolved in the same way."""
    held = proposal(
        Duty(clause="1", what="Việc", lead=("Sở Nội vụ",), support=("các sở", "Tỉnh đoàn"))
    )
    assert (held.proposal.leads, held.proposal.support) == (("noivu",), ("vanhoa",))
    assert held.unresolved == ("Tỉnh đoàn",)


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("Tổ chức đối thoại trực tiếp với Nhân dân", "doi_thoai"),
        ("Mở lớp tập huấn về dân vận", "tap_huan"),
        ("Nhân rộng mô hình “Dân vận khéo”", "dan_van_kheo"),
        ("Sơ kết, tổng kết phong trào “Dân vận khéo”", "so_ket"),
        ("Đánh giá, xếp loại công tác dân vận", "cham_diem"),
        ("Thi đua “Dân vận khéo”, làm tốt việc đối thoại với Nhân dân", "dan_van_kheo"),
        ("Rà soát thủ tục hành chính", "tien_do"),
    ],
)
def test_the_form_follows_from_the_wording(what: str, form: str) -> None:
    """Of several that fit, what is named first counts; where none does, the form of progress."""
    assert proposal(Duty(clause="1", what=what)).proposal.form == form


def test_an_obstacle_has_its_own_form() -> None:
    """What is due on an event is an obstacle to be raised."""
    deadline = Deadline(kind=DeadlineKind.ON_EVENT, text="khi có vướng mắc")
    held = proposal(Duty(clause="1", what="Kịp thời phản ánh", deadline=deadline)).proposal
    assert (held.form, held.cadence) == ("vuong_mac", Cadence.ON_EVENT)


def test_every_duty_of_the_shipped_library_can_be_proposed() -> None:
    """Titles are short, quotes verbatim, ids distinct within a document."""
    for path in sorted(SHIPPED.iterdir()):
        directive = parse(read(path))
        ids = {duty_id(duty) for duty in directive.duties}
        assert len(ids) == len(directive.duties)
        for duty in directive.duties:
            origin = origin_of(directive, duty, "x", "ab")
            held = proposed(directive, duty, origin, by_name(TREE, HANDED_ON), FORMS).proposal
            assert 1 <= len(held.title) <= SHORT_TITLE
            assert held.origin is not None
            assert held.origin.quote == duty.what
            assert find_duty(directive, duty_id(duty)) is duty


def test_a_duty_that_is_gone_is_a_stale_button() -> None:
    """The text changed under an old keyboard."""
    directive = Directive(file="a.md", header=Header(), clauses=())
    with pytest.raises(NotInCatalogue):
        find_duty(directive, "00000000")
