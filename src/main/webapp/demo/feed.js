/** The list of received messages and notices. It stays at its end unless the reader scrolls up. */

const MOST_ENTRIES = 500;
const NEAR_END_PX = 80;

export class Feed {
  #list;
  #newer;
  #entries = new WeakMap();

  /**
   * @param list the element that holds the entries
   * @param newer the button that leads to the end
   */
  constructor(list, newer) {
    this.#list = list;
    this.#newer = newer;
    newer.addEventListener("click", () => this.#toEnd());
    list.addEventListener("scroll", () => {
      newer.hidden ||= this.#isAtEnd();
    });
  }

  show(message, isOwn) {
    const entry = element("li", "message");
    entry.classList.toggle("own", isOwn);
    this.#entries.set(message, entry);
    this.#fill(entry, message, isOwn);
    this.#append(entry);
  }

  /** Shows an entry anew after its message changed. */
  update(message, isOwn) {
    const entry = this.#entries.get(message);
    if (entry) {
      this.#fill(entry, message, isOwn);
    }
  }

  notice(text, kind = "") {
    const entry = element("li", "notice", text);
    if (kind) {
      entry.classList.add(kind);
    }
    this.#append(entry);
  }

  clear() {
    this.#list.replaceChildren();
  }

  #fill(entry, message, isOwn) {
    const who = element("p", "who", isOwn ? "you" : (message.from ?? "a back end"));
    who.append(element("span", "", ` in ${message.room ?? "another room"}`));
    const facts = element("p", "facts");
    const offset = element("span", "offset", message.offset === null ? "no offset" : `#${message.offset}`);
    facts.append(offset);
    const tookMs = message.sentAtMs === null ? null : message.receivedAtMs - message.sentAtMs;
    if (message.missed) {
      const waited = tookMs === null ? "missed" : `missed, waited ${duration(tookMs)}`;
      facts.append(element("span", "badge", waited));
    } else if (tookMs !== null) {
      facts.append(element("span", "latency", duration(tookMs)));
    }
    entry.classList.toggle("missed", message.missed);
    entry.dataset.room = message.room ?? "";
    entry.dataset.offset = message.offset ?? "";
    entry.replaceChildren(who, element("p", "text", message.text), facts);
  }

  #append(entry) {
    const follow = this.#isAtEnd();
    this.#list.append(entry);
    while (this.#list.childElementCount > MOST_ENTRIES) {
      this.#list.firstElementChild.remove();
    }
    if (follow) {
      this.#toEnd();
    } else {
      this.#newer.hidden = false;
    }
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#newer.hidden = true;
  }
}

/** Returns a duration as people read it; a clock's last doubt never makes it negative. */
export function duration(milliseconds) {
  const shown = Math.max(0, milliseconds);
  if (shown < 9.95) {
    return `${shown.toFixed(1)} ms`;
  }
  return shown < 1000 ? `${Math.round(shown)} ms` : `${(shown / 1000).toFixed(1)} s`;
}

/** Texts are always set as text, so nothing in a message is ever markup. */
function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}
