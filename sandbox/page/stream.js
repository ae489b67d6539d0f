/** Follows the sandbox's events without losing one, however often the connection breaks. */

import { eventsAddress } from "./api.js";

/** Milliseconds to the first and to the longest wait before another try. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

/** An event stream that comes back; calls `onEvent`, and `onState` with true or false. */
export class Stream {
  #source = null;
  #timer = 0;
  #wait = FIRST_WAIT;
  #closed = false;

  /**
   * @param {number} viewer
   * @param {number} after the number of the last event that is known
   * @param {{onEvent: (event: object) => void, onState: (connected: boolean) => void,
   *          beforeRetry: () => Promise<number>}} listeners `beforeRetry` tells where to go on
   */
  constructor(viewer, after, listeners) {
    this.viewer = viewer;
    this.after = after;
    this.listeners = listeners;
    this.#open();
  }

  /** End it; nothing is called any more. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  /** Try again at once. */
  retry() {
    this.#wait = FIRST_WAIT;
    this.#again(0);
  }

  #open() {
    const source = new EventSource(eventsAddress(this.viewer, this.after));
    this.#source = source;
    source.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.listeners.onState(true);
    };
    source.onmessage = ({ data }) => {
      const event = JSON.parse(data);
      this.after = Math.max(this.after, event.seq);
      this.listeners.onEvent(event);
    };
    source.onerror = () => {
      if (this.#closed) return;
      this.listeners.onState(false);
      this.#again(this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }

  /** Close the broken source and open another after `wait`; the browser's own retry loses `after`. */
  #again(wait) {
    this.#source?.close();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#reopen(), wait);
  }

  async #reopen() {
    try {
      this.after = await this.listeners.beforeRetry();
    } catch {
      if (this.#closed) return;
      this.#again(this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
      return;
    }
    if (!this.#closed) this.#open();
  }
}
