/** Light or dark, and how large the letters are; remembered by this browser. */

const CHOICES = {
  theme: ["auto", "light", "dark"],
  type: ["normal", "large", "huge"],
};

/**
 * What is chosen now.
 * @param {"theme"|"type"} what
 * @returns {string}
 */
export function chosen(what) {
  const kept = localStorage.getItem(what);
  return CHOICES[what].includes(kept) ? kept : CHOICES[what][0];
}

/**
 * Choose the value after the present one; returns it.
 * @param {"theme"|"type"} what
 * @returns {string}
 */
export function chooseNext(what) {
  const values = CHOICES[what];
  const next = values[(values.indexOf(chosen(what)) + 1) % values.length];
  localStorage.setItem(what, next);
  apply();
  return next;
}

/** Put the choices on the page. */
export function apply() {
  document.documentElement.dataset.theme = chosen("theme");
  document.documentElement.dataset.type = chosen("type");
}
