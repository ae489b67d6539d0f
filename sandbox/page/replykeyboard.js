/** The bot's own keyboard below the text field, and what it asks the field to do. */

import { toast } from "./dialogs.js";
import { make } from "./dom.js";
import { TEXTS } from "./texts.js";

/** Buttons that need more than a text from the phone; the sandbox's people cannot give it. */
const NEEDS_PHONE = [
  "request_contact",
  "request_location",
  "request_users",
  "request_chat",
  "request_poll",
  "web_app",
];

/**
 * What the newest keyboard message asks for.
 * @typedef {{rows: object[][], persistent: boolean, oneTime: boolean, placeholder: string,
 *            replyTo: object|null, from: number}} Wish
 */

/**
 * Find what the bot asks of this person's text field.
 * @param {object[]} messages the oldest first
 * @param {object} viewer
 * @returns {Wish|null}
 */
export function wishOf(messages, viewer) {
  let wrote = false;
  for (const message of [...messages].reverse()) {
    if (message.from.id === viewer.id) wrote = true;
    const markup = message.reply_markup;
    if (!markup || !message.from.is_bot || !concerns(message, viewer)) continue;
    if (markup.remove_keyboard) return null;
    if (markup.force_reply) {
      if (wrote) continue;
      return {
        rows: [],
        persistent: false,
        oneTime: true,
        placeholder: markup.input_field_placeholder ?? "",
        replyTo: message,
        from: message.message_id,
      };
    }
    if (markup.keyboard) {
      return {
        rows: markup.keyboard,
        persistent: Boolean(markup.is_persistent),
        oneTime: Boolean(markup.one_time_keyboard),
        placeholder: markup.input_field_placeholder ?? "",
        replyTo: null,
        from: message.message_id,
      };
    }
  }
  return null;
}

/** A selective keyboard is for those the message answers or names. */
function concerns(message, viewer) {
  if (!message.reply_markup.selective) return true;
  if (message.reply_to_message?.from?.id === viewer.id) return true;
  return (message.entities ?? []).some((one) => {
    if (one.type === "text_mention") return one.user.id === viewer.id;
    const words = message.text.slice(one.offset, one.offset + one.length);
    return (
      one.type === "mention" && viewer.username && words.toLowerCase() === `@${viewer.username.toLowerCase()}`
    );
  });
}

/**
 * Show the keyboard.
 * @param {Wish} wish
 * @param {(text: string) => void} say
 * @returns {HTMLElement}
 */
export function replyKeyboard(wish, say) {
  const rows = wish.rows.map((row) =>
    make(
      "div",
      { class: "reply-row" },
      ...row.map((button) => {
        const text = button.text ?? button;
        const special = NEEDS_PHONE.some((kind) => button[kind]);
        const onclick = () => (special ? toast(TEXTS.cannotPress) : say(text));
        return make("button", { type: "button", class: "reply-button", onclick }, text);
      }),
    ),
  );
  return make("div", { class: "reply-keyboard", role: "group", "aria-label": TEXTS.botKeyboard }, ...rows);
}
