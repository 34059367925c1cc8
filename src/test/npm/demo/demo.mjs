/**
 * Uses the demo page as a visitor does, in a real Chromium. Says what it does line by line; ends
 * with status 1 at the first thing that is not as it should be.
 *
 * usage: node demo.mjs <address of the page> <chromium>
 */
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const [address, executablePath] = process.argv.slice(2);
const run = Date.now().toString(36);
const room = `room-${run}`;
const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true };

const browser = await chromium.launch({
  executablePath,
  args: [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

const complaints = [];
let isNetworkCut = false;

async function newContext(options) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(20_000);
  context.on("console", (line) => {
    const isExpected = isNetworkCut && line.text().includes("ERR_INTERNET_DISCONNECTED");
    if (["error", "warning"].includes(line.type()) && !isExpected) {
      complaints.push(`${line.type()}: ${line.text()}`);
    }
  });
  context.on("weberror", (error) => complaints.push(`exception: ${error.error().stack}`));
  context.on("request", (request) => {
    if (!request.url().startsWith(address)) {
      complaints.push(`foreign request: ${request.url()}`);
    }
  });
  return context;
}

// --- what a visitor does -----------------------------------------------------------------------

async function start(context, user) {
  const page = await context.newPage();
  await page.goto(address);
  await page.getByLabel("Your name").fill(user);
  await page.getByRole("button", { name: "Start" }).click();
  return page;
}

async function join(page, name) {
  await page.getByLabel("Room to join").fill(name);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.locator("#rooms li[data-current]", { hasText: name }).waitFor();
}

async function openTab(context, page, link) {
  const [tab] = await Promise.all([context.waitForEvent("page"), page.locator(link).click()]);
  await isIn(tab, room);
  return tab;
}

async function send(page, text) {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send" }).click();
}

const isIn = (page, name) => page.locator("#rooms li[data-current]", { hasText: name }).waitFor();
const hasState = (page, text) => page.locator("#state", { hasText: text }).waitFor();
const message = (page, text) =>
  page.locator("#feed .message").filter({ has: page.getByText(text, { exact: true }) });
const toggle = (page, name) => page.getByRole("button", { name }).click();
const detail = async (page, id) => (await page.locator(`#${id}`).textContent()).trim();

/** Returns the messages that the page shows for the room: text, offset, missed, latency. */
function shown(page) {
  return page.locator(`#feed .message[data-room="${room}"]`).evaluateAll((entries) =>
    entries.map((entry) => ({
      text: entry.querySelector(".text").textContent,
      offset: Number(entry.dataset.offset),
      isMissed: entry.classList.contains("missed"),
      latency: entry.querySelector(".latency")?.textContent ?? null,
    })),
  );
}

async function hasNoHorizontalScroll(page, what) {
  const [content, view] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(content <= view, `${what} is ${content} px wide in a view of ${view} px`);
  const outside = await page.evaluate(() =>
    [...document.querySelectorAll("button, input, .button, .message, .state")]
      .filter((element) => element.checkVisibility() && !element.closest("#rooms"))
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.id || element.textContent),
  );
  assert.deepEqual(outside, [], `${what}: these reach out of the view`);
}

// --- the story ---------------------------------------------------------------------------------

const step = async (name, work) => {
  await work();
  console.log(`ok: ${name}`);
};

const desktop = await newContext(DESKTOP);
const phone = await newContext({ ...PHONE, colorScheme: "dark" });
let ada, grace;

const story = [
  ["a user starts, is upgraded to a WebSocket, and joins a room", async () => {
    ada = await start(desktop, "ada");
    await hasState(ada, "online · websocket");
    await join(ada, room);
  }],

  ["tabs of the same and of another user open in that room as devices of their own", async () => {
    grace = await openTab(desktop, ada, "#other-user");
    const second = await openTab(desktop, ada, "#same-user");
    await hasState(second, "online");
    assert.notEqual(await detail(second, "detail-consumer"), await detail(ada, "detail-consumer"));
    assert.equal(await detail(second, "detail-user"), "ada");
    assert.notEqual(await detail(grace, "detail-user"), "ada");
    await send(second, "from my other tab");
    await message(ada, "from my other tab").waitFor();
    await message(grace, "from my other tab").waitFor();
    await second.close();
  }],

  ["both tabs see a push with offset and latency", async () => {
    await send(grace, "hello");
    for (const page of [ada, grace]) {
      await message(page, "hello").waitFor();
      const { offset, latency, isMissed } = (await shown(page)).at(-1);
      assert.equal(offset, 2);
      assert.match(latency, /^\d+(\.\d)? ms$|^\d+\.\d s$/);
      assert.equal(isMissed, false);
    }
  }],

  ["markup in a message is text", async () => {
    const text = '<img src="/x" onerror="document.title=1"> & <b>bold</b>';
    await send(ada, text);
    await message(grace, text).waitFor();
    await message(ada, text).waitFor();
    assert.equal(await grace.locator("#feed img, #feed b").count(), 0);
  }],

  ["who goes offline misses nothing: each message comes once, in order, marked", async () => {
    const before = (await shown(ada)).length;
    await toggle(ada, "Go offline");
    await hasState(ada, "offline");
    const texts = Array.from({ length: 7 }, (_, index) => `while away ${index}`);
    for (const text of texts) {
      await send(grace, text);
      await message(grace, text).waitFor();
    }
    assert.equal((await shown(ada)).length, before, "offline must be offline");
    await toggle(ada, "Come back online");
    await message(ada, texts.at(-1)).waitFor();
    await send(grace, "after");
    await message(ada, "after").waitFor();
    const all = await shown(ada);
    const news = all.slice(before);
    assert.deepEqual(news.map(({ text }) => text), [...texts, "after"]);
    assert.deepEqual(news.map(({ isMissed }) => isMissed), [...texts.map(() => true), false]);
    assert.deepEqual(all.map(({ offset }) => offset), all.map((_, index) => index + 1));
    assert.equal(await detail(ada, "count-missed"), "7");
    assert.equal(await detail(ada, "count-holes"), "0");
    assert.equal(await detail(ada, "count-reconnects"), "1");
  }],

  ["a page that is left and opened again continues its mailbox", async () => {
    const consumer = await detail(ada, "detail-consumer");
    await ada.goto("about:blank");
    await send(grace, "while gone");
    await message(grace, "while gone").waitFor();
    await ada.goto(address);
    await message(ada, "while gone").waitFor();
    assert.equal(await detail(ada, "detail-consumer"), consumer);
    const all = await shown(ada);
    assert.equal(all.at(-1).isMissed, true);
    assert.deepEqual(all.map(({ offset }) => offset), all.map((_, index) => index + 1));
  }],

  ["a browser that loses its network comes back by itself", async () => {
    const margaret = await start(phone, "margaret");
    await hasState(margaret, "online");
    await join(margaret, room);
    isNetworkCut = true;
    await phone.setOffline(true);
    await hasState(margaret, "no connection");
    await send(grace, "no network");
    await message(grace, "no network").waitFor();
    await phone.setOffline(false);
    await message(margaret, "no network").waitFor();
    isNetworkCut = false;
    assert.deepEqual((await shown(margaret)).map(({ text }) => text), ["no network"]);
  }],

  ["a batch whose answer was lost comes again and is shown once; a gap is told", async () => {
    const context = await newContext(DESKTOP);
    let isAnswerLost = false;
    let toPage;
    await context.routeWebSocket(/\/websocket\//, (page) => {
      const broker = page.connectToServer();
      toPage = page;
      page.onMessage((packet) => {
        if (isAnswerLost && packet.includes('"result":"OK"')) {
          isAnswerLost = false;
          broker.close();
          page.close();
        } else {
          broker.send(packet);
        }
      });
    });
    const alan = await start(context, "alan");
    await hasState(alan, "online · websocket");
    await join(alan, room);
    isAnswerLost = true;
    await send(grace, "answered in vain");
    await alan.locator("#count-repeats", { hasText: "1" }).waitFor();
    await hasState(alan, "online · websocket");
    await send(grace, "and on");
    await message(alan, "and on").waitFor();
    assert.deepEqual(
      (await shown(alan)).map(({ text }) => text),
      ["answered in vain", "and on"],
    );
    const params = { room, from: 3, to: 5, epoch: "e" };
    toPage.send(`4${JSON.stringify({ jsonrpc: "2.0", method: "gap", params })}`);
    await alan.getByText(`Gap in ${room}: the broker no longer has #3 to #5.`).waitFor();
    await context.close();
  }],

  ["without WebSockets everything works by polling", async () => {
    const context = await newContext(DESKTOP);
    await context.addInitScript(() => delete window.WebSocket);
    const hedy = await start(context, "hedy");
    await hasState(hedy, "online · polling");
    await join(hedy, room);
    await send(grace, "by polling");
    await message(hedy, "by polling").waitFor();
    await context.close();
  }],

  ["a room of somebody else's is refused in words", async () => {
    await ada.getByLabel("Room to join").fill("@everyone");
    await ada.getByRole("button", { name: "Join", exact: true }).click();
    await ada.getByRole("alert").filter({ hasText: "begin with '@'" }).waitFor();
    forgive("status of 403");
  }],

  ["on a phone nothing is wider than the view", async () => {
    const page = await phone.newPage();
    await page.goto(address);
    await page.getByLabel("Your name").fill("w".repeat(64));
    await hasNoHorizontalScroll(page, "the first page");
    await page.getByRole("button", { name: "Start" }).click();
    await hasState(page, "online · websocket");
    await join(page, "x".repeat(64));
    await send(page, "y".repeat(300));
    await message(page, "y".repeat(300)).waitFor();
    await hasNoHorizontalScroll(page, "the room");
    await page.getByText("Details of this connection").tap();
    await hasNoHorizontalScroll(page, "the details");
    await toggle(page, "Go offline");
    await hasNoHorizontalScroll(page, "the page offline");
  }],
];

/** A refused call is an error line in Chromium's console, whatever the page makes of it. */
function forgive(text) {
  const index = complaints.findIndex((line) => line.includes(text));
  assert.ok(index >= 0, `no console line about '${text}'`);
  complaints.splice(index, 1);
}

try {
  for (const [name, work] of story) {
    await step(name, work);
    assert.deepEqual(complaints, [], `complaints of the browser after '${name}'`);
  }
} catch (failure) {
  console.error(failure);
  for (const context of browser.contexts()) {
    for (const page of context.pages()) {
      console.error(`--- ${page.url()}\n${await page.locator("body").innerText().catch(String)}`);
    }
  }
  process.exitCode = 1;
} finally {
  await browser.close();
}
