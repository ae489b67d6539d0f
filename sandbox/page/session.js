/** What one person's phone knows: the bot, people, chats and messages, kept true by events. */

import * as api from "./api.js";
import { nameOf } from "./dom.js";
import { Stream } from "./stream.js";

/** Messages of each chat that are loaded at the start, and with each scroll to the top. */
const PAGE_SIZE = 100;

/** Answers to presses that are remembered until their sender asks. */
const KEPT_ANSWERS = 50;

/**
 * One person's view. It tells what changed by events of these names, with `detail`:
 * `chats`, `reloaded` (nothing), `message`, `edited`, `deleted` ({chat, message}),
 * `action` ({chat, action}), `answer` (what the bot says to a press), `connection` (boolean).
 */
export class Session extends EventTarget {
  #messages = new Map();
  #complete = new Set();
  #answers = new Map();
  #stream = null;
  #closed = false;

  /** @param {number} viewer */
  constructor(viewer) {
    super();
    this.viewer = viewer;
    this.bot = null;
    this.users = new Map();
    this.chats = new Map();
    this.connected = true;
  }

  /** Load everything and follow what happens; raises api.Refused or api.Unreachable. */
  async open() {
    const after = await this.#load();
    if (!this.user) throw new api.Refused("user not found");
    if (this.#closed) return;
    this.#stream = new Stream(this.viewer, after, {
      onEvent: (event) => this.#take(event),
      onState: (connected) => this.#setConnected(connected),
      beforeRetry: () => this.#reload(),
    });
  }

  /** Stop following. */
  close() {
    this.#closed = true;
    this.#stream?.close();
  }

  /** Try to connect again at once. */
  retry() {
    this.#stream?.retry();
  }

  /** The viewer as a user, or undefined if the sandbox does not know them. */
  get user() {
    return this.users.get(this.viewer);
  }

  /** Whether the viewer has blocked the bot. */
  get blocked() {
    return Boolean(this.user?.blocked);
  }

  /** The chats of the viewer, the latest first; the chat with the bot leads while all are empty. */
  chatList() {
    const latest = (chat) => this.lastMessage(chat.id)?.date ?? 0;
    return [...this.chats.values()].sort((one, other) => latest(other) - latest(one) || other.id - one.id);
  }

  /** The name a chat is listed under. */
  chatName(chat) {
    return chat.type === "private" ? nameOf(this.bot) : chat.title;
  }

  /** Messages of a chat, the oldest first. @param {number} chat */
  messages(chat) {
    const kept = this.#messages.get(chat) ?? new Map();
    return [...kept.values()].sort((one, other) => one.message_id - other.message_id);
  }

  /** One message, if it is loaded. */
  message(chat, messageId) {
    return this.#messages.get(chat)?.get(messageId);
  }

  /** The newest message of a chat. */
  lastMessage(chat) {
    return this.messages(chat).at(-1);
  }

  /** Load messages before those that are known; returns them, empty at the beginning of a chat. */
  async loadOlder(chat) {
    if (this.#complete.has(chat)) return [];
    const oldest = this.messages(chat)[0]?.message_id;
    const older = await api.fetchMessages(chat, this.viewer, PAGE_SIZE, oldest);
    if (older.length < PAGE_SIZE) this.#complete.add(chat);
    for (const message of older) this.#keep(chat, message);
    return older;
  }

  /** How many messages of others the viewer has not seen. @param {number} chat */
  unread(chat) {
    const read = this.#lastRead(chat);
    return this.messages(chat).filter((one) => one.message_id > read && one.from.id !== this.viewer).length;
  }

  /** Mark all messages of a chat as seen. @param {number} chat */
  markRead(chat) {
    const newest = this.lastMessage(chat)?.message_id ?? 0;
    if (newest <= this.#lastRead(chat)) return;
    localStorage.setItem(this.#readKey(chat), String(newest));
    this.#tell("chats");
  }

  /** What the bot said to a press if it has said it already; forgets it. */
  takeAnswer(queryId) {
    const answered = this.#answers.has(queryId);
    this.#answers.delete(queryId);
    return answered;
  }

  /** Block the bot or unblock it. @param {boolean} blocked */
  async setBlocked(blocked) {
    await api.block(this.viewer, blocked);
    this.users.set(this.viewer, { ...this.user, blocked });
    this.#tell("chats");
  }

  /** Note that the viewer wrote: it ends a block and starts the bot, as in Telegram. */
  wrote() {
    this.users.set(this.viewer, { ...this.user, blocked: false, started: true });
  }

  async #load() {
    const state = await api.fetchState(this.viewer);
    this.bot = state.bot;
    this.users = new Map(state.users.map((user) => [user.id, user]));
    const own = state.chats.filter((chat) => chat.members.includes(this.viewer));
    const loaded = await Promise.all(own.map((chat) => api.fetchMessages(chat.id, this.viewer, PAGE_SIZE)));
    this.chats = new Map(own.map((chat) => [chat.id, chat]));
    this.#messages.clear();
    this.#complete.clear();
    own.forEach((chat, index) => this.#fillChat(chat.id, loaded[index]));
    return state.seq ?? 0;
  }

  async #reload() {
    const after = await this.#load();
    this.#tell("reloaded");
    this.#tell("chats");
    return after;
  }

  #fillChat(chat, messages) {
    this.#messages.set(chat, new Map(messages.map((message) => [message.message_id, message])));
    if (messages.length < PAGE_SIZE) this.#complete.add(chat);
    const newest = messages.at(-1)?.message_id ?? 0;
    // a sandbox that was started afresh counts from the beginning again
    if (newest < this.#lastRead(chat)) localStorage.setItem(this.#readKey(chat), String(newest));
  }

  #keep(chat, message) {
    if (!this.#messages.has(chat)) this.#messages.set(chat, new Map());
    this.#messages.get(chat).set(message.message_id, message);
  }

  #take(event) {
    const { kind, chat } = event;
    if (kind === "message" || kind === "edited") {
      const known = this.message(chat, event.message.message_id);
      this.#keep(chat, event.message);
      this.#tell(known ? "edited" : "message", { chat, message: event.message });
      this.#tell("chats");
    } else if (kind === "deleted") {
      const message = this.message(chat, event.message_id);
      this.#messages.get(chat)?.delete(event.message_id);
      this.#tell("deleted", { chat, message: message ?? { message_id: event.message_id } });
      this.#tell("chats");
    } else if (kind === "reaction") {
      this.#react(chat, event);
    } else if (kind === "chat_action") {
      this.#tell("action", { chat, action: event.action });
    } else if (kind === "callback_answer") {
      this.#answered(event);
    } else if (kind === "user") {
      this.users.set(event.user.id, { ...this.users.get(event.user.id), ...event.user });
    } else {
      this.#refresh();
    }
  }

  #react(chat, event) {
    const message = this.message(chat, event.message_id);
    if (!message) return;
    const changed = { ...message, reactions: event.reactions };
    this.#keep(chat, changed);
    this.#tell("edited", { chat, message: changed });
  }

  #answered(event) {
    this.#answers.set(event.callback_query_id, event);
    if (this.#answers.size > KEPT_ANSWERS) this.#answers.delete(this.#answers.keys().next().value);
    this.#tell("answer", event);
  }

  /** Commands, groups or the bot's own description changed: ask for them again. */
  async #refresh() {
    const state = await api.fetchState(this.viewer).catch(() => null);
    if (!state || this.#closed) return;
    this.bot = state.bot;
    this.users = new Map(state.users.map((user) => [user.id, user]));
    const own = state.chats.filter((chat) => chat.members.includes(this.viewer));
    this.chats = new Map(own.map((chat) => [chat.id, chat]));
    this.#tell("chats");
  }

  #setConnected(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.#tell("connection", connected);
  }

  #tell(name, detail) {
    if (!this.#closed) this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #readKey(chat) {
    return `read:${this.viewer}:${chat}`;
  }

  #lastRead(chat) {
    return Number(localStorage.getItem(this.#readKey(chat)) ?? 0);
  }
}
