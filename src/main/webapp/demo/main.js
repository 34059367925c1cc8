/** The demo page: binds the consumer, the back end and the elements together. */
import * as backEnd from "./back-end.js";
import { Consumer } from "./consumer.js";
import { duration, Feed } from "./feed.js";
import { Inbox } from "./inbox.js";
import * as sessions from "./session.js";

const NAMES = ["ada", "grace", "alan", "edsger", "barbara", "tony", "hedy", "linus", "margaret"];
const FIRST_ROOM = "lobby";
const MOST_REFUSALS = 2;
const TITLE = document.title;

const $ = (id) => document.getElementById(id);
const feed = new Feed($("feed"), $("newer"));

/** What is remembered across a reload: see session.js; null before a user is chosen. */
let session = null;
let inbox = null;
let consumer = null;
let clockOffsetMs = 0;
let isOffline = false;
let isOnline = false;
let wasOnline = false;
let refusals = 0;
let unseen = 0;

const serverNowMs = () => backEnd.localNowMs() + clockOffsetMs;
const isOwn = (message) => message.from === session.user;

/** Runs what a control asks for and shows why it did not work. */
async function attempt(work) {
  $("fault").hidden = true;
  try {
    return await work();
  } catch (error) {
    $("fault").textContent = error.message;
    $("fault").hidden = false;
    if (!(error instanceof backEnd.Refusal)) {
      throw error;
    }
    return undefined;
  }
}

// --- a session: its begin, its continuation, its end -------------------------------------------

async function begin(user, rooms) {
  const { token, consumerId, expiresAt, userRoom } = await backEnd.openSession(user);
  session = { user, token, consumerId, expiresAt, rooms: [], current: null, lastId: null };
  inbox = new Inbox(session);
  await open();
  inbox.onRoomState(userRoom);
  for (const room of rooms) {
    await enter(room);
  }
}

async function resume(saved) {
  session = saved;
  inbox = new Inbox(session);
  showRoom();
  session.messages.forEach((message) => feed.show(message, isOwn(message)));
  await open();
}

async function open() {
  clockOffsetMs = await backEnd.clockOffsetMs();
  showRoom();
  consumer = new Consumer(session.token, session.lastId, {
    onState,
    onBatch,
    onRepeat: () => count("repeats"),
    onGap,
    onRefused: () => attempt(renew),
  });
  consumer.connect();
}

function showRoom() {
  $("welcome").hidden = true;
  $("room").hidden = false;
  $("state").hidden = false;
  showSession();
}

/** The broker takes the token no more (it has ended, or its secret is gone): get another one. */
async function renew() {
  if (++refusals > MOST_REFUSALS) {
    throw new backEnd.Refusal(400, "refused", "The broker refuses every token. Reload to retry.");
  }
  const { user, rooms } = session;
  feed.notice("The token was no longer accepted. A new one was made; the mailbox begins anew.");
  wasOnline = false;
  await begin(user, rooms);
}

function end() {
  consumer?.disconnect();
  sessions.forget();
  feed.clear();
  session = null;
  consumer = null;
  isOffline = false;
  wasOnline = false;
  $("room").hidden = true;
  $("state").hidden = true;
  welcome();
}

function welcome() {
  document.title = TITLE;
  $("user").value = NAMES[Math.floor(Math.random() * NAMES.length)];
  $("welcome").hidden = false;
  $("user").select();
}

// --- rooms and messages ------------------------------------------------------------------------

/** Joins a room because the user asks for it, and shows it. */
async function join(room) {
  await enter(room);
  session.current = room;
  showSession();
}

/** Joins a room by itself: that does not change which one the user has chosen meanwhile. */
async function enter(room) {
  const state = await backEnd.joinRoom(session.token, room);
  inbox.onRoomState(state).forEach((message) => feed.update(message, isOwn(message)));
  if (!session.rooms.includes(room)) {
    session.rooms.push(room);
    feed.notice(`Joined ${room}, which stands at #${state.top}.`);
  }
  session.current ??= room;
  showSession();
}

async function leave(room) {
  await backEnd.leaveRoom(session.token, room);
  inbox.onLeft(room);
  session.rooms = session.rooms.filter((other) => other !== room);
  session.current = session.rooms.at(-1) ?? null;
  feed.notice(`Left ${room}.`);
  showSession();
}

function onBatch(id, payloads) {
  for (const message of inbox.accept(id, payloads, serverNowMs())) {
    feed.show(message, isOwn(message));
  }
  session.lastId = id;
  unseen = document.hidden ? unseen + payloads.length : 0;
  showCounts();
  sessions.remember(session);
}

function onGap({ room, from, to }) {
  const lost = to >= from ? `#${from} to #${to}` : `an unknown number from #${from} on`;
  feed.notice(`Gap in ${room}: the broker no longer has ${lost}.`, "gap");
  inbox.onLeft(room);
  count("gaps");
}

function count(name) {
  inbox.counts[name]++;
  showCounts();
}

// --- the connection ----------------------------------------------------------------------------

function onState(state) {
  const isBack = state.name === "online" && !isOnline;
  isOnline = state.name === "online";
  if (isBack) {
    onConnected();
  }
  const texts = {
    connecting: () => "connecting…",
    online: () => `online · ${state.transport}`,
    waiting: () => `no connection, retry in ${Math.ceil((state.retryAtMs - Date.now()) / 1000)} s`,
    offline: () => "offline",
  };
  $("state").textContent = texts[state.name]();
  $("state").dataset.state = state.name;
  $("detail-transport").textContent = state.transport ?? "–";
  $("text").disabled = isOffline;
  $("send").querySelector("button").disabled = isOffline;
  $("connection").textContent = isOffline ? "Come back online" : "Go offline";
  $("connection").toggleAttribute("data-offline", isOffline);
  showSession();
}

function onConnected() {
  refusals = 0;
  inbox.onConnected(serverNowMs());
  if (wasOnline) {
    feed.notice("Back online.");
    count("reconnects");
  }
  wasOnline = true;
  // Where the rooms stand tells which messages were missed. A join that is there already changes
  // nothing; it counts only if this tab was away for longer than its mailbox lives.
  attempt(async () => {
    for (const room of [...session.rooms]) {
      await enter(room);
    }
  });
}

function toggleConnection() {
  isOffline = !isOffline;
  if (isOffline) {
    consumer.disconnect();
    feed.notice("Offline. The broker keeps what you miss.");
    onState({ name: "offline" });
  } else {
    consumer.connect();
  }
}

// --- what is shown -----------------------------------------------------------------------------

function showSession() {
  const { user, rooms, current } = session;
  $("rooms").replaceChildren(...rooms.map((room) => roomItem(room, room === current)));
  $("rooms").querySelector("[data-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  $("text").placeholder = current === null ? "Join a room first" : `Message to ${current}`;
  $("detail-user").textContent = user;
  $("detail-consumer").textContent = session.consumerId;
  $("clock").textContent = clockOffsetMs === 0 ? "none" : `${clockOffsetMs.toFixed(1)} ms`;
  const other = NAMES.find((name) => name !== user);
  showTabLink($("same-user"), user);
  showTabLink($("other-user"), other);
  showCounts();
  sessions.remember(session);
}

function roomItem(room, isCurrent) {
  const item = document.createElement("li");
  const choose = document.createElement("button");
  choose.type = "button";
  choose.textContent = room;
  choose.ariaPressed = String(isCurrent);
  choose.addEventListener("click", () => {
    session.current = room;
    showSession();
  });
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.ariaLabel = `Leave ${room}`;
  remove.addEventListener("click", () => attempt(() => leave(room)));
  item.toggleAttribute("data-current", isCurrent);
  item.append(choose, remove);
  return item;
}

/** A link, so that the new tab shares no storage with this one and no pop-up blocker minds it. */
function showTabLink(link, user) {
  link.firstElementChild.textContent = `New tab as ${user}`;
  link.href = `#${new URLSearchParams({ user, room: session.current ?? FIRST_ROOM })}`;
}

function showCounts() {
  for (const [name, value] of Object.entries(inbox.counts)) {
    $(`count-${name}`).textContent = value;
  }
  const medianMs = inbox.medianLatencyMs;
  $("latency").textContent = medianMs === null ? "–" : duration(medianMs);
  document.title = `${unseen > 0 ? `(${unseen}) ` : ""}${session.user} · ${TITLE}`;
}

// --- begin -------------------------------------------------------------------------------------

/** Handles a form by itself: no page load, and no second submission while one is under way. */
function onSubmit(form, work) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => work(new FormData(form)));
  });
}

onSubmit($("login"), (values) => begin(values.get("user").trim(), [FIRST_ROOM]));
onSubmit($("join"), async (values) => {
  await join(values.get("room").trim());
  $("join").reset();
});
onSubmit($("send"), async (values) => {
  if (session.current !== null) {
    $("send").reset();
    await backEnd.sendMessage(session.token, session.current, values.get("text"));
  }
});
$("connection").addEventListener("click", toggleConnection);
$("leave-demo").addEventListener("click", end);
$("details").open = window.matchMedia("(min-width: 56rem)").matches;

window.addEventListener("offline", () => isOffline || consumer?.interrupt("the browser is offline"));
window.addEventListener("pagehide", () => session && sessions.rememberMessages(session));
const comeBack = () => isOffline || isOnline || consumer?.connect();
window.addEventListener("online", comeBack);
document.addEventListener("visibilitychange", () => {
  if (session !== null && !document.hidden) {
    unseen = 0;
    showCounts();
    comeBack();
  }
});

attempt(async () => {
  sessions.claim(() => session?.consumerId);
  const asked = new URLSearchParams(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  const saved = sessions.remembered();
  if (asked.get("user")) {
    await begin(asked.get("user"), [asked.get("room") || FIRST_ROOM]);
  } else if (saved === null) {
    welcome();
  } else if (await sessions.isUsedElsewhere(saved.consumerId)) {
    await begin(saved.user, saved.rooms);
  } else {
    await resume(saved); // If the token has ended, the broker says so and it is renewed.
  }
});
