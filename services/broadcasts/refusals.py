"""What sending out and acknowledging decline.

AcknowledgingRefused
├── NobodyToTell        no active person in the units
├── NoSuchBroadcast
├── NotAddressed        the person's unit is not among those it was sent to
└── NotThatUnitsClause  a clause that does not concern the unit
"""

from records.refusals import RecordsRefused


class AcknowledgingRefused(RecordsRefused):
    """A directive is not sent out, or not acknowledged."""


class NobodyToTell(AcknowledgingRefused):
    """The units that were chosen have nobody to tell."""


class NoSuchBroadcast(AcknowledgingRefused):
    """There is no such sending."""


class NotAddressed(AcknowledgingRefused):
    """The person belongs to no unit that it was sent to."""


class NotThatUnitsClause(AcknowledgingRefused):
    """The clause is not among those that concern the person's unit."""
