/** Shows a text with its entities as elements; offsets are UTF-16 units, as in JavaScript. */

import { make } from "./dom.js";
import { icon } from "./icons.js";
import { TEXTS } from "./texts.js";

/** Addresses that a link may lead to; anything else stays text. */
const SAFE_LINK = /^(?:https?|tg|mailto|ftp|tonsite):/iu;

const PLAIN_TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/**
 * What the page does when somebody presses inside a text.
 * @typedef {object} TextActions
 * @property {(command: string) => void} command
 * @property {(address: string) => void} link
 * @property {(text: string) => void} copy
 */

/**
 * Show a text.
 * @param {string} text
 * @param {object[]} [entities] as in the Bot API
 * @param {TextActions} actions
 * @returns {DocumentFragment}
 */
export function richText(text, entities, actions) {
  const fragment = document.createDocumentFragment();
  const ordered = [...(entities ?? [])]
    .map((one) => ({ ...one, end: one.offset + one.length }))
    .sort(byPlace);
  fill(fragment, { text, start: 0, end: text.length, entities: ordered, actions });
  return fragment;
}

function byPlace(one, other) {
  return one.offset - other.offset || other.end - one.end;
}

/** Fill `parent` with a part of the text; an entity that sticks out is continued after the part. */
function fill(parent, { text, start, end, entities, actions }) {
  let at = start;
  let waiting = entities;
  while (waiting.length) {
    const [first, ...rest] = waiting;
    const from = Math.max(first.offset, at);
    const to = Math.min(first.end, end);
    if (from >= to) {
      waiting = rest;
      continue;
    }
    parent.append(text.slice(at, from));
    const inside = rest.filter((one) => one.offset < to);
    const holder = holderOf(first, text.slice(from, to), actions);
    fill(holder.inner, { text, start: from, end: to, entities: inside, actions });
    parent.append(holder.outer);
    waiting = rest.filter((one) => one.end > to).sort(byPlace);
    // a block ends its line by itself
    at = BLOCKS.has(first.type) && text[to] === "\n" ? to + 1 : to;
  }
  parent.append(text.slice(at, end));
}

/** Return the element an entity makes, and the element inside it that takes the text. */
function holderOf(entity, text, actions) {
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
      return same(make(PLAIN_TAGS[entity.type]));
    case "code":
      return same(pressable("code", "code", TEXTS.copyCode, () => actions.copy(text)));
    case "pre":
      return same(make("pre", { class: "pre", tabindex: "0" }));
    case "blockquote":
      return same(make("blockquote", { class: "quote" }));
    case "expandable_blockquote":
      return foldedQuote();
    case "spoiler":
      return spoiler();
    case "text_link":
      return same(link(entity.url, actions));
    case "url":
      return same(link(/^[a-z]+:/iu.test(text) ? text : `https://${text}`, actions));
    case "email":
      return same(link(`mailto:${text}`, actions));
    case "bot_command":
      return same(
        make("button", { type: "button", class: "text-link", onclick: () => actions.command(text) }),
      );
    case "mention":
    case "hashtag":
    case "text_mention":
      return same(make("span", { class: "mention" }));
    case "date_time":
      return same(make("time", { datetime: new Date(entity.unix_time * 1000).toISOString() }));
    default:
      return same(make("span"));
  }
}

function same(node) {
  return { outer: node, inner: node };
}

function pressable(tag, kind, label, act) {
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act();
  };
  return make(tag, { class: kind, role: "button", tabindex: "0", title: label, onclick: act, onkeydown });
}

function link(address, actions) {
  if (!SAFE_LINK.test(address)) return make("span");
  const onclick = (event) => {
    event.preventDefault();
    actions.link(address);
  };
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: address, onclick });
}

/** A quotation of three lines that unfolds; one that is not longer shows no button. */
function foldedQuote() {
  const inner = make("div", { class: "quote-text" });
  const button = make("button", { type: "button", class: "quote-toggle", "aria-expanded": "false" });
  const outer = make("blockquote", { class: "quote folded" }, inner, button);
  const show = (folded) => {
    outer.classList.toggle("folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
    const label = folded ? TEXTS.unfold : TEXTS.fold;
    button.replaceChildren(icon(folded ? "unfold" : "fold"), label);
  };
  show(true);
  button.addEventListener("click", () => show(!outer.classList.contains("folded")));
  inner.addEventListener("click", () => outer.classList.contains("folded") && show(false));
  const watcher = new ResizeObserver(() => {
    if (!outer.classList.contains("folded")) return;
    button.hidden = inner.scrollHeight <= inner.clientHeight + 1;
  });
  watcher.observe(inner);
  return { outer, inner };
}

function spoiler() {
  const node = pressable("span", "spoiler", TEXTS.spoiler, () => {
    node.classList.add("shown");
    node.removeAttribute("role");
    node.removeAttribute("title");
  });
  node.setAttribute("aria-label", TEXTS.spoiler);
  node.addEventListener("click", () => node.removeAttribute("aria-label"));
  return same(node);
}
