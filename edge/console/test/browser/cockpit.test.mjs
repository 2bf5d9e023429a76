// The cockpit in a browser: figures that move while one looks, filters in the address, the wall, and what is taken home.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import {
  accessible,
  customerOf,
  desktop,
  eventually,
  phone,
  shot,
  staffOf,
  startBrowser,
  startProduct,
  visit,
} from "./harness.mjs";

// A range that does not move while one looks: today, in the browser's zone.
const date = new Date();
const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
  .map((n) => String(n).padStart(2, "0"))
  .join("-");
const today = `from=${day}&to=${day}`;

let product;
let browser;
before(async () => {
  product = await startProduct({ KELIU_WEB_RATE: "100" });
  browser = await startBrowser();
  for (let n = 0; n < 6; n++) {
    const customer = await customerOf(product.url);
    await customer.say("怎么开发票");
    if (n % 2) await customer.say("转人工");
  }
});
after(async () => {
  await browser?.close();
  await product?.close();
});

const open = (path, device = desktop, who = "executive") => visit(browser, product.url, who, path, device);
const tile = (page, key) => page.locator(`[data-metric="${key}"]`);
const number = async (page, key) =>
  Number((await tile(page, key).locator("strong").innerText()).replaceAll(",", ""));

test("a message sent in the widget moves the number within two seconds, ten times", async () => {
  const { page, leave } = await open(`/cockpit?${today}`);
  await tile(page, "customer_messages").waitFor();
  const customer = await customerOf(product.url);
  const waits = [];
  for (let n = 0; n < 10; n++) {
    await eventually(async () => assert.equal(await page.evaluate(() => document.hidden), false));
    const was = await number(page, "customer_messages");
    const sent = Date.now();
    await customer.say("快递到哪了");
    await eventually(async () => assert.equal(await number(page, "customer_messages"), was + 1), 5000);
    waits.push(Date.now() - sent);
  }
  waits.sort((a, b) => a - b);
  console.log(
    `# message in the widget to the cockpit's number: median ${waits[4]} ms, worst ${waits.at(-1)} ms`,
  );
  assert.ok(waits.at(-1) <= 2000, `${waits.at(-1)} ms`);
  await leave();
});

test("range and channel stand in the address, and the way back keeps them", async () => {
  const { page, leave } = await open(`/cockpit?${today}`);
  await tile(page, "sessions").waitFor();
  const executive = await staffOf(product.url, "executive");
  const from = new Date(`${day}T00:00:00`).getTime();
  const query = `from=${from}&to=${from + 86_400_000}&channel=app`;
  const { metrics } = await executive.call("GET", `/api/v1/cockpit?${query}`);
  const inApp = metrics.find((m) => m.key === "sessions").value;
  assert.ok((await number(page, "sessions")) >= inApp + 6, "sessions of all channels");
  await page.getByRole("combobox", { name: "渠道" }).click();
  await page.locator(".ant-select-item-option", { hasText: "App" }).click();
  await page.waitForURL(/channel=app/);
  await eventually(async () => assert.equal(await number(page, "sessions"), inApp));
  await tile(page, "sessions").click();
  await page.getByRole("heading", { name: "会话量", level: 1 }).waitFor();
  assert.ok(page.url().endsWith(`/cockpit/metrics/sessions?${today}&channel=app`), page.url());
  await page.getByRole("link", { name: "返回总览" }).click();
  await eventually(async () => assert.equal(await number(page, "sessions"), inApp));
  await page.reload();
  await eventually(async () => assert.equal(await number(page, "sessions"), inApp));
  await page.getByText("7 天", { exact: true }).click();
  await page.waitForURL((url) => url.search === "?channel=app&range=7d");
  await leave();
});

test("a metric in full says exactly what it is, with the query that was worked out", async () => {
  const { page, leave } = await open("/cockpit/metrics/net_self_service?range=1h", {
    ...desktop,
    lang: "en",
  });
  await page.getByRole("heading", { name: "Net self-service rate", level: 1 }).waitFor();
  await page.getByText("sum(session_contained) / (sum(session_assisted) + sum(session_contained))").waitFor();
  await page.locator("[role=img] canvas").waitFor();
  await accessible(page);
  await shot(page, "cockpit-metric-en");
  await leave();
});

test("the query names the filters that it is worked out with, and what they do not apply to says so", async () => {
  const { page, leave } = await open(`/cockpit?${today}&channel=web`);
  await tile(page, "live_sessions").getByText("此指标不分当前筛选项").waitFor();
  await page.getByRole("combobox", { name: "坐席" }).click();
  await page.locator(".ant-select-item-option").nth(1).click();
  await page.waitForURL(/agent=/);
  await tile(page, "sessions").getByText("此指标不分当前筛选项").waitFor();
  await tile(page, "handle_time_mean").press("Enter");
  await page.getByText(/sum\(handle_time, channel=web, agent=\w+\)/).waitFor();
  await leave();
});

test("another statistic of a duration is one step away", async () => {
  const { page, leave } = await open(`/cockpit/metrics/first_reply_p50?${today}`);
  await page.getByRole("link", { name: "首次响应·工作时间 P90" }).click();
  await page.getByRole("heading", { name: "首次响应·工作时间 P90", level: 1 }).waitFor();
  await page.getByText("p90(first_reply_any_worktime) × 0.001").waitFor();
  await accessible(page);
  await leave();
});

test("what is not measured is said, with the reason", async () => {
  const { page, leave } = await open(`/cockpit?${today}`);
  await page.getByText(/尚未测量的 \d+ 项/).click();
  await page.getByText("还没有评判模型来核实客户的需求是否被满足。").waitFor();
  await accessible(page);
  await leave();
});

const saved = async (page, button) => {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), body: await readFile(await download.path()) };
};
const isPNG = (body) => body.subarray(0, 8).equals(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));

test("a chart goes home as a picture and as a table, the page as a picture", async () => {
  const { page, leave } = await open(`/cockpit/metrics/customer_messages?${today}`);
  await page.locator("[role=img] canvas").waitFor();
  const chart = await saved(page, page.getByRole("button", { name: "PNG" }));
  assert.match(chart.name, /^customer_messages-\d{4}-\d\d-\d\d\.png$/);
  assert.ok(isPNG(chart.body) && chart.body.length > 5000, `${chart.body.length} bytes`);
  const table = await saved(page, page.getByRole("button", { name: "CSV" }));
  const rows = table.body
    .toString("utf8")
    .replace(/^\ufeff+/, "")
    .split("\r\n");
  assert.match(rows[0], /^时间,客户消息量/);
  const sum = rows.slice(1).reduce((all, row) => all + Number(row.split(",")[1] || 0), 0);
  assert.equal(sum, Number((await page.locator("strong").first().innerText()).replaceAll(",", "")));
  await page.getByRole("link", { name: "返回总览" }).click();
  await tile(page, "sessions").waitFor();
  const whole = await saved(page, page.getByRole("button", { name: "PNG" }));
  assert.ok(isPNG(whole.body) && whole.body.length > 20_000, `${whole.body.length} bytes`);
  const all = await saved(page, page.getByRole("button", { name: "CSV" }));
  const [head, ...lines] = all.body
    .toString("utf8")
    .replace(/^\ufeff+/, "")
    .trim()
    .split("\n");
  assert.match(head, /^key,row,name,unit,value,previous/);
  const keys = new Set(lines.map((l) => l.split(",")[0]));
  const tiles = await page.locator("[data-metric]").evaluateAll((all) => all.map((e) => e.dataset.metric));
  assert.ok(keys.size === lines.length && tiles.every((key) => keys.has(key)), `${tiles} of ${[...keys]}`);
  const line = lines.find((l) => l.startsWith("customer_messages,"));
  assert.equal(Number(line.split(",")[4]), await number(page, "customer_messages"));
  assert.equal(line.split(",")[2], "客户消息量");
  await leave();
});

test("a target that is set is shown, and what is worse than its alarm raises one, live", async () => {
  const watcher = await open(`/cockpit?${today}`);
  await tile(watcher.page, "customer_messages").waitFor();
  const { page, leave } = await open(`/cockpit/metrics/customer_messages?${today}`, desktop, "admin");
  await page.getByLabel("目标", { exact: true }).fill("1");
  await page.getByLabel("警戒线", { exact: true }).fill("2");
  await page.getByRole("button", { name: /保\s*存/ }).click();
  await page.getByText("已保存").waitFor();
  await page.getByText(/越过警戒线 · 目标 1/).waitFor();
  await (await customerOf(product.url)).say("快递到哪了");
  const alarm = watcher.page.getByRole("status").filter({ hasText: /项指标越过警戒线.*客户消息量/ });
  await alarm.waitFor();
  await accessible(watcher.page);
  await shot(watcher.page, "cockpit-alarm");
  await watcher.leave();
  const wall = await open(`/cockpit/wall?${today}`, { viewport: { width: 1920, height: 1080 } });
  await wall.page
    .getByRole("status")
    .filter({ hasText: /项指标越过警戒线.*客户消息量/ })
    .waitFor();
  await accessible(wall.page);
  await shot(wall.page, "cockpit-wall-alarm");
  await wall.leave();
  const list = await open("/cockpit/alarms", phone);
  const row = list.page.getByRole("row").filter({ hasText: "客户消息量" });
  await row.filter({ hasText: "仍在告警" }).waitFor();
  await accessible(list.page);
  await shot(list.page, "cockpit-alarms-phone");
  await page.getByLabel("目标", { exact: true }).fill("");
  await page.getByLabel("警戒线", { exact: true }).fill("");
  await page.getByRole("button", { name: /保\s*存/ }).click();
  await page.getByText(/越过警戒线/).waitFor({ state: "detached" });
  await list.page.reload();
  await row.first().waitFor();
  assert.equal(await row.filter({ hasText: "仍在告警" }).count(), 0, "the alarm has not ended");
  await list.leave();
  await accessible(page);
  await leave();
});

test("a metric is split by channel: the parts are those of the whole", async () => {
  const { page, leave } = await open(`/cockpit/metrics/customer_messages?${today}`);
  await page.locator("[role=img] canvas").waitFor();
  await page.getByText("按渠道", { exact: true }).click();
  await eventually(async () => {
    const { body } = await saved(page, page.getByRole("button", { name: "CSV" }));
    const [head, ...rows] = body
      .toString("utf8")
      .replace(/^\ufeff+/, "")
      .split("\r\n");
    assert.match(head, /^时间,.*网页/);
    const values = rows.flatMap((row) => row.split(",").slice(1).map(Number));
    const sum = values.reduce((all, value) => all + value, 0);
    assert.equal(sum, Number((await page.locator("strong").first().innerText()).replaceAll(",", "")));
  });
  await leave();
});

test("the wall takes the whole screen, shows what was chosen, and moves by itself", async () => {
  const { page, leave } = await open(`/cockpit/wall?${today}&show=customer_messages,sessions`, {
    viewport: { width: 1920, height: 1080 },
  });
  await tile(page, "customer_messages").waitFor();
  assert.equal(await page.locator("[data-metric]").count(), 2);
  assert.equal(await page.getByRole("navigation").count(), 0);
  const size = await tile(page, "sessions")
    .locator("strong")
    .evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  assert.ok(size >= 64, `${size} px cannot be read from afar`);
  const was = await number(page, "customer_messages");
  await (await customerOf(product.url)).say("快递到哪了");
  await eventually(async () => assert.equal(await number(page, "customer_messages"), was + 1), 2000);
  await accessible(page);
  await shot(page, "cockpit-wall");
  await page.getByRole("link", { name: "退出大屏" }).click();
  await page.getByRole("navigation").waitFor();
  assert.ok(page.url().endsWith(`/cockpit?${today}`), page.url());
  await leave();
});

for (const [lang, scheme, device, name] of [
  ["zh", "light", desktop, "desktop"],
  ["en", "dark", phone, "phone"],
  ["en", "light", desktop, "desktop"],
  ["zh", "light", phone, "phone"],
]) {
  test(`the overview reads well and fits (${lang}, ${scheme}, ${name})`, async () => {
    const { page, leave } = await open("/cockpit?range=24h", { ...device, lang, scheme });
    await tile(page, "sessions").waitFor();
    assert.ok((await page.locator("[data-metric]").count()) >= 30);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} pixels wider than the screen`);
    await accessible(page);
    await shot(page, `cockpit-${lang}-${name}`);
    await page.getByText(lang === "zh" ? "自定义" : "Custom", { exact: true }).click();
    await page.locator(".ant-picker-range").click();
    const days = await page.locator(".ant-picker-panels").boundingBox();
    assert.ok(days.x >= 0 && days.x + days.width <= device.viewport.width, "days off the screen");
    await leave();
  });
}

test("a metric in full fits a phone", async () => {
  const { page, leave } = await open(`/cockpit/metrics/customer_messages?${today}`, phone);
  await page.locator("[role=img] canvas").waitFor();
  for (const box of await page.locator(".ant-segmented, .ant-card").all()) {
    const { x, width } = await box.boundingBox();
    assert.ok(x >= 0 && x + width <= phone.viewport.width, `${x} + ${width}`);
  }
  await accessible(page);
  await shot(page, "cockpit-metric-phone");
  await leave();
});

test("whoever may not see the figures is told so", async () => {
  const { page, leave } = await open("/cockpit", desktop, "agent");
  await page.getByText("没有权限").waitFor();
  await leave();
});
