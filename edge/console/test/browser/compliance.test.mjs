// Compliance in a browser: a kind of data is opened to a role, tried, published and taken back, and the trail shows it.
import assert from "node:assert/strict";
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

const number = "13800138000";

let product;
let browser;
let customer;
before(async () => {
  product = await startProduct({ KELIU_WEB_RATE: "100" });
  browser = await startBrowser();
  customer = await customerOf(product.url);
  await customer.say(`我的手机号是 ${number}`);
  await customer.say("转人工");
});
after(async () => {
  await browser?.close();
  await product?.close();
});

const open = (path, device = desktop, who = "compliance") => visit(browser, product.url, who, path, device);
const item = (page, name) =>
  page.locator(".ant-select-dropdown:visible").getByText(name, { exact: true }).first();

test("a number is opened to agents, tried, published, seen within a second, and closed again", async () => {
  const bench = await open(`/inbox/${customer.conversation}`, desktop, "agent");
  const log = bench.page.getByText("我的手机号是").last();
  await log.waitFor();
  const seen = bench.page.getByText(number);
  assert.equal(await seen.count(), 0, "the number is masked at first");

  const { page, leave } = await open("/");
  await page.waitForURL(/\/policies/);
  await page.locator('[data-cell="agent mobile"]').click();
  await item(page, "原样").click();
  await page.getByText("草稿改动 1 个文件").waitFor();
  await shot(page, "policies-table-zh");
  await accessible(page);

  await page.getByRole("tab", { name: "测试与回放" }).click();
  await page.getByRole("button", { name: "运行测试" }).click();
  await page.getByText(/全部通过|项未通过/).waitFor();
  assert.match(await page.locator(".ant-alert").first().innerText(), /全部通过/);
  await page.getByRole("button", { name: /^回\s*放$/ }).click();
  await page.getByText(/次会不同/).waitFor();
  assert.doesNotMatch(await page.getByText(/次会不同/).innerText(), /，0 次/);
  await shot(page, "policies-trials-zh");
  await accessible(page);

  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByRole("dialog").getByLabel("说明").fill("旺季回访需要");
  await page.getByRole("button", { name: "立即发布" }).click();
  const sent = Date.now();
  await eventually(async () => assert.ok((await seen.count()) > 0), 5000);
  const waited = Date.now() - sent;
  console.log(`# published rule to the number in an open workbench: ${waited} ms`);
  assert.ok(waited <= 1000, `${waited} ms`);

  await page.getByRole("tab", { name: "历史版本" }).click();
  await page
    .getByRole("button", { name: /^回\s*退$/ })
    .first()
    .click();
  await page.getByRole("dialog").getByLabel("说明").fill("回访结束");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^回\s*退$/ })
    .click();
  await eventually(async () => assert.equal(await seen.count(), 0), 5000);
  await bench.leave();

  await page.goto(`${product.url}/audit`);
  await page.getByText("规则回退").first().waitFor();
  for (const step of ["规则发布", "规则回放", "规则测试", "草稿保存"])
    assert.ok((await page.getByText(step).count()) > 0, step);
  await page.getByRole("button", { name: "校验完整性" }).click();
  await page.getByText(/记录完整/).waitFor();
  await shot(page, "audit-zh");
  await accessible(page);
  await leave();
});

test("broken Rego names its line", async () => {
  const { call } = await staffOf(product.url, "compliance");
  const { sets } = await call("GET", "/api/v1/policies");
  const { files, revision } = sets[0];
  const broken = `${files["may_run.rego"]}\npermit.odd := if {\n`;
  await call("PUT", "/api/v1/policies/draft", {
    base: revision,
    files: { "may_run.rego": broken },
    at: new Date().toISOString(),
  });
  const { page, leave } = await open("/policies?tab=rules");
  await page
    .getByText(/may_run\.rego 第 \d+ 行/)
    .first()
    .waitFor();
  await shot(page, "policies-rules-zh");
  await call("DELETE", "/api/v1/policies/draft");
  await leave();
});

test("a phone shows the table and the trail without scrolling sideways", async () => {
  for (const path of ["/policies", "/audit"]) {
    const { page, leave } = await open(path, { ...phone, lang: "en" });
    await page.locator(".ant-table-row").first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, path);
    await shot(page, `${path.slice(1)}-phone-en`);
    await accessible(page);
    await leave();
  }
});
