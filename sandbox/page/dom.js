/** Builds elements without any HTML in strings, so that no text can become markup. */

import { icon } from "./icons.js";

/**
 * Make an element. Attributes named `on…` are listeners; null, undefined and false are left out.
 * @param {string} tag
 * @param {Object<string, unknown>} [attributes]
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child || child === ""));
  return node;
}

/**
 * Make a round button with an icon; its label is for screen readers and the tooltip.
 * @param {Parameters<typeof icon>[0]} name
 * @param {string} label
 * @param {(event: Event) => void} act
 * @param {string} [kind] further class names
 * @returns {HTMLButtonElement}
 */
export function iconButton(name, label, act, kind = "") {
  return make(
    "button",
    { type: "button", class: `icon-button ${kind}`, "aria-label": label, title: label, onclick: act },
    icon(name),
  );
}

/** How many colours style.css has for avatars. */
const AVATAR_COLOURS = 7;

/**
 * Make a round sign with the initials of a name.
 * @param {string} name
 * @param {number} id chooses the colour
 * @returns {HTMLElement}
 */
export function avatar(name, id) {
  const words = name.trim().split(/\s+/u);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ""];
  const initials = letters.map((word) => [...word][0] ?? "").join("");
  const colour = Math.abs(id) % AVATAR_COLOURS;
  return make("span", { class: `avatar avatar-${colour}`, "aria-hidden": "true" }, initials);
}

/**
 * Return the name of a person, family name first as Vietnamese is written, or of a chat.
 * @param {{first_name?: string, last_name?: string, title?: string, is_bot?: boolean}} one
 * @returns {string}
 */
export function nameOf(one) {
  return one.title ?? [one.last_name, one.first_name].filter(Boolean).join(" ");
}
