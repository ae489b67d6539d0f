/** A list above the text field to choose from, by finger, mouse or arrow keys. */

import { make } from "./dom.js";

/** @typedef {{content: Node[], act: () => void}} Suggestion */

/** The list; the text field keeps the focus while the arrows move in it. */
export class Suggestions {
  #items = [];
  #active = -1;

  /**
   * @param {HTMLElement} field
   * @param {string} id unique on the page
   */
  constructor(field, id) {
    this.field = field;
    this.id = id;
    this.title = make("div", { class: "suggestions-title" });
    this.list = make("div", { class: "suggestions-list", role: "listbox", id });
    this.node = make("div", { class: "suggestions", hidden: true }, this.title, this.list);
    this.list.addEventListener("scroll", () => this.#nearEnd() && this.onEnd?.());
    /** @type {(() => void)|undefined} called when the end of the list comes in sight */
    this.onEnd = undefined;
  }

  /** Whether it is seen. */
  get open() {
    return !this.node.hidden;
  }

  /**
   * Show suggestions in place of those before.
   * @param {string} title
   * @param {Suggestion[]} items
   */
  show(title, items) {
    this.#active = -1;
    this.#items = [];
    this.list.replaceChildren();
    this.list.setAttribute("aria-label", title);
    this.title.textContent = title;
    this.node.hidden = false;
    this.field.setAttribute("aria-controls", this.id);
    this.field.setAttribute("aria-expanded", "true");
    this.add(items);
  }

  /** Add more suggestions at the end. @param {Suggestion[]} items */
  add(items) {
    for (const item of items) {
      const index = this.#items.push(item) - 1;
      const option = make(
        "div",
        {
          class: "suggestion",
          role: "option",
          id: `${this.id}-${index}`,
          "aria-selected": "false",
          onclick: item.act,
        },
        ...item.content,
      );
      option.addEventListener(
        "pointerdown",
        (event) => event.pointerType === "mouse" && event.preventDefault(),
      );
      this.list.append(option);
    }
  }

  /** Put it away. */
  hide() {
    this.node.hidden = true;
    this.onEnd = undefined;
    this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-expanded", "false");
  }

  /**
   * Take a key of the text field.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was for the list
   */
  takeKey(event) {
    if (!this.open || event.isComposing) return false;
    if (event.key === "ArrowDown") this.#move(1);
    else if (event.key === "ArrowUp") this.#move(-1);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Enter" && this.#active >= 0) this.#items[this.#active].act();
    else return false;
    event.preventDefault();
    return true;
  }

  #move(step) {
    const options = this.list.children;
    if (!options.length) return;
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = (this.#active + step + options.length) % options.length;
    const option = options[this.#active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  #nearEnd() {
    return this.list.scrollTop + this.list.clientHeight >= this.list.scrollHeight - 40;
  }
}
