/**
 * Snapper's consumer protocol in a browser: Engine.IO that carries JSON-RPC 2.0.
 *
 * This is all that a page needs beside engine.io-client. The broker sends one request `publish` at
 * a time, with 1 to 50 messages; the consumer answers "OK". What was not answered comes again after
 * the next connect, with the same id: an id that is the last one again is answered and not shown.
 */

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 20_000;
const BAD_REQUEST = 400;

export class Consumer {
  #listener;
  #token;
  #lastId;
  #socket = null;
  #retryTimer = null;
  #failures = 0;

  /**
   * @param token what the broker knows this consumer by; the same token continues its mailbox
   * @param lastId the id of the last batch that was accepted, or null
   * @param listener {onState(state), onBatch(id, messages), onRepeat(id), onGap(params), onRefused()}
   */
  constructor(token, lastId, listener) {
    this.#token = token;
    this.#lastId = lastId;
    this.#listener = listener;
  }

  /** Connects, and connects again whenever the connection ends, until `disconnect`. */
  connect() {
    this.disconnect();
    this.#listener.onState({ name: "connecting" });
    const socket = new window.eio(location.origin, {
      path: "/websocket",
      query: { token: this.#token },
    });
    this.#socket = socket;
    // A socket that was given up may still speak for a moment; only the current one is heard.
    const current = (handle) => (...values) => socket === this.#socket && handle(...values);
    socket.on("open", current(() => this.#onOpen(socket)));
    socket.on("upgrade", current((transport) => this.#onTransport(socket, transport.name)));
    socket.on("message", current((text) => this.#onMessage(JSON.parse(text))));
    socket.on("close", current((reason, error) => this.#onClose(reason, error)));
  }

  /** Ends the connection and tries again: nobody else would notice for long that it is dead. */
  interrupt(reason) {
    this.disconnect();
    this.#onClose(reason);
  }

  /** Cuts the connection and stays away. */
  disconnect() {
    clearTimeout(this.#retryTimer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #onOpen(socket) {
    this.#failures = 0;
    this.#onTransport(socket, socket.transport.name);
  }

  #onTransport(socket, transport) {
    this.#listener.onState({ name: "online", consumerId: socket.id, transport });
  }

  #onMessage(packet) {
    if (packet.method === "gap") {
      this.#listener.onGap(packet.params);
    }
    if (packet.method === undefined || packet.id === undefined) {
      return; // A notification, or an answer: neither is answered.
    }
    if (packet.id === this.#lastId) {
      this.#listener.onRepeat(packet.id);
    } else {
      // Accept first, answer then: a page that dies in between gets the batch again.
      this.#lastId = packet.id;
      this.#listener.onBatch(packet.id, packet.params);
    }
    this.#socket?.send(JSON.stringify({ jsonrpc: "2.0", id: packet.id, result: "OK" }));
  }

  #onClose(reason, error) {
    this.#socket = null;
    if (error?.description === BAD_REQUEST) {
      this.#listener.onRefused();
      return;
    }
    // Twice as long after each failure, and not all consumers of a restarted broker at once.
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    const delayMs = longest * (0.5 + Math.random() / 2);
    this.#retryTimer = setTimeout(() => this.connect(), delayMs);
    this.#listener.onState({ name: "waiting", reason, retryAtMs: Date.now() + delayMs });
  }
}
