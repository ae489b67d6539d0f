"""What only the embedded store declines."""

from dataclasses import dataclass

from records.refusals import StoreRefused


@dataclass(eq=False, kw_only=True)
class DiskRefuses(StoreRefused):
    """The disk did not take what was to be written, for `reason`; nothing of it counts."""

    reason: str
