"""Presses that no keyboard offers: forged, passed on, or long forgotten."""

from typing import Any

from tests.e2e.phone import Phone, Town


async def injected_press(town: Town, phone: Phone, data: str) -> None:
    """Deliver a press that no keyboard offers, as a forged or long forgotten one."""
    sender = {"id": phone.id, "is_bot": False, "first_name": "Lan"}
    chat = {"id": phone.chat, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "text": "cũ"}
    query = {"id": f"forged-{phone.id}", "from": sender, "message": message, "data": data}
    await town.update({"callback_query": query | {"chat_instance": "1"}})


async def answered(town: Town, phone: Phone) -> list[dict[str, Any]]:
    """Return the answers that the assistant gave to injected presses of this phone."""
    calls = await town.calls("answerCallbackQuery")
    return [call for call in calls if call["params"]["callback_query_id"] == f"forged-{phone.id}"]
