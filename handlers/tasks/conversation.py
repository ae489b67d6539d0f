"""Where tasks listen: one's own and assigning, as one conversation."""

from handlers.conversation import Conversation
from handlers.desk import Desk
from handlers.tasks.assigning import Assigning
from handlers.tasks.own import Own
from handlers.tasks.waivers import Waivers


def conversation(desk: Desk) -> Conversation:
    """Return where tasks listen."""
    own, assigning = Own(desk).conversation, Assigning(desk).conversation
    waivers = Waivers(desk).conversation
    return Conversation(
        commands={**own.commands, **assigning.commands},
        presses={**own.presses, **assigning.presses, **waivers.presses},
        topics={**own.topics, **assigning.topics, **waivers.topics},
        notices=own.notices,
    )
