// The workbench, as an agent uses it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  accessible,
  customerOf,
  desktop,
  eventually,
  phone,
  quiet,
  shot,
  staffOf,
  startBrowser,
  startProduct,
  visit,
} from "./harness.mjs";

let product;
let browser;
let agent;
let admin;
before(async () => {
  product = await startProduct({ KELIU_WEB_RATE: "100", ...quiet });
  browser = await startBrowser();
  agent = await staffOf(product.url, "agent");
  admin = await staffOf(product.url, "admin");
});
after(async () => {
  await browser?.close();
  await product?.close();
});

const answerBox = (page) => page.getByLabel("回复", { exact: true });
const said = (page) => page.getByRole("log");

/** A customer with whom the agent talks. */
async function talking(text = "我要转人工") {
  const customer = await customerOf(product.url);
  await customer.say(text);
  await eventually(() => agent.call("POST", `/api/v1/conversations/${customer.conversation}/accept`));
  await eventually(async () => {
    const { conversation } = await agent.call("GET", `/api/v1/conversations/${customer.conversation}`);
    assert.equal(conversation.stage, "human");
  });
  return customer;
}

/** What a conversation holds of the people who answer. */
async function answers(conversation) {
  const { messages } = await agent.call("GET", `/api/v1/conversations/${conversation}/messages`);
  return messages.filter((m) => m.by === "human").map((m) => m.text);
}

test("a customer is heard, taken over, answered and closed, by the keyboard alone", async () => {
  const { page, leave } = await visit(browser, product.url, "agent", "/inbox?tab=open");
  const customer = await customerOf(product.url);
  await customer.say("请问怎么开发票，转人工");
  const row = page.locator(`a[href*="${customer.conversation}"]`);
  await row.waitFor(); // without a reload
  await page.keyboard.press("j");
  await eventually(() => assert.match(page.url(), /\/inbox\/c_/));
  await page.goto(`${product.url}/inbox/${customer.conversation}?tab=open`);
  await said(page).getByText("请问怎么开发票").waitFor();
  await page.keyboard.press("a");
  await page.getByText("我 接待中").waitFor();
  await page.keyboard.press("r");
  await answerBox(page).fill("第一行");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("第二行");
  await page.keyboard.press("Enter");
  await said(page).getByText("第二行").waitFor();
  await eventually(async () => assert.deepEqual(await answers(customer.conversation), ["第一行\n第二行"]));
  assert.equal(await answerBox(page).inputValue(), "");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog");
  const summary = dialog.getByLabel("小结");
  await eventually(async () => assert.match(await summary.inputValue(), /第一行/));
  await accessible(page);
  await dialog.getByText("未能解决").click();
  await summary.press("Control+Enter");
  await said(page).getByText("会话已结束（未能解决）").waitFor();
  await page.getByRole("link", { name: "工作台" }).focus();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "键盘快捷键" }).waitFor();
  await accessible(page);
  await shot(page, "shortcuts");
  await leave();
});

test("a draft survives a reload, and stays with its conversation", async () => {
  const [one, two] = [await talking(), await talking()];
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${one.conversation}`);
  await answerBox(page).fill("还没写完");
  await page.goto(`${product.url}/inbox/${two.conversation}`);
  await answerBox(page).waitFor();
  assert.equal(await answerBox(page).inputValue(), "");
  await page.goto(`${product.url}/inbox/${one.conversation}`);
  await page.reload();
  await eventually(async () => assert.equal(await answerBox(page).inputValue(), "还没写完"));
  await leave();
});

test("what could not be sent is kept, and sent once in the end", async () => {
  const customer = await talking();
  const { page, context, leave } = await visit(
    browser,
    product.url,
    "agent",
    `/inbox/${customer.conversation}`,
  );
  const keys = [];
  await context.route("**/messages", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    keys.push(route.request().headers()["idempotency-key"]);
    if (keys.length > 1) return route.continue();
    await route.fetch(); // it arrives, and the answer is lost
    await route.abort();
  });
  await answerBox(page).fill("您好，我在");
  await page.keyboard.press("Enter");
  const again = page.getByRole("button", { name: /重\s*试/ });
  // The message may come over the live line before anybody tries again: then there is nothing left to try.
  await Promise.race([again.click().catch(() => {}), said(page).getByText("您好，我在").first().waitFor()]);
  await eventually(async () => assert.deepEqual(await answers(customer.conversation), ["您好，我在"]));
  assert.ok(keys.every((key) => key && key === keys[0]));
  await leave();
});

test("of two who answer each sees the other before it happens", async () => {
  const customer = await talking();
  const path = `/inbox/${customer.conversation}?tab=open`;
  const mine = await visit(browser, product.url, "agent", path);
  const theirs = await visit(browser, product.url, "admin", path);
  await mine.page.getByText("管理员 也在看这个会话").waitFor();
  await theirs.page.getByText("小禾 也在看这个会话").waitFor();
  await answerBox(mine.page).pressSequentially("我来答");
  await theirs.page.getByText("小禾 正在输入回复").waitFor();
  await answerBox(theirs.page).pressSequentially("我也答");
  await mine.page.getByText("管理员 正在输入回复").waitFor();
  await mine.page.keyboard.press("Enter");
  const sure = mine.page.getByRole("dialog");
  await sure.getByText("管理员 正在回复这位客户").last().waitFor();
  await sure.getByRole("button", { name: "仍然发送" }).click();
  await theirs.page.getByRole("alert").getByText("小禾 刚刚已经回复了客户").waitFor();
  await accessible(theirs.page);
  await shot(theirs.page, "collision");
  await answerBox(theirs.page).press("Enter");
  await theirs.page.getByRole("dialog").getByText("小禾 刚刚已经回复了客户").last().waitFor();
  await theirs.page
    .getByRole("dialog")
    .getByRole("button", { name: /取\s*消/ })
    .click();
  assert.deepEqual(await answers(customer.conversation), ["我来答"]);
  await mine.leave();
  await theirs.leave();
});

test("the AI suggests with its sources: sent as it is, or edited first", async () => {
  const customer = await talking("七天无理由退货的运费谁出？转人工");
  await customer.say("七天无理由退货的运费谁出？");
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${customer.conversation}`);
  const suggestion = page.getByRole("region", { name: "AI 建议" });
  await suggestion.getByText("处依据").waitFor();
  await accessible(page);
  const text = await suggestion.locator("p").innerText();
  await suggestion.getByRole("button", { name: "编辑" }).click();
  assert.equal((await answerBox(page).inputValue()).trim(), text.trim());
  await answerBox(page).fill("");
  await suggestion.getByRole("button", { name: "采用并发送" }).click();
  await eventually(async () => assert.deepEqual(await answers(customer.conversation), [text]));
  await suggestion.waitFor({ state: "hidden" }); // answered
  await leave();
});

test("canned answers are found after a slash, and know the customer", async () => {
  const customer = await talking();
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${customer.conversation}`);
  await answerBox(page).pressSequentially("/感谢");
  await page.getByRole("button", { name: /^感谢/ }).waitFor();
  await page.keyboard.press("Enter");
  assert.match(await answerBox(page).inputValue(), /感谢您的理解/);
  await answerBox(page).fill("/");
  await page.getByRole("button", { name: "管理快捷回复" }).click();
  const dialog = page.getByRole("dialog", { name: "管理快捷回复" });
  await dialog.getByRole("button", { name: "新增" }).click();
  await dialog.getByLabel("标题").fill("试一试");
  await dialog.getByLabel(/^内容/).fill("这是我的回复");
  await accessible(page);
  await dialog.getByRole("button", { name: /保\s*存/ }).click();
  await dialog.getByText("这是我的回复").waitFor();
  await leave();
});

test("notes are for the colleagues, and a conversation is passed on", async () => {
  const customer = await talking();
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${customer.conversation}`);
  await page.getByLabel("写一条备注，客户看不到").fill("老客户，注意语气");
  await page.getByRole("button", { name: "添加备注" }).click();
  await page.getByRole("listitem").getByText("老客户，注意语气").waitFor();
  const seen = await admin.call("GET", `/api/v1/conversations/${customer.conversation}/notes`);
  assert.deepEqual(
    seen.notes.map((n) => n.text),
    ["老客户，注意语气"],
  );
  await page.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "转接" }).click();
  const dialog = page.getByRole("dialog", { name: "转接" });
  await accessible(page);
  await dialog.getByRole("combobox", { name: "转到技能组" }).click();
  await page.getByText("投诉", { exact: true }).last().click();
  await dialog.getByRole("button", { name: /转\s*接/ }).click();
  await page.getByText("排队中").first().waitFor();
  const { conversation } = await agent.call("GET", `/api/v1/conversations/${customer.conversation}`);
  assert.deepEqual([conversation.stage, conversation.skill], ["queued", "complaint"]);
  await leave();
});

test("a picture of a customer is seen, and older messages come when one scrolls up", async () => {
  const customer = await talking();
  for (let n = 1; n <= 60; n++) await customer.say(`第${n}句`);
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  await customer.say("", [await customer.upload(Buffer.from(png, "base64"), "image/png")]);
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${customer.conversation}`);
  const picture = page.getByAltText("图片 1");
  await picture.waitFor();
  await eventually(async () => assert.equal(await picture.evaluate((img) => img.naturalWidth), 1));
  assert.equal(await said(page).getByText("第1句", { exact: true }).count(), 0);
  await eventually(async () => {
    await said(page).evaluate((log) => log.scrollTo({ top: -log.scrollHeight }));
    assert.equal(await said(page).getByText("第1句", { exact: true }).count(), 1);
  });
  await accessible(page);
  await leave();
});

test("whoever may only read has nothing to write with", async () => {
  const customer = await talking();
  const { page, leave } = await visit(
    browser,
    product.url,
    "compliance",
    `/inbox/${customer.conversation}?tab=open`,
  );
  await page.getByText("您可以查看会话，但不能回复。").waitFor();
  assert.equal(await answerBox(page).count(), 0);
  assert.equal(await page.getByRole("button", { name: "结束会话" }).count(), 0);
  await accessible(page);
  await leave();
});

for (const [lang, scheme, device, name] of [
  ["zh", "light", desktop, "desktop"],
  ["en", "dark", desktop, "desktop"],
  ["zh", "dark", phone, "phone"],
  ["en", "light", phone, "phone"],
]) {
  test(`list, thread and customer can be read by everybody (${lang}, ${scheme}, ${name})`, async () => {
    const customer = await talking("你们太过分了，我要投诉，转人工");
    const { page, leave } = await visit(browser, product.url, "agent", "/inbox?tab=open", {
      lang,
      scheme,
      ...device,
    });
    await page.locator(`a[href*="${customer.conversation}"]`).waitFor();
    await accessible(page);
    await shot(page, `list-${lang}-${name}`);
    await page.locator(`a[href*="${customer.conversation}"]`).click();
    await said(page).getByText("我要投诉").waitFor();
    await accessible(page);
    await shot(page, `thread-${lang}-${name}`);
    if (device === phone) {
      await page.getByRole("button", { name: lang === "zh" ? "客户资料" : "Customer" }).click();
      await page.getByText(lang === "zh" ? "首次来访" : "First seen").waitFor();
      await accessible(page);
      await shot(page, `customer-${lang}-${name}`);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: lang === "zh" ? "返回列表" : "Back to the list" }).click();
      await page.locator(`a[href*="${customer.conversation}"]`).waitFor();
    }
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      "wider than the screen",
    );
    await leave();
  });
}
