"""A dialog knows what the unit told before, and nothing of other units."""

from decimal import Decimal

from records.actor import acting
from records.dialog.values import Background
from records.ids import DraftId, PeriodKey, ReportId, TaskId, UnitId
from records.model import Answer, Draft, Outcome, Report, ReportState
from services.reports.background import background_of
from storage.embedded.store import EmbeddedStore
from tests.unit.services.reports.town import COMMUNE, FORMS, LAN, MONTHLY, NOW, WARD


async def tell(
    store: EmbeddedStore,
    period: str,
    answers: dict[str, Answer],
    *,
    form: str = "doi_thoai",
    unit: UnitId = COMMUNE,
    outcome: Outcome = Outcome.DONE,
    state: ReportState = ReportState.SUBMITTED,
) -> None:
    """Put a report into the store."""
    name = f"{unit}-{form}-{period}-{state}"
    async with store.begin() as tx:
        await tx.add(
            Report(
                id=ReportId(name),
                series=ReportId(name),
                version=1,
                author=LAN,
                unit=unit,
                form=form,
                form_version=FORMS.get(form).version,
                outcome=outcome,
                submitted=NOW,
                draft=DraftId(name),
                task=MONTHLY if form == "doi_thoai" else TaskId("other"),
                period=PeriodKey(period),
                answers=answers,
                state=state,
            )
        )


async def known(store: EmbeddedStore, period: str, form: str = "doi_thoai") -> Background:
    """Return what a draft for the period may know."""
    draft = Draft(
        id=DraftId("d"),
        person=LAN,
        form=form,
        form_version=FORMS.get(form).version,
        started=NOW,
        changed=NOW,
        task=MONTHLY,
        period=PeriodKey(period),
    )
    async with acting(store, LAN, NOW) as act:
        return await background_of(act, FORMS, draft, COMMUNE)


async def test_earlier_figures_are_of_the_same_kind_of_period_oldest_first(
    town: EmbeddedStore,
) -> None:
    """Other units, superseded versions, other kinds and later periods do not count."""
    await tell(town, "2026-09", {"received": "9"})
    await tell(town, "2026-08", {"received": "8"})
    await tell(town, "2026-08", {"received": "80"}, state=ReportState.SUPERSEDED)
    await tell(town, "2026-07", {"received": "70"}, unit=WARD)
    await tell(town, "2026-Q2", {"received": "20"})
    await tell(town, "2026-11", {"received": "11"})
    assert (await known(town, "2026-10")).earlier["received"] == (Decimal(8), Decimal(9))


async def test_a_quarter_knows_the_sum_of_its_months_where_all_are_told(
    town: EmbeddedStore,
) -> None:
    """A month with nothing to report counts as none; a missing one leaves the sum unknown."""
    await tell(town, "2026-07", {"received": "7", "resolved": "3"})
    await tell(town, "2026-08", {"received": "8", "resolved": "4"})
    assert (await known(town, "2026-Q3")).parts == {}
    await tell(town, "2026-09", {}, outcome=Outcome.NOTHING)
    parts = (await known(town, "2026-Q3")).parts
    assert parts["received"] == Decimal(15)
    assert "resolved" not in parts


async def test_a_figure_given_in_another_report_of_the_period_is_known(
    town: EmbeddedStore,
) -> None:
    """By the name that both forms give it."""
    shared = {field.shared for field in FORMS.get("so_ket").fields} - {None}
    assert "petitions_received" in shared
    await tell(town, "2026-H2", {"received": "31"})
    await tell(town, "2026-H1", {"received": "12"})
    found = (await known(town, "2026-H2", "so_ket")).shared
    named = {field.key: field.shared for field in FORMS.get("so_ket").fields}
    figures = {named[key]: figure for key, figure in found.items()}
    assert figures["petitions_received"].value == Decimal(31)
    assert figures["petitions_received"].form == "doi_thoai"


async def test_the_last_report_is_offered(town: EmbeddedStore) -> None:
    """That on the same task."""
    await tell(town, "2026-09", {"received": "9"})
    assert (await known(town, "2026-10")).last == {"received": "9"}
    assert (await known(town, "2026-10", "tien_do")).last == {}
