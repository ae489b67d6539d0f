/** What lies above the page for a moment: toasts, alerts, dialogs, menus. */

import { icon } from "./icons.js";
import { iconButton, make } from "./dom.js";
import { TEXTS } from "./texts.js";

/** Milliseconds a toast stays for each character, within bounds; slow readers are meant. */
const TOAST_PER_LETTER = 70;
const TOAST_SHORTEST = 3000;
const TOAST_LONGEST = 9000;

const root = () => document.getElementById("app");

/**
 * Show a sentence for some seconds.
 * @param {string} text
 */
export function toast(text) {
  const shown = make("div", { class: "toast", role: "status" }, text);
  document.querySelector(".toast")?.remove();
  root().append(shown);
  const stay = Math.min(Math.max(text.length * TOAST_PER_LETTER, TOAST_SHORTEST), TOAST_LONGEST);
  shown.addEventListener("click", () => shown.remove());
  setTimeout(() => shown.remove(), stay);
}

/**
 * Open a dialog with a title and a close button; it leaves the page when it closes.
 * @param {string} title
 * @param {Node[]} content
 * @param {{role?: string, onclose?: () => void}} [more]
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, content, { role, onclose } = {}) {
  const close = () => dialog.close();
  const head = make(
    "header",
    { class: "dialog-head" },
    make("h2", {}, title),
    iconButton("close", TEXTS.close, close),
  );
  const dialog = make("dialog", { class: "dialog", role, "aria-label": title }, head, ...content);
  dialog.addEventListener("click", (event) => event.target === dialog && close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    onclose?.();
  });
  root().append(dialog);
  dialog.showModal();
  return dialog;
}

/**
 * Show a sentence that must be confirmed.
 * @param {string} title
 * @param {string} text
 * @param {string} [act] the word on the button
 * @returns {Promise<boolean>} whether the button was pressed
 */
export function ask(title, text, act = TEXTS.understood) {
  return new Promise((resolve) => {
    let agreed = false;
    const agree = () => {
      agreed = true;
      dialog.close();
    };
    const button = make(
      "button",
      { type: "button", class: "wide primary", onclick: agree, autofocus: true },
      act,
    );
    const dialog = openDialog(title, [make("p", { class: "alert-text" }, text), button], {
      role: "alertdialog",
      onclose: () => resolve(agreed),
    });
  });
}

/**
 * One line of a menu.
 * @typedef {{label: string, icon: Parameters<typeof icon>[0], act: () => void}} Choice
 */

/**
 * Open a menu as a sheet at the bottom; choosing closes it first.
 * @param {string} title
 * @param {Choice[]} choices
 * @returns {HTMLDialogElement}
 */
export function openMenu(title, choices) {
  const lines = choices.map((choice) =>
    make(
      "button",
      {
        type: "button",
        class: "choice",
        onclick: () => {
          dialog.close();
          choice.act();
        },
      },
      icon(choice.icon),
      make("span", {}, choice.label),
    ),
  );
  const list = make("div", { class: "choices" }, ...lines);
  const dialog = openDialog(title, [list]);
  dialog.classList.add("sheet");
  return dialog;
}
