/** Inline mode: while the text begins with @bot, the bot's results are offered to be sent. */

import * as api from "./api.js";
import { toast } from "./dialogs.js";
import { make } from "./dom.js";
import { TEXTS } from "./texts.js";

/** Milliseconds without a key before the bot is asked. */
const PAUSE = 300;

/** Asks the bot for inline results and shows them in the list above the text field. */
export class InlineMode {
  #timer = 0;
  #turn = 0;

  /**
   * @param {import("./session.js").Session} session
   * @param {number} chat
   * @param {import("./suggestions.js").Suggestions} list
   * @param {{sent: () => void, startPrivately: (parameter: string) => void}} actions
   */
  constructor(session, chat, list, actions) {
    this.session = session;
    this.chat = chat;
    this.list = list;
    this.actions = actions;
  }

  /**
   * What is asked inline by a text, or null when it does not begin with @bot and a blank.
   * @param {string} text
   * @returns {string|null}
   */
  queryOf(text) {
    const name = `@${this.session.bot.username}`;
    if (text.slice(0, name.length).toLowerCase() !== name.toLowerCase()) return null;
    const rest = text.slice(name.length);
    return /^\s/u.test(rest) ? rest.slice(1) : null;
  }

  /** Follow the text; returns whether inline mode is on. @param {string} text */
  follow(text) {
    const query = this.queryOf(text);
    clearTimeout(this.#timer);
    this.#turn += 1;
    if (query === null) return false;
    this.#timer = setTimeout(() => this.#ask(query, this.#turn), PAUSE);
    return true;
  }

  /** Forget what was asked. */
  stop() {
    clearTimeout(this.#timer);
    this.#turn += 1;
  }

  async #ask(query, turn) {
    this.list.show(TEXTS.inlineSearching, []);
    const answer = await this.#answer(query, "");
    if (turn !== this.#turn) return;
    if (!answer) {
      this.list.show(TEXTS.inlineSilent, []);
      return;
    }
    const items = this.#items(answer);
    const start = answer.button?.start_parameter ? [this.#startLine(answer.button)] : [];
    this.list.show(items.length ? TEXTS.inlineTitle : TEXTS.inlineNothing, [...start, ...items]);
    this.#pageOn(query, answer, turn);
  }

  /** Load the following results when the end of the list comes in sight. */
  #pageOn(query, answer, turn) {
    if (!answer.next_offset) return;
    this.list.onEnd = async () => {
      this.list.onEnd = undefined;
      const more = await this.#answer(query, answer.next_offset);
      if (!more || turn !== this.#turn) return;
      this.list.add(this.#items(more));
      this.#pageOn(query, more, turn);
    };
  }

  /** The bot's answer, or null when there is none. */
  async #answer(query, offset) {
    try {
      return await api.askInline(this.session.viewer, query, offset);
    } catch (error) {
      if (error instanceof api.Unreachable) toast(TEXTS.lost);
      return null;
    }
  }

  #items(answer) {
    return answer.results.map((result) => ({
      content: [
        make("strong", {}, result.title ?? result.caption ?? result.type),
        result.description && make("span", { class: "muted" }, result.description),
      ].filter(Boolean),
      act: () => this.#choose(answer.inline_query_id, result.id),
    }));
  }

  #startLine(button) {
    const act = () => this.actions.startPrivately(button.start_parameter);
    return { content: [make("span", { class: "inline-start" }, button.text)], act };
  }

  async #choose(queryId, resultId) {
    try {
      await api.chooseInline(this.session.viewer, this.chat, queryId, resultId);
    } catch (error) {
      toast(error instanceof api.Unreachable ? TEXTS.notSent : TEXTS.failed(error.message));
      return;
    }
    this.session.wrote();
    this.actions.sent();
  }
}
