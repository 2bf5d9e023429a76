// What every browser test needs: a product to visit, a browser to visit it with, and the widget's words.
//
//   KELIU_URL          a running product; or
//   KELIU_BIN          a built one, which is started here with data of its own; without both, the mock
//   KELIU_DEMO_PASSWORD  of the demo staff, where KELIU_URL is given
//   KELIU_SCREENSHOTS  a folder for pictures of what was tested
//   CHROMIUM           the browser, /usr/bin/chromium by default
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { chromium } from "playwright-core";
import { startMock } from "../mock.mjs";

const { KELIU_URL, KELIU_BIN, KELIU_SCREENSHOTS, CHROMIUM = "/usr/bin/chromium" } = process.env;
const password = process.env.KELIU_DEMO_PASSWORD ?? randomUUID();

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};

/**
 * Starts what is tested; resolves to its address and a function that ends it. A product that was started here can be
 * killed and started again on the same data, too.
 */
export async function startProduct() {
  if (KELIU_URL) return { url: KELIU_URL.replace(/\/$/, ""), close: async () => {} };
  if (!KELIU_BIN) return startMock();
  const data = await mkdtemp(join(tmpdir(), "keliu-widget-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const demo = { KELIU_DEMO: "true", KELIU_DEMO_PASSWORD: password };
  const env = { ...process.env, ...demo, KELIU_LISTEN: listen, KELIU_DATA: data };
  let child;
  const stop = async (signal) => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode === null && child.kill(signal)) await ended;
  };
  const start = async () => {
    child = spawn(KELIU_BIN, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
    await eventually(async () => assert.equal((await fetch(`${url}/readyz`)).status, 200), 30_000);
  };
  const close = async () => {
    await stop("SIGTERM");
    await rm(data, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (err) {
    await close();
    throw err;
  }
  return { url, close, kill: () => stop("SIGKILL"), start };
}

export function startBrowser() {
  const quiet = [
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** Opens the demo shop as a new visitor, and fails the test on any error of a script. */
export async function visit(browser, url, { lang = "zh", ...device } = desktop) {
  const context = await browser.newContext({ locale: lang === "zh" ? "zh-CN" : "en-US", ...device });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (err) => errors.push(err));
  await page.goto(`${url}/demo`);
  await page.locator(".launcher").waitFor();
  const leave = async () => {
    await context.close();
    assert.deepEqual(errors, [], "errors of scripts");
  };
  return { context, page, leave, chat: chatOn(page) };
}

/** The widget on a page, by what a customer sees of it. */
export function chatOn(page) {
  const chat = {
    launcher: page.locator(".launcher"),
    window: page.getByRole("dialog"),
    input: page.locator("keliu-chat textarea"),
    log: page.getByRole("log"),
    person: page.getByRole("button", { name: /转人工客服|Talk to a person/ }).first(),
    queue: page.locator(".queue:not(.hidden)"),
    mine: page.locator(".by-customer"),
    replies: page.locator('[role="log"] .by-ai'),
    open: async () => {
      await chat.launcher.click();
      await chat.window.waitFor();
    },
    say: async (text) => {
      await chat.input.fill(text);
      await chat.input.press("Enter");
    },
    /** Says something and waits until the AI has answered; resolves to the answer's text. */
    ask: async (text) => {
      const before = await chat.replies.count();
      await chat.say(text);
      await eventually(async () => assert.ok((await chat.replies.count()) > before, `no answer to ${text}`));
      return chat.replies.last().innerText();
    },
    delivered: async (text, times = 1) => {
      await eventually(async () => {
        assert.equal(await page.locator(".by-customer.is-said", { hasText: text }).count(), times);
        assert.equal(await page.locator(".by-customer:not(.is-said)").count(), 0);
      });
    },
  };
  return chat;
}

/** Logs in on the demo shop as its first member; resolves to the member's name. */
export async function logIn(page) {
  await page.locator("#account summary").click();
  const member = page.locator("#members button").first();
  const name = await member.evaluate((button) => button.firstChild.textContent);
  await member.click();
  await eventually(async () => assert.equal(await page.locator("#who").innerText(), name));
  return name;
}

/** Logs in as one of the staff; resolves to a function that makes their calls. */
export async function staffOf(url) {
  const call = async (token, path, body) => {
    const headers = {
      "Content-Type": "application/json",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    };
    const response = await fetch(`${url}/api/v1${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.status === 204 ? undefined : response.json();
  };
  const { token } = await call(undefined, "/staff/login", { user: "agent", password });
  return (path, body) => call(token, path, body);
}

/** The conversation that a page's widget shows. */
export function conversationOf(page) {
  return page.evaluate(() => JSON.parse(localStorage.getItem("keliu.session")).conversation);
}

/** Repeats a check until it passes. */
export async function eventually(check, patience = 15_000) {
  for (const end = Date.now() + patience; ; ) {
    try {
      return await check();
    } catch (err) {
      if (Date.now() > end) throw err;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

export async function shot(page, name) {
  if (!KELIU_SCREENSHOTS) return;
  await mkdir(KELIU_SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(KELIU_SCREENSHOTS, `${name}.png`), animations: "disabled" });
}

/** A PNG of one colour. */
export function png(width, height) {
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, "\x2f\x8f\x66", "latin1")]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // 8 bits, RGB
  const chunks = [
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(Array(height).fill(line)))),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...chunks]);
}

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, "latin1"), body]);
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), body.length + 8);
  return out;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await new Promise((resolve) => {
      const server = createServer();
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
