// How fast the workbench is: a long list, and a message on its way. Figures are printed, and judged elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { customerOf, eventually, staffOf, startBrowser, startProduct, visit } from "./harness.mjs";

const open = 1000; // conversations
const messages = 60;

let product;
let browser;
let agent;
before(async () => {
  product = await startProduct({ KELIU_WEB_RATE: "100" });
  browser = await startBrowser();
  agent = await staffOf(product.url, "agent");
});
after(async () => {
  await browser?.close();
  await product?.close();
});

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];

test(`a message of a customer stands on the agent's screen; ${messages} of them, one after the other`, async () => {
  const customer = await customerOf(product.url);
  await customer.say("转人工");
  await eventually(() => agent.call("POST", `/api/v1/conversations/${customer.conversation}/accept`));
  const { page, leave } = await visit(
    browser,
    product.url,
    "agent",
    `/inbox/${customer.conversation}?tab=open`,
  );
  await page.getByRole("log").getByText("转人工").first().waitFor();
  // The page notes when it first shows a text: both clocks are the same machine's.
  await page.evaluate(() => {
    globalThis.shown = {};
    const log = document.querySelector("[role=log]");
    new MutationObserver(() => {
      const at = Date.now();
      for (const [, n] of log.innerText.matchAll(/第(\d+)句/g)) globalThis.shown[n] ??= at;
    }).observe(log, { childList: true, subtree: true, characterData: true });
  });
  const waits = [];
  for (let n = 1; n <= messages; n++) {
    const sent = Date.now();
    await customer.say(`第${n}句`);
    await page.waitForFunction((n) => globalThis.shown[n], n);
    waits.push((await page.evaluate((n) => globalThis.shown[n], n)) - sent);
  }
  waits.sort((a, b) => a - b);
  const [p50, p95] = [quantile(waits, 0.5), quantile(waits, 0.95)];
  console.log(
    `# message in the widget's API to the agent's screen: p50 ${p50} ms, p95 ${p95} ms, worst ${waits.at(-1)} ms`,
  );
  assert.equal(waits.length, messages);
  await leave();
});

test(`${open} open conversations are listed and scrolled through`, async () => {
  for (let n = 0; n < open; n += 20) {
    await Promise.all(
      Array.from({ length: 20 }, async () => (await customerOf(product.url)).say("怎么开发票")),
    );
  }
  await eventually(async () => {
    const counts = await agent.call("GET", "/api/v1/conversations/counts");
    assert.ok(counts.open >= open, `${counts.open} are open`);
  }, 60_000);
  const { page, leave } = await visit(browser, product.url, "agent", "/inbox?tab=open");
  const list = page.getByRole("region", { name: "会话列表" });
  await list.getByRole("link").first().waitFor();
  const drawn = await list.getByRole("link").count();
  assert.ok(drawn < 60, `${drawn} rows are in the page`);
  const frames = await page.evaluate(async () => {
    const box = document.querySelector("ul[aria-label$='个会话']").parentElement;
    const times = [];
    let last = performance.now();
    for (let top = 0; top < box.scrollHeight - box.clientHeight; top += 160) {
      box.scrollTop = top;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return { times: times.sort((a, b) => a - b), end: box.scrollTop, height: box.scrollHeight };
  });
  assert.ok(frames.height >= open * 64, `${frames.height} pixels`);
  assert.ok(frames.end > frames.height * 0.95, `${frames.end} of ${frames.height}`);
  const [p50, p95] = [quantile(frames.times, 0.5), quantile(frames.times, 0.95)].map((ms) => ms.toFixed(1));
  console.log(`# ${frames.times.length} frames through ${open} rows: p50 ${p50} ms, p95 ${p95} ms`);
  // What comes in is seen at the top of the list although nobody asks.
  const customer = await customerOf(product.url);
  await customer.say("气死我了，我要投诉，转人工");
  await page.evaluate(() => {
    document.querySelector("ul[aria-label$='个会话']").parentElement.scrollTop = 0;
  });
  await page.locator(`a[href*="${customer.conversation}"]`).waitFor();
  await leave();
});
