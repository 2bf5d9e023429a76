// What every browser test needs: a product to visit, a browser to visit it with, somebody of the staff.
//
//   KELIU_URL            a running product; or
//   KELIU_BIN            a built one, which is started here with data of its own
//   KELIU_DEMO_PASSWORD  of the demo staff, where KELIU_URL is given
//   KELIU_SCREENSHOTS    a folder for pictures of what was tested
//   CHROMIUM             the browser, /usr/bin/chromium by default
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const { CHROMIUM = "/usr/bin/chromium" } = process.env;
const password = process.env.KELIU_DEMO_PASSWORD ?? randomUUID();

export const desktop = { viewport: { width: 1440, height: 900 } };
export const phone = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};

/** Settings of a product to which nobody comes by themselves: no simulated network writes to it. */
export const quiet = {
  KELIU_DOUYIN_API: "http://127.0.0.1:9",
  KELIU_DOUYIN_CLIENT_KEY: "console",
  KELIU_DOUYIN_CLIENT_SECRET: "a secret of the tests",
};

/** Starts the product; resolves to its address and a function that ends it. */
export async function startProduct(settings = {}) {
  const { KELIU_URL, KELIU_BIN } = process.env;
  if (KELIU_URL) return { url: KELIU_URL.replace(/\/$/, ""), password, close: async () => {} };
  assert.ok(KELIU_BIN, "KELIU_BIN names no product");
  const data = await mkdtemp(join(tmpdir(), "keliu-console-"));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  const demo = { KELIU_DEMO: "true", KELIU_DEMO_PASSWORD: password, ...settings };
  const env = { ...process.env, ...demo, KELIU_LISTEN: listen, KELIU_DATA: data };
  const child = spawn(KELIU_BIN, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
  const close = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    if (child.exitCode === null && child.kill("SIGTERM")) await ended;
    await rm(data, { recursive: true, force: true });
  };
  try {
    await eventually(async () => assert.equal((await fetch(`${url}/readyz`)).status, 200), 30_000);
  } catch (err) {
    await close();
    throw err;
  }
  return { url, password, close };
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

const logins = new Map();

/** The token of somebody of the demo staff, who logs in once: whoever tries too often has to wait. */
async function loginOf(url, user, fresh = false) {
  const key = `${url} ${user}`;
  if (fresh || !logins.has(key)) {
    const body = JSON.stringify({ user, password });
    const headers = { "Content-Type": "application/json" };
    const response = await fetch(`${url}/api/v1/staff/login`, { method: "POST", headers, body });
    assert.equal(response.status, 200, await response.clone().text());
    const { token } = await response.json();
    if (fresh) return token;
    logins.set(key, token);
  }
  return logins.get(key);
}

/** Logs somebody of the demo staff in, anew when that is asked for, and opens a page; leave() fails on any error of a script. */
export async function visit(
  browser,
  url,
  user,
  path = "/",
  { lang = "zh", scheme = "light", fresh = false, ...device } = desktop,
) {
  const locale = lang === "zh" ? "zh-CN" : "en-US";
  const context = await browser.newContext({
    locale,
    colorScheme: scheme,
    reducedMotion: "reduce",
    ...device,
  });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (err) => errors.push(err));
  page.on("console", (m) => /Content Security Policy/.test(m.text()) && errors.push(m.text()));
  if (user) {
    const value = await loginOf(url, user, fresh);
    await context.addCookies([{ name: "keliu_staff", value, url, httpOnly: true, sameSite: "Strict" }]);
  }
  await page.goto(url + path);
  const leave = async () => {
    await context.close();
    assert.deepEqual(errors, [], "errors of scripts");
  };
  return { context, page, leave };
}

/** Calls the API as somebody of the demo staff. */
export async function staffOf(url, user) {
  const token = await loginOf(url, user);
  const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
  const call = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${await response.clone().text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  return { token, call };
}

/** A customer who writes through the widget's API. */
export async function customerOf(url) {
  const post = async (path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json();
  };
  const { token, conversation } = await post("/api/v1/web/sessions", {});
  const headers = { Authorization: `Bearer ${token}` };
  const say = (text, pictures) => post("/api/v1/web/messages", { text, pictures }, headers);
  const upload = async (body, type) => {
    const response = await fetch(`${url}/api/v1/web/pictures`, {
      method: "POST",
      headers: { ...headers, "Content-Type": type },
      body,
    });
    assert.ok(response.ok, `picture: ${response.status}`);
    return (await response.json()).picture.id;
  };
  return { conversation, say, upload };
}

/** Fails on what axe finds serious. */
export async function accessible(page) {
  const { default: axe } = await import("axe-core");
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  assert.deepEqual(
    serious.map(
      (v) =>
        `${v.id}: ${v.nodes
          .map((n) => n.target.join(" "))
          .slice(0, 3)
          .join(" | ")}`,
    ),
    [],
  );
}

/** Keeps a picture where pictures are wanted. */
export async function shot(page, name) {
  const folder = process.env.KELIU_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** Waits until a check passes. */
export async function eventually(check, patience = 10_000) {
  for (const end = Date.now() + patience; ; ) {
    try {
      return await check();
    } catch (err) {
      if (Date.now() > end) throw err;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What Douyin tells of somebody, as its signed webhook. */
export async function hook(url, event, from, content) {
  const body = JSON.stringify({
    event,
    client_key: quiet.KELIU_DOUYIN_CLIENT_KEY,
    from_user_id: from,
    to_user_id: "our_account",
    content: JSON.stringify(content),
    log_id: "l",
  });
  const signature = createHash("sha1")
    .update(quiet.KELIU_DOUYIN_CLIENT_SECRET + body)
    .digest("hex");
  const headers = {
    "Content-Type": "application/json",
    "X-Douyin-Signature": signature,
    "Msg-Id": randomUUID(),
  };
  const response = await fetch(`${url}/hooks/douyin`, { method: "POST", headers, body });
  assert.equal(response.status, 200, await response.text());
}
