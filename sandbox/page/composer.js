/** The place to write: text field, commands, inline mode, reply and edit, the bot's keyboard. */

import * as api from "./api.js";
import { summary } from "./bubble.js";
import { toast } from "./dialogs.js";
import { iconButton, make, nameOf } from "./dom.js";
import { icon } from "./icons.js";
import { InlineMode } from "./inline.js";
import { replyKeyboard, wishOf } from "./replykeyboard.js";
import { confirmFiles, openAttachMenu, record, sendFiles } from "./sending.js";
import { Suggestions } from "./suggestions.js";
import { TEXTS } from "./texts.js";

/** Telegram's limit for one message, in UTF-16 units. */
const LONGEST_TEXT = 4096;

/** The lower end of a conversation. */
export class Composer {
  #reply = null;
  #edited = null;
  #wish = null;
  #keyboardOpen = true;
  #dismissed = 0;
  #sending = false;

  /**
   * @param {import("./session.js").Session} session
   * @param {object} chat
   * @param {{startPrivately: (parameter: string) => void, sent: () => void}} actions
   */
  constructor(session, chat, actions) {
    this.session = session;
    this.chat = chat;
    this.actions = actions;
    this.#build();
    this.commands = new Suggestions(this.field, "commands");
    this.results = new Suggestions(this.field, "inline-results");
    this.inline = new InlineMode(session, chat.id, this.results, {
      sent: () => this.setText(""),
      startPrivately: actions.startPrivately,
    });
    this.node = make(
      "footer",
      { class: "composer" },
      this.results.node,
      this.commands.node,
      this.context,
      this.form,
      this.keyboard,
      this.gate,
    );
    this.setText(sessionStorage.getItem(this.#draftKey) ?? "", false);
    this.refresh();
  }

  /** Put a text into the field and the cursor behind it. */
  setText(text, focus = true) {
    this.field.value = text;
    if (focus) this.field.focus();
    this.#typed();
  }

  /** Call when it has come onto the page. */
  shown() {
    this.#grow();
    if (!matchMedia("(pointer: coarse)").matches) this.field.focus();
  }

  /** Answer a message. @param {object} message */
  replyTo(message) {
    this.#edited = null;
    this.#reply = message;
    this.#showContext();
    this.field.focus();
  }

  /** Change an own message. @param {object} message */
  edit(message) {
    this.#reply = null;
    this.#edited = message;
    this.#showContext();
    this.setText(message.text);
  }

  /** Follow the messages: the bot's keyboard, force reply, the start and the unblock buttons. */
  refresh() {
    const messages = this.session.messages(this.chat.id);
    const wish = wishOf(messages, this.session.user);
    if (wish?.from !== this.#wish?.from) this.#keyboardOpen = true;
    this.#wish = wish;
    if (wish?.replyTo && wish.from !== this.#dismissed && !this.#reply && !this.#edited) {
      this.#reply = wish.replyTo;
    }
    this.#showGate(messages);
    this.#showContext();
    this.#showKeyboard();
  }

  /** Send a text as if it had been typed. @param {string} text */
  async say(text) {
    await this.#attempt(() => api.sendText(this.session.viewer, this.chat.id, text, this.#reply?.message_id));
  }

  get #draftKey() {
    return `draft:${this.session.viewer}:${this.chat.id}`;
  }

  #build() {
    this.field = make("textarea", {
      class: "composer-field",
      rows: 1,
      "aria-label": TEXTS.write,
      "aria-autocomplete": "list",
      oninput: () => this.#typed(),
      onkeydown: (event) => this.#key(event),
      onpaste: (event) => this.#paste(event),
    });
    const attach = iconButton("attach", TEXTS.attach, () =>
      openAttachMenu((files, kind) => this.#confirm(files, kind)),
    );
    this.commandButton = iconButton("command", TEXTS.commands, () => this.#toggleCommands(), "in-field");
    this.keyboardButton = iconButton(
      "keyboard",
      TEXTS.hideKeyboard,
      () => this.#toggleKeyboard(),
      "in-field",
    );
    this.recordButton = iconButton(
      "microphone",
      TEXTS.record,
      () => record((file) => sendFiles(this.session, this.chat.id, [file], "voice", "")),
      "round",
    );
    this.sendButton = make(
      "button",
      { type: "submit", class: "icon-button round primary", "aria-label": TEXTS.send, title: TEXTS.send },
      icon("send"),
    );
    const box = make("div", { class: "field-box" }, this.field, this.commandButton, this.keyboardButton);
    this.form = make("form", { class: "composer-row" }, attach, box, this.recordButton, this.sendButton);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.context = make("div", { class: "composer-context", hidden: true });
    this.keyboard = make("div", { class: "composer-keyboard", hidden: true });
    this.gate = make("div", { class: "gate", hidden: true });
  }

  #key(event) {
    if (this.results.takeKey(event) || this.commands.takeKey(event)) return;
    if (event.key === "Escape") this.#dropContext();
    const types = matchMedia("(pointer: coarse)").matches;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && !types) {
      event.preventDefault();
      this.#submit();
    }
  }

  #typed() {
    const text = this.field.value;
    sessionStorage.setItem(this.#draftKey, this.#edited ? "" : text);
    const empty = text.trim() === "";
    this.sendButton.hidden = empty;
    this.recordButton.hidden = !empty;
    this.commandButton.hidden = text !== "" && !text.startsWith("/");
    this.#grow();
    if (this.inline.follow(text)) this.commands.hide();
    else {
      this.results.hide();
      if (/^\/\w*$/u.test(text)) this.#offerCommands(text.slice(1));
      else this.commands.hide();
    }
  }

  /** Let the field be as high as its text, within what style.css allows. */
  #grow() {
    if (!this.field.isConnected) return;
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  #toggleCommands() {
    if (this.commands.open) this.commands.hide();
    else this.#offerCommands("");
    this.field.focus();
  }

  #offerCommands(beginning) {
    const all = this.session.bot.commands ?? [];
    const fitting = all.filter(({ command }) => command.startsWith(beginning.toLowerCase()));
    if (all.length && !fitting.length) {
      this.commands.hide();
      return;
    }
    const suffix = this.chat.type === "private" ? "" : `@${this.session.bot.username}`;
    const items = fitting.map(({ command, description }) => ({
      content: [make("strong", {}, `/${command}`), make("span", { class: "muted" }, description)],
      act: () => {
        this.setText("");
        this.say(`/${command}${suffix}`);
      },
    }));
    this.commands.show(all.length ? TEXTS.commands : TEXTS.noCommands, items);
  }

  async #submit() {
    const text = this.field.value.trim();
    if (!text || this.#sending) return;
    const { viewer } = this.session;
    const edited = this.#edited;
    const act = edited
      ? () => api.editText(viewer, this.chat.id, edited.message_id, text)
      : () => this.#sendPieces(text);
    const sent = await this.#attempt(act);
    if (sent && this.field.value.trim() === text) this.setText("");
  }

  async #sendPieces(text) {
    const { viewer } = this.session;
    for (const piece of pieces(text)) {
      await api.sendText(viewer, this.chat.id, piece, this.#reply?.message_id);
    }
  }

  /**
   * Do something that sends; on failure say so and keep everything as it is.
   * The bot's answer may come before the sending has ended: what it asks for stays.
   */
  async #attempt(act) {
    const [about, wish] = [this.#edited ?? this.#reply, this.#wish];
    this.#sending = true;
    try {
      await act();
    } catch (error) {
      toast(error instanceof api.Unreachable ? TEXTS.notSent : TEXTS.failed(error.message));
      return false;
    } finally {
      this.#sending = false;
    }
    this.session.wrote();
    if (about === (this.#edited ?? this.#reply)) this.#dropContext();
    if (wish?.oneTime && wish.from === this.#wish?.from) this.#keyboardOpen = false;
    this.refresh();
    this.actions.sent();
    return true;
  }

  #paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.#confirm(files, files.every((file) => file.type.startsWith("image/")) ? "photo" : "document");
  }

  #confirm(files, kind) {
    confirmFiles(files, kind, (caption) => sendFiles(this.session, this.chat.id, files, kind, caption));
  }

  #dropContext() {
    const edited = this.#edited;
    if (this.#reply && this.#reply.message_id === this.#wish?.replyTo?.message_id)
      this.#dismissed = this.#wish.from;
    this.#reply = null;
    this.#edited = null;
    this.#showContext();
    if (edited) this.setText("");
  }

  #showContext() {
    const message = this.#edited ?? this.#reply;
    this.context.hidden = !message;
    this.field.placeholder = this.#wish?.placeholder || TEXTS.write;
    if (!message) return;
    const title = this.#edited ? TEXTS.editing : TEXTS.replyingTo(nameOf(message.from));
    this.context.replaceChildren(
      icon(this.#edited ? "edit" : "reply"),
      make("div", { class: "context-words" }, make("strong", {}, title), make("span", {}, summary(message))),
      iconButton("close", TEXTS.cancel, () => this.#dropContext()),
    );
  }

  #toggleKeyboard() {
    this.#keyboardOpen = !this.#keyboardOpen;
    this.#showKeyboard();
  }

  #showKeyboard() {
    const rows = this.#wish?.rows ?? [];
    const shown = rows.length > 0 && this.#keyboardOpen && this.gate.hidden;
    this.keyboard.hidden = !shown;
    this.keyboardButton.hidden = rows.length === 0;
    const label = shown ? TEXTS.hideKeyboard : TEXTS.showKeyboard;
    this.keyboardButton.setAttribute("aria-label", label);
    this.keyboardButton.title = label;
    if (shown) this.keyboard.replaceChildren(replyKeyboard(this.#wish, (text) => this.say(text)));
  }

  /** Offer to unblock the bot, in place of the field, or to start it in a chat without messages. */
  #showGate(messages) {
    const isPrivate = this.chat.type === "private";
    const blocked = isPrivate && this.session.blocked;
    const fresh = isPrivate && messages.length === 0;
    this.gate.hidden = !blocked && !fresh;
    this.form.hidden = blocked;
    if (this.gate.hidden) return;
    const act = blocked ? () => this.#unblock() : () => this.say("/start");
    const button = make(
      "button",
      { type: "button", class: "wide primary", onclick: act },
      blocked ? TEXTS.unblock : TEXTS.start,
    );
    this.gate.replaceChildren(...(blocked ? [make("p", {}, TEXTS.blockedNote)] : []), button);
  }

  async #unblock() {
    await this.#attempt(() => this.session.setBlocked(false));
  }
}

/** Cut a text that is too long for one message where a line or a word ends, as Telegram does. */
function pieces(text) {
  const cut = [];
  let rest = text;
  while (rest.length > LONGEST_TEXT) {
    const part = rest.slice(0, LONGEST_TEXT);
    const end = Math.max(part.lastIndexOf("\n"), part.lastIndexOf(" "));
    cut.push(rest.slice(0, end > 0 ? end : LONGEST_TEXT));
    rest = rest.slice(end > 0 ? end + 1 : LONGEST_TEXT);
  }
  return [...cut, rest];
}
