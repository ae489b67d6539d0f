"""How an obligation stands: eleven states; being late, and being reachable, are told apart."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where one period of a task stands for one unit."""

    NOT_YET = "not_yet"
    """Chưa đến kỳ: its report is not asked for yet, or nothing has happened yet."""
    UNREPORTED = "unreported"
    """Chưa báo cáo: it is asked for, its day is not near."""
    DUE_SOON = "due_soon"
    """Sắp đến hạn: within `SOON` days of its day."""
    OVERDUE = "overdue"
    """Quá hạn: its day has passed, and nothing was sent."""
    UNDERWAY = "underway"
    """Đang thực hiện: a progress report; the result is still wanted."""
    HINDERED = "hindered"
    """Có vướng mắc: likewise."""
    RETURNED = "returned"
    """Bị trả lại: more is wanted."""
    WAITING = "waiting"
    """Chờ duyệt: a result lies with the reviewer."""
    DONE_IN_TIME = "done_in_time"
    """Xong đúng hạn."""
    DONE_LATE = "done_late"
    """Xong chậm."""
    WITHDRAWN = "withdrawn"
    """Rút: the task was withdrawn or closed, or this period is asked for no more."""


SOON: Final = 7
"""Days before the due day from which a report is due soon: the ladder's last week."""

WANTED: Final = frozenset(
    {
        State.NOT_YET,
        State.UNREPORTED,
        State.DUE_SOON,
        State.OVERDUE,
        State.UNDERWAY,
        State.HINDERED,
        State.RETURNED,
    }
)
"""States in which a report is wanted."""

DONE: Final = frozenset({State.DONE_IN_TIME, State.DONE_LATE})
ANSWERED: Final = DONE | {State.WAITING}
"""States in which nothing is wanted of who reports, because he has told his result."""
