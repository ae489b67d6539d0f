/** Writes dates and times as a Vietnamese reader expects them. */

import { TEXTS } from "./texts.js";

const CLOCK = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("vi-VN", {
  weekday: "long",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
});
const SHORT_DAY = new Intl.DateTimeFormat("vi-VN", { day: "2-digit", month: "2-digit" });

const at = (seconds) => new Date(seconds * 1000);

/** The time of day of a message. @param {number} seconds since the epoch */
export const clockTime = (seconds) => CLOCK.format(at(seconds));

/** A key that is equal for moments of one day. @param {number} seconds since the epoch */
export const dayKey = (seconds) => at(seconds).toDateString();

/**
 * The name of a day: today, yesterday, or its date.
 * @param {number} seconds since the epoch
 * @param {Date} [now]
 * @returns {string}
 */
export function dayName(seconds, now = new Date()) {
  const yesterday = new Date(now);
  yesterday.setDate(now.getDate() - 1);
  const key = dayKey(seconds);
  if (key === now.toDateString()) return TEXTS.today;
  if (key === yesterday.toDateString()) return TEXTS.yesterday;
  return DAY.format(at(seconds));
}

/**
 * When a chat was last active: the time today, the date before.
 * @param {number} seconds since the epoch
 * @returns {string}
 */
export function shortTime(seconds) {
  return dayKey(seconds) === new Date().toDateString() ? clockTime(seconds) : SHORT_DAY.format(at(seconds));
}

/** The size of a file in the largest fitting unit. @param {number} bytes */
export function fileSize(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toLocaleString("vi-VN", { maximumFractionDigits: unit ? 1 : 0 })} ${units[unit]}`;
}
