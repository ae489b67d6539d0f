/** One message as a bubble: who, what it answers, text, files, buttons, reactions, time. */

import { fileAddress } from "./api.js";
import { avatar, iconButton, make, nameOf } from "./dom.js";
import { openDialog } from "./dialogs.js";
import { icon } from "./icons.js";
import { inlineKeyboard } from "./buttons.js";
import { richText } from "./richtext.js";
import { TEXTS } from "./texts.js";
import { clockTime, fileSize } from "./times.js";

/** Milliseconds a finger rests on a bubble to open its menu. */
const LONG_PRESS = 500;

/** Pixels a resting finger may move. */
const LONG_PRESS_SLACK = 10;

/**
 * What a bubble needs to know, and what it may set off.
 * @typedef {object} Scene
 * @property {number} viewer
 * @property {boolean} showNames a group, where each message says whose it is
 * @property {(chat: number, id: number) => object|undefined} find a message that is loaded
 * @property {(message: object) => void} menu
 * @property {(id: number) => void} jump
 * @property {(message: object, button: object, node: HTMLElement) => void} press
 * @property {import("./richtext.js").TextActions} text
 */

/**
 * Show a message.
 * @param {object} message as in the Bot API
 * @param {Scene} scene
 * @returns {HTMLElement}
 */
export function bubble(message, scene) {
  const service = serviceText(message);
  if (service) return make("div", { class: "service", "data-id": message.message_id }, service);
  const own = message.from.id === scene.viewer;
  const body = make(
    "div",
    { class: "bubble" },
    scene.showNames &&
      !own &&
      make("div", { class: `sender sender-${Math.abs(message.from.id) % 7}` }, nameOf(message.from)),
    message.via_bot && make("div", { class: "via" }, TEXTS.via(message.via_bot.username)),
    replied(message, scene),
    ...contents(message, scene),
    foot(message),
    iconButton("more", TEXTS.messageMenu, () => scene.menu(message), "bubble-menu"),
  );
  onLongPress(body, () => scene.menu(message));
  const rows = message.reply_markup?.inline_keyboard;
  return make(
    "article",
    {
      class: `message ${own ? "own" : "theirs"}`,
      "data-id": message.message_id,
      "aria-label": own ? TEXTS.you : nameOf(message.from),
    },
    scene.showNames && !own && avatar(nameOf(message.from), message.from.id),
    make(
      "div",
      { class: "stack" },
      body,
      rows?.length && inlineKeyboard(rows, (button, node) => scene.press(message, button, node)),
    ),
  );
}

/**
 * A message in a few words, for lists and replies.
 * @param {object} [message]
 * @returns {string}
 */
export function summary(message) {
  if (!message) return TEXTS.noMessages;
  const words = message.text ?? message.caption;
  if (words) return words;
  if (message.photo) return TEXTS.photo;
  if (message.voice) return TEXTS.voice;
  if (message.document) return message.document.file_name ?? TEXTS.document;
  return serviceText(message) ?? TEXTS.unsupported;
}

function contents(message, scene) {
  const parts = [
    message.photo && photo(message.photo),
    message.voice && voice(message.voice),
    message.document && !message.animation && documentCard(message.document),
  ].filter(Boolean);
  const text = message.text ?? message.caption;
  if (text) {
    const entities = message.entities ?? message.caption_entities;
    parts.push(make("div", { class: "text" }, richText(text, entities, scene.text)));
  }
  return parts.length ? parts : [make("div", { class: "text muted" }, TEXTS.unsupported)];
}

function replied(message, scene) {
  const answered = message.reply_to_message;
  if (!answered && !message.quote) return null;
  const now = answered && (scene.find(message.chat.id, answered.message_id) ?? answered);
  const words = message.quote?.text ?? (now ? summary(now) : TEXTS.gone);
  return make(
    "button",
    {
      type: "button",
      class: "replied",
      title: TEXTS.quoted,
      onclick: () => answered && scene.jump(answered.message_id),
    },
    answered?.from && make("strong", {}, nameOf(answered.from)),
    make("span", { class: message.quote ? "replied-quote" : "replied-text" }, words),
  );
}

function photo(sizes) {
  const largest = sizes.reduce((one, other) => (other.width > one.width ? other : one));
  const address = fileAddress(largest.file_id);
  const picture = () =>
    make("img", {
      src: address,
      alt: TEXTS.photo,
      width: largest.width || null,
      height: largest.height || null,
    });
  const view = () =>
    openDialog(TEXTS.photo, [picture(), downloadLink(address, "", TEXTS.photo)]).classList.add("viewer");
  return make(
    "button",
    { type: "button", class: "photo", "aria-label": TEXTS.openPhoto, onclick: view },
    picture(),
  );
}

function documentCard(file) {
  const name = file.file_name ?? TEXTS.document;
  const size = file.file_size === undefined ? "" : fileSize(file.file_size);
  return make(
    "a",
    {
      class: "document",
      href: fileAddress(file.file_id),
      download: name,
      "aria-label": TEXTS.download(name),
    },
    make("span", { class: "document-sign" }, icon("file")),
    make(
      "span",
      { class: "document-words" },
      make("span", { class: "document-name" }, name),
      make("span", { class: "muted" }, size),
    ),
    icon("download"),
  );
}

function downloadLink(address, name, label) {
  return make(
    "a",
    { class: "wide", href: address, download: name },
    icon("download"),
    TEXTS.download(label.toLowerCase()),
  );
}

function voice(file) {
  const player = make("audio", {
    controls: true,
    preload: "metadata",
    src: fileAddress(file.file_id),
    "aria-label": TEXTS.voice,
  });
  return make("div", { class: "voice" }, icon("microphone"), player);
}

function foot(message) {
  const reactions = (message.reactions ?? []).map((one) => one.emoji ?? one.type?.emoji).filter(Boolean);
  return make(
    "div",
    { class: "foot" },
    reactions.length > 0 &&
      make(
        "span",
        { class: "reactions", role: "img", "aria-label": `${TEXTS.reactions}: ${reactions.join(" ")}` },
        reactions.join(" "),
      ),
    message.edit_date && make("span", { class: "edited" }, TEXTS.edited),
    make("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)),
  );
}

function serviceText(message) {
  const who = message.from ? nameOf(message.from) : "";
  if (message.new_chat_members) return TEXTS.joined(message.new_chat_members.map(nameOf).join(", "));
  if (message.left_chat_member) return TEXTS.left(nameOf(message.left_chat_member));
  if (message.group_chat_created) return TEXTS.groupFounded(nameOf(message.chat));
  if (message.new_chat_title) return TEXTS.titleChanged(message.new_chat_title);
  if (message.pinned_message) return `${who} ${TEXTS.pinned}`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return TEXTS.groupUpgraded;
  return null;
}

/** Call `act` when a finger rests on `node`, or the other mouse button is pressed. */
function onLongPress(node, act) {
  let timer = 0;
  let start = null;
  const stop = () => clearTimeout(timer);
  node.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    stop();
    act();
  });
  node.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    start = event;
    timer = setTimeout(act, LONG_PRESS);
  });
  node.addEventListener("pointermove", (event) => {
    if (start && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > LONG_PRESS_SLACK)
      stop();
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) node.addEventListener(end, stop);
}
