/** The list of one person's chats, the latest first. */

import { summary } from "./bubble.js";
import { avatar, iconButton, make, nameOf } from "./dom.js";
import { TEXTS } from "./texts.js";
import { shortTime } from "./times.js";

/** The screen with all chats. */
export class ChatList {
  #listening = new AbortController();

  /**
   * @param {import("./session.js").Session} session
   * @param {{open: (chat: number) => void, switchUser: () => void, addGroup: () => void,
   *          settings: () => void}} actions
   */
  constructor(session, actions) {
    this.session = session;
    this.actions = actions;
    this.list = make("ul", { class: "chats" });
    this.node = make("section", { class: "screen" }, this.#head(), this.list);
    session.addEventListener("chats", () => this.#draw(), { signal: this.#listening.signal });
    this.#draw();
  }

  /** Stop listening; the screen is about to leave the page. */
  close() {
    this.#listening.abort();
  }

  /** Call when the screen has come onto the page. */
  shown() {
    this.list.querySelector("button")?.focus({ focusVisible: false });
  }

  #head() {
    const user = this.session.user;
    const label = TEXTS.currentUser(nameOf(user));
    return make(
      "header",
      { class: "head" },
      make(
        "button",
        { type: "button", class: "who", "aria-label": label, title: label, onclick: this.actions.switchUser },
        avatar(nameOf(user), user.id),
      ),
      make(
        "div",
        { class: "head-words" },
        make("h1", {}, TEXTS.chats),
        make("div", { class: "state" }, nameOf(user)),
      ),
      iconButton("group", TEXTS.addGroup, this.actions.addGroup),
      iconButton("more", TEXTS.menu, this.actions.settings),
    );
  }

  #draw() {
    this.list.replaceChildren(...this.session.chatList().map((chat) => this.#line(chat)));
  }

  #line(chat) {
    const { session } = this;
    const last = session.lastMessage(chat.id);
    const unread = session.unread(chat.id);
    const name = session.chatName(chat);
    const speaker =
      last && chat.type !== "private" && last.from.id !== session.viewer ? `${nameOf(last.from)}: ` : "";
    const line = make(
      "button",
      { type: "button", class: "chat-line", onclick: () => this.actions.open(chat.id) },
      avatar(name, chat.type === "private" ? session.bot.id : chat.id),
      make(
        "span",
        { class: "chat-words" },
        make("strong", {}, name),
        make("span", { class: "chat-last" }, speaker + summary(last)),
      ),
      make(
        "span",
        { class: "chat-side" },
        make("span", { class: "muted" }, last ? shortTime(last.date) : ""),
        unread > 0 &&
          make("span", { class: "unread", "aria-label": TEXTS.unreadCount(unread) }, String(unread)),
      ),
    );
    return make("li", {}, line);
  }
}
