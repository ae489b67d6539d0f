/** The page: whose phone it is, which screen is shown, and where links lead. */

import * as api from "./api.js";
import * as appearance from "./appearance.js";
import { showAnswer } from "./buttons.js";
import { ChatList } from "./chatlist.js";
import { Conversation, emptyScreen } from "./conversation.js";
import { ask, openMenu, toast } from "./dialogs.js";
import { make, nameOf } from "./dom.js";
import { openAddGroup, openAddUser, openUsers } from "./people.js";
import { Session } from "./session.js";
import { TEXTS } from "./texts.js";

/** Milliseconds before the page asks again for a sandbox that did not answer at the start. */
const START_RETRY = 1500;

/** The place in the address: `#user/chat`, `#user` for the list of chats. */
const place = () => location.hash.slice(1).split("/").map(Number);

class Page {
  #session = null;
  #screen = null;

  constructor(root) {
    this.root = root;
    this.banner = make("div", { class: "banner", role: "alert", hidden: true });
    this.holder = make("main", { class: "holder" });
    root.append(this.banner, this.holder);
    addEventListener("hashchange", () => this.#follow());
  }

  /** Begin: the person in the address, the last one, or the first there is. */
  async start() {
    let state;
    try {
      state = await api.fetchState();
    } catch {
      this.#showBanner(() => this.start());
      setTimeout(() => !this.#session && this.start(), START_RETRY);
      return;
    }
    this.banner.hidden = true;
    const known = new Set(state.users.map((user) => user.id));
    const [asked, chat] = place();
    const wanted = [asked, Number(localStorage.getItem("viewer"))].find((user) => known.has(user));
    const viewer = wanted ?? state.users[0]?.id;
    if (viewer === undefined) this.#nobody();
    else if (viewer === asked) await this.#follow();
    else this.#go(viewer, chat || viewer);
  }

  #nobody() {
    const add = () => openAddUser((user) => this.#go(user, user));
    const button = make("button", { type: "button", class: "wide primary", onclick: add }, TEXTS.addUser);
    this.#show({ node: emptyScreen(TEXTS.welcome, button), close() {}, shown() {} });
  }

  #go(viewer, chat) {
    const target = chat ? `#${viewer}/${chat}` : `#${viewer}`;
    if (location.hash === target) this.#follow();
    else location.hash = target;
  }

  /** Show what the address says. */
  async #follow() {
    const [viewer, chat] = place();
    if (!viewer) {
      await this.start();
      return;
    }
    if (this.#session?.viewer !== viewer && !(await this.#become(viewer))) return;
    const found = this.#session.chats.get(chat);
    this.#show(found ? this.#conversation(found) : this.#chatList());
  }

  /** Take over a person's phone; false if that person is not there. */
  async #become(viewer) {
    this.#session?.close();
    const session = new Session(viewer);
    this.#session = session;
    // nobody shall write as the person before while the phone changes hands
    this.holder.inert = true;
    try {
      await session.open();
    } catch {
      await this.#forget();
      return false;
    } finally {
      this.holder.inert = false;
    }
    if (this.#session !== session) return false;
    localStorage.setItem("viewer", String(viewer));
    this.#listen(session);
    return true;
  }

  /** The sandbox does not know this person, or not any more: begin anew. */
  async #forget() {
    this.#session?.close();
    this.#session = null;
    localStorage.removeItem("viewer");
    history.replaceState(null, "", location.pathname);
    await this.start();
  }

  #listen(session) {
    session.addEventListener("connection", ({ detail }) => {
      if (detail) this.banner.hidden = true;
      else this.#showBanner(() => session.retry());
    });
    session.addEventListener("answer", ({ detail }) => {
      showAnswer(detail, nameOf(session.bot), (address) => this.#open(address));
    });
    session.addEventListener("chats", () => this.#title());
    session.addEventListener("reloaded", () => {
      if (!session.user) this.#forget();
      else if (!session.chats.has(place()[1] ?? session.viewer)) this.#follow();
    });
    this.#title();
  }

  #title() {
    const session = this.#session;
    const unread = [...session.chats.keys()].reduce((sum, chat) => sum + session.unread(chat), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${nameOf(session.bot)}`;
  }

  #showBanner(retry) {
    const button = make("button", { type: "button", onclick: retry }, TEXTS.retry);
    this.banner.replaceChildren(make("span", {}, TEXTS.lost), button);
    this.banner.hidden = false;
  }

  #show(screen) {
    this.#screen?.close();
    this.#screen = screen;
    this.holder.replaceChildren(screen.node);
    screen.shown();
  }

  #chatList() {
    const session = this.#session;
    return new ChatList(session, {
      open: (chat) => this.#go(session.viewer, chat),
      switchUser: () => this.#switchUser(),
      addGroup: () => this.#addGroup(),
      settings: () => this.#settings(null),
    });
  }

  #conversation(chat) {
    const session = this.#session;
    return new Conversation(session, chat, {
      back: () => this.#go(session.viewer),
      switchUser: () => this.#switchUser(),
      settings: () => this.#settings(chat),
      link: (address) => this.#open(address),
      inline: (target, query) => this.#writeInline(target, query),
      startPrivately: (parameter) => this.#startPrivately(parameter),
    });
  }

  #switchUser() {
    const users = [...this.#session.users.values()];
    const chat = place()[1];
    openUsers(users, this.#session.viewer, (user) => {
      // a group stays open when the other person is in it; a private chat gives way to theirs
      const stays = chat < 0 && this.#session.chats.get(chat)?.members.includes(user);
      this.#go(user, stays ? chat : user);
    });
  }

  #addGroup() {
    const session = this.#session;
    openAddGroup([...session.users.values()], session.viewer, (chat) => this.#openChat(chat));
  }

  /** Open a chat that may not be known yet: the event that tells of it is on its way. */
  #openChat(chat) {
    const session = this.#session;
    if (session.chats.has(chat)) {
      this.#go(session.viewer, chat);
      return;
    }
    const wait = () => {
      if (!session.chats.has(chat)) return;
      session.removeEventListener("chats", wait);
      this.#go(session.viewer, chat);
    };
    session.addEventListener("chats", wait);
  }

  #settings(chat) {
    const session = this.#session;
    const again = (what) => () => {
      appearance.chooseNext(what);
      this.#settings(chat);
    };
    const choices = [
      { label: TEXTS.users, icon: "user", act: () => this.#switchUser() },
      { label: TEXTS.addGroup, icon: "group", act: () => this.#addGroup() },
      {
        label: `${TEXTS.theme}: ${TEXTS.themes[appearance.chosen("theme")]}`,
        icon: "theme",
        act: again("theme"),
      },
      {
        label: `${TEXTS.typeSize}: ${TEXTS.typeSizes[appearance.chosen("type")]}`,
        icon: "type",
        act: again("type"),
      },
    ];
    if (session.bot.description) {
      choices.push({
        label: TEXTS.aboutBot,
        icon: "info",
        act: () => ask(nameOf(session.bot), session.bot.description),
      });
    }
    if (chat?.type === "private") {
      const blocked = session.blocked;
      choices.push({
        label: blocked ? TEXTS.unblock : TEXTS.block,
        icon: "block",
        act: () => this.#block(!blocked),
      });
    }
    openMenu(TEXTS.menu, choices);
  }

  async #block(blocked) {
    try {
      await this.#session.setBlocked(blocked);
      this.#screen.composer?.refresh();
    } catch (error) {
      toast(error instanceof api.Unreachable ? TEXTS.lost : TEXTS.failed(error.message));
    }
  }

  /** Open an address: a deep link to this bot within the page, anything else outside after asking. */
  async #open(address) {
    const parameter = this.#startParameter(address);
    if (parameter !== null) {
      this.#startPrivately(parameter);
      return;
    }
    if (await ask(TEXTS.open, TEXTS.openLink(address), TEXTS.open))
      open(address, "_blank", "noopener,noreferrer");
  }

  /** The start parameter of a deep link to this bot, empty without one; null for other addresses. */
  #startParameter(address) {
    const name = this.#session.bot.username.toLowerCase();
    if (!URL.canParse(address)) return null;
    const link = new URL(address);
    const web =
      ["t.me", "telegram.me"].includes(link.hostname) && link.pathname.slice(1).toLowerCase() === name;
    const app = link.protocol === "tg:" && link.searchParams.get("domain")?.toLowerCase() === name;
    return web || app ? (link.searchParams.get("start") ?? "") : null;
  }

  #startPrivately(parameter) {
    const { viewer } = this.#session;
    this.#go(viewer, viewer);
    this.#whenShown(viewer, (screen) => screen.composer.say(parameter ? `/start ${parameter}` : "/start"));
  }

  #writeInline(chat, query) {
    this.#go(this.#session.viewer, chat);
    this.#whenShown(chat, (screen) => screen.composer.setText(`@${this.#session.bot.username} ${query}`));
  }

  /** Act on a conversation; a change of the address takes effect only after this task. */
  #whenShown(chat, act) {
    if (this.#screen.chat?.id === chat) act(this.#screen);
    else
      addEventListener("hashchange", () => this.#screen.chat?.id === chat && act(this.#screen), {
        once: true,
      });
  }
}

appearance.apply();
new Page(document.getElementById("app")).start();
