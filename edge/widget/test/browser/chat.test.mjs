// A customer's way through the widget, in a browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  chatOn,
  conversationOf,
  desktop,
  eventually,
  logIn,
  png,
  shot,
  staffOf,
  startBrowser,
  startProduct,
  visit,
} from "./harness.mjs";

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

test("asks, is answered, and reads what the answer rests on", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  const answer = await chat.ask("可以退货吗？");
  assert.match(answer, /退货/);
  const source = chat.replies.last().locator("details").first();
  const passage = source.locator("blockquote");
  assert.equal(await passage.isVisible(), false);
  await source.locator("summary").click();
  assert.match(await passage.innerText(), /\S{10,}/);
  const [seen, whole] = await Promise.all([page.locator(".scroller").boundingBox(), source.boundingBox()]);
  assert.ok(whole.y + whole.height <= seen.y + seen.height, "the passage is out of sight");
  await chat.delivered("可以退货吗？");
  await shot(page, "answer-with-source");
  await leave();
});

test("says with a login where the order is, without being asked for its number", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  const name = await logIn(page);
  await chat.open();
  await eventually(async () => assert.match(await chat.window.innerText(), new RegExp(name)));
  const answer = await chat.ask("我的订单到哪了？");
  assert.match(answer, /QH\d{12}/);
  await shot(page, "order-of-a-member");
  await leave();
});

test("is alone with the conversation: a logout clears the screen, a login brings it back", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await logIn(page);
  await chat.open();
  await chat.ask("我的订单到哪了？");
  const words = await page.locator('[role="log"] .text').allInnerTexts();
  await chat.input.fill("还没写完的话");
  await page.locator("#account summary").click();
  await page.locator("#logout").click();
  await eventually(async () => assert.equal(await chat.mine.count(), 0));
  assert.equal(await chat.replies.count(), 0);
  assert.equal(await chat.input.inputValue(), "");
  await chat.ask("可以退货吗？"); // as somebody else
  await logIn(page);
  await eventually(async () => {
    const now = await page.locator('[role="log"] .text').allInnerTexts();
    assert.deepEqual(now.slice(0, words.length), words);
  });
  await leave();
});

test("gets a place in the line for a person, leaves a number, leaves the line", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.person.click();
  await chat.queue.waitFor();
  assert.match(await chat.queue.innerText(), /第 \d+ 位|不在线/);
  assert.equal(await chat.person.isVisible(), false); // nobody asks twice
  await shot(page, "queue");

  await page.getByRole("button", { name: "留个电话" }).click();
  const number = page.getByLabel("手机号码");
  await number.fill("12345");
  await number.press("Enter");
  assert.match(await chat.queue.getByRole("alert").innerText(), /11 位/);
  await number.fill("199 0001 0099");
  await number.press("Enter");
  await eventually(async () => assert.match(await chat.mine.last().innerText(), /19900010099|199\*+0099/));

  if (await chat.queue.isVisible()) {
    await page.getByRole("button", { name: "退出排队" }).click();
    await chat.queue.waitFor({ state: "hidden" });
  }
  assert.equal(await chat.person.isVisible(), true);
  await leave();
});

test("is served by a person, who gives back to the AI", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.person.click();
  await chat.queue.waitFor();
  const staff = await staffOf(product.url);
  const at = `/conversations/${await conversationOf(page)}`;
  await staff(`${at}/messages`, { text: "您好，我来帮您看一下" });
  const said = page.locator('[role="log"] .by-human', { hasText: "您好，我来帮您看一下" });
  await said.waitFor();
  assert.match(await said.locator(".author").innerText(), /\S/);
  assert.match(await page.locator(".status").innerText(), /人工客服.*为您服务/);
  assert.equal(await chat.queue.count(), 0);
  assert.equal(await chat.person.isVisible(), false);
  await shot(page, "person");
  await staff(`${at}/return`, {});
  await eventually(async () => assert.match(await page.locator(".status").innerText(), /AI 客服/));
  assert.equal(await chat.person.isVisible(), true);
  assert.match(await chat.ask("可以退货吗？"), /退货/);
  await leave();
});

test("reads an answer while it is written", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  const writing = { by: "ai", text: "签收次日起 7 天内，商品完" };
  const frame = `event: typing\ndata: ${JSON.stringify(writing)}\n\n`;
  await page.route(
    "**/web/events?*",
    (route) => route.fulfill({ contentType: "text/event-stream", body: frame }),
    {
      times: 1,
    },
  );
  await chat.open();
  const draft = page.locator(".draft");
  await eventually(async () => assert.equal(await draft.locator(".text").innerText(), writing.text));
  assert.match(await draft.locator(".author").innerText(), /正在输入/);
  assert.equal(await chat.replies.count(), 0, "it is not part of the log yet");
  await chat.ask("可以退货吗？");
  await draft.waitFor({ state: "hidden" });
  await leave();
});

test("finds everything again after a reload: words, place, draft and the open window", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.ask("可以退货吗？");
  await chat.person.click();
  await chat.queue.waitFor();
  await eventually(async () => assert.equal(await chat.replies.count(), 2));
  await chat.input.fill("还没写完的话");
  const words = await page.locator('[role="log"] .text').allInnerTexts();
  await page.reload();
  await chat.window.waitFor();
  await eventually(async () =>
    assert.deepEqual(await page.locator('[role="log"] .text').allInnerTexts(), words),
  );
  await chat.queue.waitFor();
  assert.equal(await chat.input.inputValue(), "还没写完的话");
  assert.ok((await chat.input.boundingBox()).height >= 30, "the draft cannot be read");
  await leave();
});

test("writes offline and is heard once when the network is back", async () => {
  const { context, page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.ask("可以退货吗？");
  await context.setOffline(true);
  await chat.say("断网时写的话");
  await page.getByText("等待网络").waitFor();
  await page.getByText("网络已断开").waitFor();
  await shot(page, "offline");
  await context.setOffline(false);
  await chat.delivered("断网时写的话");
  await eventually(async () => assert.equal(await chat.replies.count(), 2));

  const tab = await context.newPage();
  await tab.goto(`${product.url}/demo`);
  const other = chatOn(tab);
  await other.open();
  await other.delivered("断网时写的话");
  await leave();
});

test("loses nothing when the product is killed in the middle of a conversation", async (t) => {
  if (!product.kill) return t.skip("this product was not started here");
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.ask("可以退货吗？");
  await product.kill();
  await chat.say("多久能送到？");
  await page.getByText("等待网络").waitFor();
  await page.getByText("正在重新连接").waitFor();
  await product.start();
  await chat.delivered("多久能送到？");
  await eventually(async () => assert.equal(await chat.replies.count(), 2));
  await chat.delivered("可以退货吗？");
  return leave();
});

test("tries again what could not be sent, under the same key", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.ask("可以退货吗？");
  const keys = [];
  await page.route("**/api/v1/web/messages", (route) => {
    const key = route.request().headers()["idempotency-key"];
    if (!key) return route.continue();
    keys.push(key);
    return route.abort();
  });
  await chat.say("这句会失败");
  await page.getByRole("button", { name: "重试" }).waitFor({ timeout: 60_000 });
  await shot(page, "failed");
  await page.unroute("**/api/v1/web/messages");
  const again = page.waitForRequest((request) => request.headers()["idempotency-key"] !== undefined);
  await page.getByRole("button", { name: "重试" }).click();
  assert.deepEqual([...new Set([...keys, (await again).headers()["idempotency-key"]])], [keys[0]]);
  await chat.delivered("这句会失败");
  await leave();
});

test("keeps tabs and devices of one customer alike", async () => {
  const first = await visit(browser, product.url);
  await logIn(first.page);
  await first.chat.open();
  await first.chat.ask("可以退货吗？");

  const tab = await first.context.newPage();
  await tab.goto(`${product.url}/demo`);
  const second = chatOn(tab);
  await second.open();
  const third = await visit(browser, product.url, { ...desktop });
  await logIn(third.page);
  await third.chat.open();

  const words = (page) => page.locator('[role="log"] .text').allInnerTexts();
  await third.chat.ask("多久能送到？");
  for (const page of [tab, third.page]) {
    await eventually(async () => assert.deepEqual(await words(page), await words(first.page)));
  }
  assert.equal((await words(first.page)).filter((text) => text === "多久能送到？").length, 1);
  await third.leave();
  await first.leave();
});

test("shows how much came while the window was closed", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.ask("可以退货吗？");
  await page.keyboard.press("Escape");
  await chat.window.waitFor({ state: "hidden" });
  assert.equal(await chat.launcher.getAttribute("aria-label"), "打开在线客服");
  const staff = await staffOf(product.url);
  await staff(`/conversations/${await conversationOf(page)}/messages`, { text: "退货地址发给您了" });
  await eventually(async () => assert.match(await chat.launcher.getAttribute("aria-label"), /[1-9] 条未读/));
  await shot(page, "unread");
  await chat.open();
  await page.locator(".by-human", { hasText: "退货地址发给您了" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await chat.launcher.getAttribute("aria-label"), "打开在线客服");
  await leave();
});

test("sends pictures, large ones made smaller, and says what it cannot send", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  const file = page.locator('keliu-chat input[type="file"]');
  await file.setInputFiles({ name: "note.png", mimeType: "image/png", buffer: Buffer.from("not a picture") });
  await page.getByText("仅支持 PNG").waitFor();

  await file.setInputFiles([
    { name: "large.png", mimeType: "image/png", buffer: png(2400, 1200) },
    { name: "small.png", mimeType: "image/png", buffer: png(40, 30) },
  ]);
  await eventually(async () => assert.equal(await page.locator(".attached:not(.busy)").count(), 2));
  await shot(page, "picture-preview");
  await chat.say("坏成这样了");
  const pictures = page.locator(".by-customer img");
  await eventually(async () => {
    const widths = await pictures.evaluateAll((all) => all.map((img) => img.naturalWidth));
    assert.deepEqual(widths, [1600, 40]);
  });
  await shot(page, "pictures");
  await leave();
});

test("counts down near the limit and sends nothing longer", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.input.fill("字".repeat(1900));
  await page.getByText("还可输入 100 字").waitFor();
  await chat.input.fill("字".repeat(2001));
  await page.getByText("超出 1 字").waitFor();
  await chat.input.press("Enter");
  assert.equal(await page.getByRole("button", { name: "发送", exact: true }).isDisabled(), true);
  assert.equal(await chat.mine.count(), 0);
  await leave();
});

test("treats what is said as text and nothing else", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  const bad = '<img src=x onerror="window.hit=1"> javascript:alert(1) 见 https://example.com/a。';
  await chat.ask(bad);
  await chat.delivered("<img src=x");
  assert.equal(await page.evaluate(() => window.hit), undefined);
  const links = await chat.mine
    .last()
    .locator("a")
    .evaluateAll((all) => all.map((a) => [a.href, a.rel, a.target]));
  assert.deepEqual(links, [["https://example.com/a", "noopener noreferrer nofollow", "_blank"]]);
  await leave();
});
