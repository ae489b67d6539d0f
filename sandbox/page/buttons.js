/** Inline keyboards: how they look, and what each kind of button does. */

import * as api from "./api.js";
import { ask, openMenu, toast } from "./dialogs.js";
import { make } from "./dom.js";
import { icon } from "./icons.js";
import { TEXTS } from "./texts.js";

/** Milliseconds after which the bot may no longer answer a press. */
const ANSWER_TIME = 15_000;

const SIGNS = {
  url: "link",
  copy_text: "copy",
  switch_inline_query: "share",
  switch_inline_query_chosen_chat: "share",
};

const STYLES = new Set(["danger", "success", "primary"]);

/**
 * Show the rows of an inline keyboard.
 * @param {object[][]} rows
 * @param {(button: object, node: HTMLButtonElement) => void} press
 * @returns {HTMLElement}
 */
export function inlineKeyboard(rows, press) {
  const lines = rows.map((row) =>
    make(
      "div",
      { class: "inline-row" },
      ...row.map((button) => {
        const sign = Object.keys(SIGNS).find((kind) => button[kind] !== undefined);
        const style = STYLES.has(button.style) ? `inline-${button.style}` : "";
        const onclick = () => press(button, node);
        const node = make(
          "button",
          { type: "button", class: `inline-button ${style}`, onclick },
          make("span", {}, button.text),
          sign && icon(SIGNS[sign]),
        );
        return node;
      }),
    ),
  );
  return make("div", { class: "inline-keyboard", role: "group", "aria-label": TEXTS.buttons }, ...lines);
}

/**
 * Do what a button is for.
 * @param {import("./session.js").Session} session
 * @param {object} message
 * @param {object} button
 * @param {HTMLButtonElement} node
 * @param {{link: (address: string) => void, inline: (chat: number, query: string) => void}} actions
 */
export function pressInline(session, message, button, node, actions) {
  const chat = message.chat.id;
  const queryIn = (target, query) => actions.inline(target, query);
  if (button.callback_data !== undefined) pressCallback(session, message, button.callback_data, node);
  else if (button.url !== undefined) actions.link(button.url);
  else if (button.copy_text !== undefined) copy(button.copy_text.text);
  else if (button.switch_inline_query_current_chat !== undefined)
    queryIn(chat, button.switch_inline_query_current_chat);
  else if (button.switch_inline_query !== undefined)
    pickChat(
      session,
      () => true,
      (target) => queryIn(target, button.switch_inline_query),
    );
  else if (button.switch_inline_query_chosen_chat !== undefined) {
    const wanted = button.switch_inline_query_chosen_chat;
    pickChat(
      session,
      (one) => fits(one, wanted),
      (target) => queryIn(target, wanted.query ?? ""),
    );
  } else toast(TEXTS.cannotPress);
}

/**
 * Put a text on the clipboard and say so.
 * @param {string} text
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(TEXTS.copied);
  } catch {
    toast(TEXTS.cannotCopy);
  }
}

/**
 * Say what the bot answered to a press.
 * @param {{text?: string, show_alert?: boolean, url?: string}} answer
 * @param {string} botName
 * @param {(address: string) => void} open
 */
export function showAnswer(answer, botName, open) {
  if (answer.url) open(answer.url);
  if (!answer.text) return;
  if (answer.show_alert) ask(botName, answer.text);
  else toast(answer.text);
}

async function pressCallback(session, message, data, node) {
  if (node.getAttribute("aria-busy") === "true") return;
  busy(node, true);
  try {
    const { callback_query_id: id } = await api.press(
      session.viewer,
      message.chat.id,
      message.message_id,
      data,
    );
    if (!(await answered(session, id)) && node.isConnected) toast(TEXTS.noAnswer);
  } catch (error) {
    toast(error instanceof api.Unreachable ? TEXTS.lost : TEXTS.failed(error.message));
  } finally {
    busy(node, false);
  }
}

function busy(node, on) {
  node.setAttribute("aria-busy", String(on));
  node.title = on ? TEXTS.working : "";
}

/** Wait for the bot's answer; false if none came in time. */
function answered(session, id) {
  return new Promise((resolve) => {
    const finish = (came) => {
      clearTimeout(timer);
      session.removeEventListener("answer", listen);
      resolve(came);
    };
    const listen = ({ detail }) => detail.callback_query_id === id && finish(session.takeAnswer(id));
    const timer = setTimeout(() => finish(false), ANSWER_TIME);
    session.addEventListener("answer", listen);
    if (session.takeAnswer(id)) finish(true);
  });
}

function fits(chat, wanted) {
  return chat.type === "private" ? Boolean(wanted.allow_bot_chats) : Boolean(wanted.allow_group_chats);
}

function pickChat(session, allowed, take) {
  const choices = session
    .chatList()
    .filter(allowed)
    .map((chat) => ({
      label: session.chatName(chat),
      icon: chat.type === "private" ? "user" : "group",
      act: () => take(chat.id),
    }));
  openMenu(TEXTS.pickChat, choices);
}
