"""What reviewing declines; the report stays as it is.

ReviewingRefused
├── UnknownReport
├── OwnReport           nobody reviews what he wrote himself
├── AlreadyReviewed     somebody was faster, or a newer version took its place
└── ReasonMissing       a report is returned for a reason
"""

from dataclasses import dataclass
from typing import ClassVar

from records.refusals import RecordsRefused


class ReviewingRefused(RecordsRefused):
    """A review that is not taken."""


class UnknownReport(ReviewingRefused):
    """There is no report with this id."""


class OwnReport(ReviewingRefused):
    """The report was written by its reviewer."""


@dataclass(eq=False, kw_only=True)
class AlreadyReviewed(ReviewingRefused):
    """The report no longer waits: `state` is where it stands, as kept."""

    state: str


@dataclass(eq=False, kw_only=True)
class ReasonMissing(ReviewingRefused):
    """The words are empty or longer than `limit` characters."""

    again: ClassVar = True
    limit: int
