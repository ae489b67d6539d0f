"""Where joining listens: coming in, inviting, tables, people, units, takeovers, as one."""

from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.joining.coming_in import ComingIn
from handlers.joining.inviting import Inviting
from handlers.joining.menus import Menus
from handlers.joining.people import People
from handlers.joining.picking import Picking
from handlers.joining.tables import Tables
from handlers.joining.takeovers import Takeovers
from handlers.joining.units import Units


def conversations(desk: Desk, menus: Menus) -> tuple[Conversation, ...]:
    """Return all conversations of joining; they share the choosing of units."""
    inviting, people = Inviting(desk, menus), People(desk, menus)
    units, takeovers = Units(desk), Takeovers(desk)
    purposes = inviting.purposes | people.purposes | units.purposes | takeovers.purposes
    return (
        ComingIn(desk, menus).conversation,
        inviting.conversation,
        people.conversation,
        Picking(desk, purposes).conversation,
        Tables(desk).conversation,
        units.conversation,
        takeovers.conversation,
    )
