// The frame around the staff's pages: who may come in, and where to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import {
  accessible,
  desktop,
  eventually,
  phone,
  shot,
  startBrowser,
  startProduct,
  visit,
} from "./harness.mjs";
import { schemaOf } from "./schema.mjs";

let product;
let browser;
before(async () => {
  product = await startProduct();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await product?.close();
});

test("the types are those of the product's API", async () => {
  const kept = await readFile(new URL("../../src/api/schema.ts", import.meta.url), "utf8");
  assert.ok(
    kept === (await schemaOf(product.url)),
    "src/api/schema.ts differs from /openapi.json: run `make types`",
  );
});

for (const [lang, device, name] of [
  ["zh", desktop, "desktop"],
  ["en", phone, "phone"],
]) {
  test(`whoever is not logged in sees the login (${lang}, ${name})`, async () => {
    const { page, leave } = await visit(browser, product.url, undefined, "/cockpit", { lang, ...device });
    const submit = page.getByRole("button", { name: lang === "zh" ? /登\s*录/ : "Log in" });
    await submit.waitFor();
    await page.getByLabel(lang === "zh" ? "账号" : "User").fill("executive");
    await page.getByLabel(lang === "zh" ? "密码" : "Password", { exact: true }).fill("a guess");
    await submit.click();
    await page.getByRole("alert").waitFor();
    await accessible(page);
    await shot(page, `login-${lang}-${name}`);
    await leave();
  });
}

const open = {
  agent: ["工作台", "知识库"],
  marketing: ["驾驶舱", "营销", "知识库"],
  compliance: ["工作台", "驾驶舱", "营销", "规则", "审计", "知识库", "人员"],
  executive: ["驾驶舱", "营销"],
  admin: ["工作台", "驾驶舱", "营销", "规则", "审计", "知识库", "人员", "渠道", "设置"],
};
for (const [role, names] of Object.entries(open)) {
  test(`${role} is shown what the rules open, and nothing else`, async () => {
    const { page, leave } = await visit(browser, product.url, role);
    const links = page.getByRole("navigation").getByRole("link");
    await links.first().waitFor();
    assert.deepEqual(await links.allInnerTexts(), names);
    await leave();
  });
}

test("an address that the role may not open says so", async () => {
  const { page, leave } = await visit(browser, product.url, "agent", "/policies");
  await page.getByText("没有权限").waitFor();
  await accessible(page);
  await leave();
});

test("the language changes at once, and the API answers in it", async () => {
  const { page, leave } = await visit(browser, product.url, "executive", "/marketing");
  await page.getByRole("button", { name: "账号" }).click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await page.getByRole("link", { name: "Marketing" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await leave();
});

test("on a phone the navigation is one tap away", async () => {
  const { page, leave } = await visit(browser, product.url, "admin", "/audit", phone);
  await page.getByRole("button", { name: "打开菜单" }).click();
  await page.getByRole("link", { name: "知识库" }).click();
  await eventually(() => assert.match(page.url(), /\/knowledge$/));
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    "wider than the screen",
  );
  await leave();
});

test("the workbench's first load is small", async () => {
  const { page, context, leave } = await visit(browser, product.url, "agent", "/login");
  await page.getByRole("navigation").waitFor();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  session.on("Network.loadingFinished", (e) => {
    bytes += e.encodedDataLength;
  });
  await page.goto(`${product.url}/inbox`, { waitUntil: "networkidle" });
  console.log(`# first load of the workbench: ${Math.round(bytes / 1024)} KiB over the wire`);
  assert.ok(bytes <= 400 * 1024, `${bytes} bytes`);
  await leave();
});
