/** Dialogs about people: whose phone this is, a new person, a new group. */

import * as api from "./api.js";
import { openDialog, toast } from "./dialogs.js";
import { avatar, make, nameOf } from "./dom.js";
import { icon } from "./icons.js";
import { TEXTS } from "./texts.js";

/** Telegram's rule for usernames. */
const USERNAME = "[A-Za-z][A-Za-z0-9_]{4,31}";

/**
 * Choose whose phone the page is.
 * @param {object[]} users
 * @param {number|null} current
 * @param {(user: number) => void} choose
 */
export function openUsers(users, current, choose) {
  const pick = (user) => {
    dialog.close();
    choose(user.id);
  };
  const lines = users.map((user) => userLine(user, user.id === current, () => pick(user)));
  const add = () => {
    dialog.close();
    openAddUser(choose);
  };
  const button = make("button", { type: "button", class: "wide", onclick: add }, icon("add"), TEXTS.addUser);
  const dialog = openDialog(TEXTS.users, [
    make("p", { class: "hint" }, TEXTS.usersHint),
    make("div", { class: "choices" }, ...lines),
    button,
  ]);
}

function userLine(user, isCurrent, act) {
  const username = user.username ? `@${user.username}` : "";
  return make(
    "button",
    { type: "button", class: "choice", "aria-current": isCurrent ? "true" : null, onclick: act },
    avatar(nameOf(user), user.id),
    make(
      "span",
      { class: "choice-words" },
      make("strong", {}, nameOf(user)),
      make("span", { class: "muted" }, username),
    ),
    isCurrent && icon("check"),
  );
}

/**
 * Add a person.
 * @param {(user: number) => void} done
 */
export function openAddUser(done) {
  const name = field(TEXTS.fullName, { required: true, autocomplete: "off", autofocus: true });
  const username = field(
    TEXTS.username,
    { autocomplete: "off", pattern: USERNAME, title: TEXTS.badUsername, autocapitalize: "none" },
    TEXTS.optional,
  );
  const save = () => {
    const person = { first_name: name.input.value.trim() };
    if (username.input.value.trim()) person.username = username.input.value.trim();
    return api.addUser(person);
  };
  openForm(TEXTS.addUser, [name.node, username.node], save, done);
}

/**
 * Found a group with the bot in it.
 * @param {object[]} users
 * @param {number} founder
 * @param {(chat: number) => void} done
 */
export function openAddGroup(users, founder, done) {
  const title = field(TEXTS.groupTitle, { required: true, autocomplete: "off", autofocus: true });
  const boxes = users.map((user) => {
    const box = make("input", { type: "checkbox", value: user.id, checked: user.id === founder });
    return make(
      "label",
      { class: "check" },
      box,
      avatar(nameOf(user), user.id),
      make("span", {}, nameOf(user)),
    );
  });
  const members = make("fieldset", { class: "members" }, make("legend", {}, TEXTS.members), ...boxes);
  const save = () => {
    const chosen = [...members.querySelectorAll("input:checked")].map((box) => Number(box.value));
    if (!chosen.length) throw new api.Refused(TEXTS.pickMember);
    // the first member owns the group
    const ordered = chosen.includes(founder) ? [founder, ...chosen.filter((one) => one !== founder)] : chosen;
    return api.addGroup(title.input.value.trim(), ordered);
  };
  openForm(TEXTS.addGroup, [title.node, members], save, done);
}

function field(label, attributes, remark) {
  const input = make("input", { class: "field", ...attributes });
  const words = make("span", {}, label, remark && make("span", { class: "muted" }, ` (${remark})`));
  return { input, node: make("label", { class: "labelled" }, words, input) };
}

/** A dialog with fields; it stays open while what was entered is refused. */
function openForm(title, fields, save, done) {
  const button = make("button", { type: "submit", class: "wide primary" }, TEXTS.add);
  const onsubmit = async (event) => {
    event.preventDefault();
    try {
      const made = await save();
      dialog.close();
      done(made.id);
    } catch (error) {
      toast(error instanceof api.Unreachable ? TEXTS.lost : TEXTS.failed(error.message));
    }
  };
  const dialog = openDialog(title, [make("form", { class: "form", onsubmit }, ...fields, button)]);
}
