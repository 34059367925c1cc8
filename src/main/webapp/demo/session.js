/**
 * What a tab remembers across a reload: who it is, its token, its rooms, what it has received.
 *
 * It is kept in sessionStorage, so each tab is a device of its own. A duplicated tab begins with a
 * copy; two tabs with one token would take the connection from each other, so the copy asks whether
 * the original is there and, if it is, begins anew.
 */

const KEY = "snapper.demo";
const MESSAGES_KEY = "snapper.demo.messages";
const KEPT_MESSAGES = 200;
const ANSWER_WITHIN_MS = 150;

/** Returns the remembered session, or null. */
export function remembered() {
  const session = read(KEY);
  return session && { ...session, messages: read(MESSAGES_KEY) ?? [] };
}

/** Keeps all but the messages; little enough to be done for every batch before it is answered. */
export function remember(session) {
  session.messages.splice(0, session.messages.length - KEPT_MESSAGES);
  write(KEY, { ...session, messages: undefined });
}

/** Keeps the messages, when the tab may be about to go. */
export function rememberMessages(session) {
  write(MESSAGES_KEY, session.messages);
}

export function forget() {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(MESSAGES_KEY);
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the continuation after a reload, nothing else.
  }
}

/** Returns whether another tab uses this consumerId now. */
export function isUsedElsewhere(consumerId) {
  const channel = new BroadcastChannel(KEY);
  return new Promise((resolve) => {
    const decide = (used) => {
      channel.close();
      resolve(used);
    };
    const timer = setTimeout(() => decide(false), ANSWER_WITHIN_MS);
    channel.onmessage = ({ data }) => {
      if (data.usedBy === consumerId) {
        clearTimeout(timer);
        decide(true);
      }
    };
    channel.postMessage({ isUsed: consumerId });
  });
}

/** Answers other tabs' questions for as long as this tab lives. */
export function claim(currentConsumerId) {
  const channel = new BroadcastChannel(KEY);
  channel.onmessage = ({ data }) => {
    if (data.isUsed !== undefined && data.isUsed === currentConsumerId()) {
      channel.postMessage({ usedBy: data.isUsed });
    }
  };
}
