"""The root of every refusal: a request declined for a reason its asker can act on."""

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - the house's word: declined, not failed
    """A request that is declined; subclasses carry facts, `bot/texts/` words them by class."""

    again: ClassVar[bool] = False
    """Whether other words in the place of those declined may be taken."""

    def __str__(self) -> str:
        """Name the refusal and its facts, for a log; people are told by a template."""
        return repr(self)
