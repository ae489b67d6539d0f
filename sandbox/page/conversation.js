/** One chat on the screen: its head, its messages, and the place to write. */

import { bubble } from "./bubble.js";
import { copy, pressInline } from "./buttons.js";
import { Composer } from "./composer.js";
import { openMenu, toast } from "./dialogs.js";
import { avatar, iconButton, make, nameOf } from "./dom.js";
import { icon } from "./icons.js";
import { TEXTS } from "./texts.js";
import { dayKey, dayName } from "./times.js";

/** Milliseconds that Telegram shows a chat action without hearing of it again. */
const ACTION_TIME = 5000;

/** Pixels from the end within which the view follows new messages. */
const NEAR_END = 120;

/** Milliseconds that a message is marked after somebody jumped to it. */
const MARKED_TIME = 1600;

/** The screen of a chat. */
export class Conversation {
  #listening = new AbortController();
  #actionTimer = 0;
  #missed = 0;
  #loading = false;

  /**
   * @param {import("./session.js").Session} session
   * @param {object} chat
   * @param {{back: () => void, switchUser: () => void, settings: () => void,
   *          link: (address: string) => void, inline: (chat: number, query: string) => void,
   *          startPrivately: (parameter: string) => void}} actions
   */
  constructor(session, chat, actions) {
    this.session = session;
    this.chat = chat;
    this.actions = actions;
    this.composer = new Composer(session, chat, {
      startPrivately: actions.startPrivately,
      sent: () => this.#toEnd(),
    });
    this.log = make("div", { class: "log", role: "log", "aria-label": TEXTS.history, tabindex: "0" });
    this.jump = iconButton("down", TEXTS.toBottom, () => this.#toEnd("smooth"), "to-end");
    this.jump.hidden = true;
    this.node = make(
      "section",
      { class: "screen conversation" },
      this.#head(),
      make("div", { class: "log-box" }, this.log, this.jump),
      this.composer.node,
    );
    this.#listen();
    this.#drawAll();
  }

  /** Stop listening; the screen is about to leave the page. */
  close() {
    this.#listening.abort();
    clearTimeout(this.#actionTimer);
  }

  /** Call when the screen has come onto the page. */
  shown() {
    this.#toEnd();
    this.composer.shown();
  }

  #head() {
    const name = this.session.chatName(this.chat);
    const id = this.chat.type === "private" ? this.session.bot.id : this.chat.id;
    this.title = make("h1", {}, name);
    this.state = make("div", { class: "state", "aria-live": "polite" }, this.#calmState());
    const user = this.session.user;
    const who = make(
      "button",
      {
        type: "button",
        class: "who",
        "aria-label": TEXTS.currentUser(nameOf(user)),
        title: TEXTS.currentUser(nameOf(user)),
        onclick: this.actions.switchUser,
      },
      avatar(nameOf(user), user.id),
    );
    return make(
      "header",
      { class: "head" },
      iconButton("back", TEXTS.back, this.actions.back),
      avatar(name, id),
      make("div", { class: "head-words" }, this.title, this.state),
      who,
      iconButton("more", TEXTS.menu, this.actions.settings),
    );
  }

  #calmState() {
    return this.chat.type === "private" ? TEXTS.bot : TEXTS.memberCount(this.chat.members.length);
  }

  #listen() {
    const { signal } = this.#listening;
    const on = (name, act) => this.session.addEventListener(name, ({ detail }) => act(detail), { signal });
    const here = (act) => (detail) => detail.chat === this.chat.id && act(detail);
    on(
      "message",
      here(({ message }) => this.#arrived(message)),
    );
    on(
      "edited",
      here(({ message }) => this.#changed(message)),
    );
    on(
      "deleted",
      here(({ message }) => this.#drop(message.message_id)),
    );
    on(
      "action",
      here(({ action }) => this.#act(action)),
    );
    on("reloaded", () => this.#drawAll());
    this.log.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#missed === 0 && this.#following && this.#toEnd()).observe(this.log);
    document.addEventListener("visibilitychange", () => this.#seen(), { signal });
  }

  get #following() {
    return this.jump.hidden;
  }

  get #scene() {
    const { session } = this;
    return {
      viewer: session.viewer,
      showNames: this.chat.type !== "private",
      find: (chat, id) => session.message(chat, id),
      menu: (message) => this.#openMessageMenu(message),
      jump: (id) => this.#goTo(id),
      press: (message, button, node) => pressInline(session, message, button, node, this.actions),
      text: {
        command: (command) => this.composer.say(command),
        link: this.actions.link,
        copy,
      },
    };
  }

  #drawAll() {
    const messages = this.session.messages(this.chat.id);
    const about = this.chat.type === "private" && messages.length === 0 && this.session.bot.description;
    this.log.replaceChildren(...(about ? [make("p", { class: "about" }, this.session.bot.description)] : []));
    for (const message of messages) this.#append(message);
    this.composer.refresh();
    this.#toEnd();
  }

  #append(message) {
    this.log.querySelector(".about")?.remove();
    if (this.#dayOf(this.log.lastElementChild) !== dayKey(message.date))
      this.log.append(daySign(message.date));
    this.log.append(this.#bubble(message));
  }

  #bubble(message) {
    const node = bubble(message, this.#scene);
    node.dataset.day = dayKey(message.date);
    node.querySelector(".photo img")?.addEventListener("load", () => this.#following && this.#toEnd());
    return node;
  }

  #dayOf(node) {
    return node?.dataset.day;
  }

  #arrived(message) {
    const follow = this.#following || message.from.id === this.session.viewer;
    this.#append(message);
    if (message.from.id !== this.session.viewer) this.#calm();
    this.composer.refresh();
    if (follow) this.#toEnd();
    else {
      this.#missed += 1;
      this.jump.dataset.count = String(this.#missed);
    }
  }

  #changed(message) {
    const follow = this.#following;
    this.#node(message.message_id)?.replaceWith(this.#bubble(message));
    this.composer.refresh();
    if (follow) this.#toEnd();
  }

  #drop(id) {
    const node = this.#node(id);
    const before = node?.previousElementSibling;
    const isLastOfDay = before?.matches(".day") && !node.nextElementSibling?.matches("[data-id]");
    node?.remove();
    if (isLastOfDay) before.remove();
    this.composer.refresh();
  }

  #node(id) {
    return this.log.querySelector(`[data-id="${Number(id)}"]`);
  }

  #act(action) {
    this.state.textContent = TEXTS.actions[action] ?? TEXTS.actions.typing;
    this.state.classList.add("busy");
    clearTimeout(this.#actionTimer);
    this.#actionTimer = setTimeout(() => this.#calm(), ACTION_TIME);
  }

  #calm() {
    this.state.textContent = this.#calmState();
    this.state.classList.remove("busy");
  }

  #toEnd(behavior = "instant") {
    this.log.scrollTo({ top: this.log.scrollHeight, behavior });
    this.jump.hidden = true;
    this.#missed = 0;
    delete this.jump.dataset.count;
    this.#seen();
  }

  #seen() {
    if (this.node.isConnected && !document.hidden && this.#following) this.session.markRead(this.chat.id);
  }

  #scrolled() {
    const rest = this.log.scrollHeight - this.log.clientHeight - this.log.scrollTop;
    this.jump.hidden = rest <= NEAR_END;
    if (this.jump.hidden) {
      this.#missed = 0;
      this.#seen();
    }
    if (this.log.scrollTop < NEAR_END) this.#loadOlder();
  }

  async #loadOlder() {
    if (this.#loading) return;
    this.#loading = true;
    const older = await this.session.loadOlder(this.chat.id).catch(() => []);
    this.#loading = false;
    if (!older.length || this.#listening.signal.aborted) return;
    const below = this.log.scrollHeight - this.log.scrollTop;
    const nodes = [];
    for (const message of older) {
      if (this.#dayOf(nodes.at(-1)) !== dayKey(message.date)) nodes.push(daySign(message.date));
      nodes.push(this.#bubble(message));
    }
    const first = this.log.firstElementChild;
    if (first?.matches(".day") && this.#dayOf(first) === this.#dayOf(nodes.at(-1))) first.remove();
    this.log.prepend(...nodes);
    this.log.scrollTop = this.log.scrollHeight - below;
    this.composer.refresh();
  }

  #goTo(id) {
    const node = this.#node(id);
    if (!node) {
      toast(TEXTS.gone);
      return;
    }
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("marked");
    setTimeout(() => node.classList.remove("marked"), MARKED_TIME);
  }

  #openMessageMenu(message) {
    const words = message.text ?? message.caption;
    const own = message.from.id === this.session.viewer;
    const choices = [{ label: TEXTS.reply, icon: "reply", act: () => this.composer.replyTo(message) }];
    if (words) choices.push({ label: TEXTS.copy, icon: "copy", act: () => copy(words) });
    if (own && message.text && !message.via_bot) {
      choices.push({ label: TEXTS.edit, icon: "edit", act: () => this.composer.edit(message) });
    }
    openMenu(TEXTS.messageMenu, choices);
  }
}

function daySign(seconds) {
  return make(
    "div",
    { class: "day", role: "separator", "data-day": dayKey(seconds) },
    make("span", {}, dayName(seconds)),
  );
}

/**
 * The screen that says why there is no chat to show.
 * @param {string} words
 * @param {HTMLElement} [button]
 * @returns {HTMLElement}
 */
export function emptyScreen(words, button) {
  return make("section", { class: "screen empty" }, icon("user"), make("p", {}, words), button);
}
