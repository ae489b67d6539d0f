/** The sandbox's page API over HTTP; knows addresses, knows nothing of the page. */

/** The sandbox answered, and said no. */
export class Refused extends Error {}

/** The sandbox could not be reached. */
export class Unreachable extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    throw new Unreachable(path, { cause: error });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? body.description ?? `HTTP ${response.status}`);
  return body;
}

function post(path, value) {
  const headers = { "Content-Type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(value) });
}

/** Everything that is there: the bot, users, chats, the number of the last event. */
export const fetchState = (viewer) => call(viewer ? `/app/state?viewer=${viewer}` : "/app/state");

/** Add a person; returns it. */
export const addUser = (person) => post("/app/users", person);

/** Found a group; returns it. */
export const addGroup = (title, members) => post("/app/groups", { title, members });

/**
 * The messages of a chat before `before`, the newest when it is not given.
 * @returns {Promise<object[]>}
 */
export async function fetchMessages(chat, viewer, limit, before) {
  const query = new URLSearchParams({ viewer, limit });
  if (before !== undefined) query.set("before", before);
  const body = await call(`/app/chats/${chat}/messages?${query}`);
  return Array.isArray(body) ? body : body.messages;
}

/** Send a text as `user`. */
export const sendText = (user, chat, text, replyTo) =>
  post("/app/send", { user, chat, text, ...(replyTo ? { reply_to: replyTo } : {}) });

/** Change the text of an own message. */
export const editText = (user, chat, messageId, text) =>
  post("/app/edit", { user, chat, message_id: messageId, text });

/**
 * Press a callback button.
 * @returns {Promise<{callback_query_id: string}>}
 */
export const press = (user, chat, messageId, data) =>
  post("/app/press", { user, chat, message_id: messageId, data });

/**
 * Send a file.
 * @param {"document"|"photo"|"voice"} kind
 * @param {{caption?: string, mediaGroup?: string, name?: string}} [more]
 */
export function upload(user, chat, kind, file, more = {}) {
  const form = new FormData();
  form.set("user", user);
  form.set("chat", chat);
  form.set("kind", kind);
  if (more.caption) form.set("caption", more.caption);
  if (more.mediaGroup) form.set("media_group_id", more.mediaGroup);
  form.set("file", file, more.name ?? file.name);
  return call("/app/upload", { method: "POST", body: form });
}

/** The address of a file's content. */
export const fileAddress = (fileId) => `/app/files/${encodeURIComponent(fileId)}`;

/** Ask the bot inline; waits for its answer. */
export const askInline = (user, query, offset) => post("/app/inline", { user, query, offset });

/** Send the chosen inline result. */
export const chooseInline = (user, chat, inlineQueryId, resultId) =>
  post("/app/inline/choose", { user, chat, inline_query_id: inlineQueryId, result_id: resultId });

/** Block the bot, or let it write again. */
export const block = (user, blocked) => post("/app/block", { user, blocked });

/** The address of the event stream. */
export const eventsAddress = (viewer, after) => `/app/events?viewer=${viewer}&after=${after}`;
