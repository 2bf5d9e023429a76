// The frame around the staff's pages: who may come in, and where to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { accessible, desktop, phone, shot, startBrowser, startProduct, visit } from "./harness.mjs";
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
  const same = kept === (await schemaOf(product.url));
  assert.ok(same, "src/api/schema.ts differs from /openapi.json: run `make types`");
});

for (const [lang, scheme, device, name] of [
  ["zh", "light", desktop, "desktop"],
  ["en", "dark", phone, "phone"],
]) {
  test(`whoever is not logged in logs in, and comes back (${lang}, ${scheme}, ${name})`, async () => {
    const { page, leave } = await visit(browser, product.url, undefined, "/inbox?tab=queue", {
      lang,
      scheme,
      ...device,
    });
    const enter = page.getByRole("button", { name: lang === "zh" ? /登\s*录/ : "Log in" });
    const password = page.getByLabel(lang === "zh" ? "密码" : "Password", { exact: true });
    await page.getByLabel(lang === "zh" ? "账号" : "Account").fill("agent");
    await password.fill("a guess");
    await enter.click();
    await page.getByRole("alert").waitFor();
    await accessible(page);
    await shot(page, `login-${lang}-${name}`);
    await password.fill(product.password);
    await enter.click();
    await page.getByText(lang === "zh" ? "没有人排队。" : "Nobody is waiting.").waitFor();
    assert.match(page.url(), /\/inbox\?tab=queue$/);
    await leave();
  });
}

test("the login ends with the log-out, in every tab that asks anything", async () => {
  const { page, context, leave } = await visit(browser, product.url, "agent", "/inbox", {
    ...desktop,
    fresh: true,
  });
  const other = await context.newPage();
  await other.goto(`${product.url}/inbox`);
  await other.getByRole("region", { name: "会话列表" }).waitFor();
  await page.getByRole("button", { name: /我的账号/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByLabel("账号").waitFor();
  await other.getByText("已结束").first().click();
  await other.getByLabel("账号").waitFor();
  await leave();
});

test("a page that is none, and one that the role may not open, say so", async () => {
  const { page, leave } = await visit(browser, product.url, "agent", "/nothing/here");
  await page.getByText("页面不存在").waitFor();
  await accessible(page);
  await leave();
  const marketing = await visit(browser, product.url, "marketing", "/inbox");
  await marketing.page.getByText("没有权限").waitFor();
  await accessible(marketing.page);
  await marketing.leave();
});

test("the language changes at once, and the API answers in it", async () => {
  const { page, leave } = await visit(browser, product.url, "agent", "/inbox");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("link", { name: "Workbench" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  await page.goto(`${product.url}/inbox/c_none`);
  await page.getByText("No such page").waitFor();
  await leave();
});

test("the look is chosen and stays chosen", async () => {
  const { page, leave } = await visit(browser, product.url, "agent", "/inbox");
  await page.getByRole("button", { name: /我的账号/ }).click();
  await page.getByRole("menuitem", { name: "外观" }).click();
  await page.getByRole("menuitem", { name: "深色" }).click();
  await page.reload();
  await page.getByRole("region", { name: "会话列表" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.style.colorScheme), "dark");
  await leave();
});

test("on a phone the navigation is one tap away, and nothing is wider than the screen", async () => {
  const { page, leave } = await visit(browser, product.url, "admin", "/inbox", phone);
  await page.getByRole("button", { name: "打开导航" }).click();
  const navigation = page.getByRole("navigation", { name: "导航" });
  await navigation.getByRole("link", { name: "工作台" }).click();
  await navigation.waitFor({ state: "hidden" });
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    "wider than the screen",
  );
  await leave();
});

test("the workbench's first load is small", async () => {
  const { page, context, leave } = await visit(browser, product.url, "agent", "/login");
  await page.getByLabel("账号").waitFor();
  let bytes = 0;
  await context.route("**", (route) => route.continue()); // which keeps the browser from using what it has
  page.on("response", (response) => {
    if (/\/(assets\/|inbox)/.test(response.url())) bytes += Number(response.headers()["content-length"] ?? 0);
  });
  await page.goto(`${product.url}/inbox`);
  await page.getByRole("region", { name: "会话列表" }).waitFor();
  await page.waitForLoadState("networkidle");
  console.log(`# first load of the workbench: ${Math.round(bytes / 1024)} KiB over the wire`);
  assert.ok(bytes > 50 * 1024, "nothing was measured");
  assert.ok(bytes <= 400 * 1024, `${bytes} bytes`);
  await leave();
});
