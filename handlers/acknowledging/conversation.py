"""`/phobien`: a directive goes out to units; everybody acknowledges, leads say whose it is."""

from handlers.acknowledging.reading import Reading
from handlers.acknowledging.sending import Sending
from handlers.conversation import Conversation
from handlers.desk import Desk


def conversation(desk: Desk) -> Conversation:
    """Return where sending out and acknowledging listen."""
    sending, reading = Sending(desk).conversation, Reading(desk).conversation
    return Conversation(
        commands=sending.commands,
        presses={**sending.presses, **reading.presses},
        topics=sending.topics,
        notices=reading.notices,
    )
