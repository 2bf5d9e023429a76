// What the workbench tells by itself: who writes, what arrived, who took over, that the line broke.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import {
  accessible,
  customerOf,
  desktop,
  eventually,
  hook,
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

/** Somebody of the staff takes a conversation. */
async function taken(by, conversation) {
  await eventually(() => by.call("POST", `/api/v1/conversations/${conversation}/accept`));
  await eventually(async () => {
    const opened = await by.call("GET", `/api/v1/conversations/${conversation}`);
    assert.equal(opened.conversation.stage, "human");
  });
}

/** Somebody writes to our account on Douyin. */
const directMessage = (text, nick, from = `open_${randomUUID()}`) =>
  hook(product.url, "im_receive_msg", from, {
    conversation_short_id: randomUUID(),
    server_message_id: randomUUID(),
    create_time: Date.now(),
    message_type: "text",
    text,
    user_infos: [{ open_id: from, nick_name: nick }],
  });

test("customer and agent see each other write, and no longer than they do", async () => {
  const shop = await (await browser.newContext({ locale: "zh-CN", ...desktop })).newPage();
  await shop.goto(`${product.url}/demo`);
  const chat = shop.locator("keliu-chat");
  await chat.getByRole("button", { name: /客服/ }).first().click();
  await chat.getByRole("textbox").fill("转人工");
  await chat.getByRole("textbox").press("Enter");
  const id = await eventually(async () => {
    const { conversations } = await agent.call("GET", "/api/v1/conversations?stage=queued");
    return conversations.find((c) => c.page?.endsWith("/demo")).id;
  });
  await taken(agent, id);
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${id}`);
  await said(page).getByText("转人工").first().waitFor();

  await chat.getByRole("textbox").pressSequentially("还没说出口的话");
  const writes = said(page).getByText(/正在输入/);
  await writes.waitFor();
  assert.doesNotMatch(await page.locator("body").innerText(), /没说出口/);
  await shot(page, "customer-writes");
  await writes.waitFor({ state: "hidden", timeout: 10_000 }); // whoever stops is not said to write on

  await chat.getByRole("textbox").press("Enter");
  await said(page).getByText("还没说出口的话").waitFor();
  await answerBox(page).pressSequentially("您好");
  await chat.getByText("正在输入").first().waitFor();
  await shop.context().close();
  await leave();
});

test("of a message to an outside network it is told what became of it", async () => {
  await directMessage("在吗，转人工", "小鱼");
  const id = await eventually(async () => {
    const { conversations } = await agent.call("GET", "/api/v1/conversations?channel=douyin");
    return conversations.find((c) => c.name === "小鱼").id;
  });
  await taken(agent, id);
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${id}`);
  await answerBox(page).fill("您好，我在");
  await page.keyboard.press("Enter");
  await said(page).getByText("您好，我在").waitFor();
  await said(page).getByText("没有送达").first().waitFor(); // nobody answers at the platform's address
  await accessible(page);
  await shot(page, "not-delivered");
  await leave();
});

test("nothing is missing after the line was down, and the page says that it is", async () => {
  const customer = await customerOf(product.url);
  await customer.say("转人工");
  await taken(agent, customer.conversation);
  const { page, leave } = await visit(browser, product.url, "agent");
  let up = true;
  const lines = new Set();
  await page.routeWebSocket(/staff\/live/, (line) => {
    if (!up) return void line.close();
    line.connectToServer();
    lines.add(line);
  });
  await page.goto(`${product.url}/inbox/${customer.conversation}`);
  await customer.say("断线之前");
  await said(page).getByText("断线之前").waitFor();

  up = false;
  for (const line of lines) await line.close();
  for (let n = 1; n <= 5; n++) await customer.say(`断线时第${n}句`);
  await page.getByText("与服务器的实时连接已断开").waitFor();
  assert.equal(await said(page).getByText("断线时第5句").count(), 0);
  await accessible(page);
  await shot(page, "line-down");

  up = true;
  await said(page).getByText("断线时第5句").waitFor();
  await page.getByText("与服务器的实时连接已断开").waitFor({ state: "hidden" });
  await customer.say("恢复之后");
  await said(page).getByText("恢复之后").waitFor();
  const heard = (await said(page).innerText()).match(/断线之前|断线时第\d句|恢复之后/g);
  const missed = [1, 2, 3, 4, 5].map((n) => `断线时第${n}句`);
  assert.deepEqual(heard, ["断线之前", ...missed, "恢复之后"]);
  await leave();
});

test("whoever answers is called for new customers and messages, and told who took over", async () => {
  const { page, leave } = await visit(browser, product.url, "agent");
  await page.addInitScript(() => {
    globalThis.called = [];
    globalThis.Notification = class {
      static permission = "default";
      static async requestPermission() {
        Notification.permission = "granted";
        return "granted";
      }
      constructor(title, { body }) {
        globalThis.called.push(`${title}: ${body}`);
      }
    };
    document.hasFocus = () => false;
  });
  await page.goto(`${product.url}/inbox?tab=open`);
  const bell = page.getByRole("button", { name: "新消息提醒" });
  await bell.click();
  assert.equal(await bell.getAttribute("aria-pressed"), "true");

  const customer = await customerOf(product.url);
  await customer.say("转人工");
  await page.locator(`a[href*="${customer.conversation}"]`).waitFor(); // the line is up
  await taken(agent, customer.conversation);
  const called = (what) =>
    eventually(async () => {
      const all = await page.evaluate(() => globalThis.called);
      assert.ok(
        all.some((each) => what.test(each)),
        all.join("\n"),
      );
    });
  await called(/^新客户：访客/);
  await customer.say("还有人吗");
  await called(/还有人吗$/);
  await eventually(async () => assert.match(await page.title(), /^\(\d+\) /));

  await admin.call("POST", `/api/v1/conversations/${customer.conversation}/accept`);
  await page.getByText("管理员 接管了 访客 的会话").waitFor();
  await page.reload();
  assert.equal(await bell.getAttribute("aria-pressed"), "true");
  await leave();
});

test("a word goes with a conversation that is passed on, and stands in the thread", async () => {
  const customer = await customerOf(product.url);
  await customer.say("转人工");
  await taken(agent, customer.conversation);
  const path = `/inbox/${customer.conversation}?tab=open`;
  const theirs = await visit(browser, product.url, "agent3", path);
  await said(theirs.page).getByText("转人工").first().waitFor();
  const { page, leave } = await visit(browser, product.url, "agent", path);
  await said(page).getByText("转人工").first().waitFor();
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: "转接" });
  await dialog.getByText("转给同事").click();
  await dialog.getByRole("combobox", { name: "转给同事" }).click();
  await page.locator(".ant-select-item-option").filter({ hasText: "小满" }).click();
  await dialog.getByLabel(/^给接手同事的话/).fill("客户很急，先查物流");
  await accessible(page);
  await dialog.getByRole("button", { name: /转\s*接/ }).click();
  await page.getByRole("button", { name: "仍然转接" }).click(); // she is not online
  const note = said(theirs.page).getByLabel("仅同事可见");
  await note.getByText("客户很急，先查物流").waitFor(); // without a reload
  await theirs.page.getByText("我 接待中").waitFor();
  await shot(theirs.page, "passed-on");

  await theirs.page.keyboard.press("b"); // asks first
  await theirs.page.getByRole("dialog").getByRole("button", { name: "交还 AI" }).click();
  await theirs.page.getByText("AI 接待").first().waitFor();
  await theirs.leave();
  await leave();
});

test("the list is narrowed by channel, holder and mood, and its address says so", async () => {
  const customer = await customerOf(product.url);
  await customer.say("转人工");
  await taken(admin, customer.conversation);
  const { page, leave } = await visit(browser, product.url, "agent", "/inbox?tab=open");
  const row = page.locator(`a[href*="${customer.conversation}"]`);
  await row.waitFor();
  await page.getByRole("button", { name: "筛选" }).click();
  await page.getByRole("combobox", { name: "接待人" }).click();
  await page.locator(".ant-select-item-option").filter({ hasText: "小禾" }).click();
  await row.waitFor({ state: "hidden" });
  assert.match(page.url(), /agent=agent/);
  await accessible(page);
  await page.reload();
  await page
    .getByRole("list", { name: /个会话/ })
    .or(page.getByText("没有符合条件的会话"))
    .waitFor();
  assert.equal(await row.count(), 0);
  await page.goto(`${product.url}/inbox?tab=open&agent=admin`);
  await row.waitFor();
  await page.goto(`${product.url}/inbox?tab=open&agent=admin&unhappy=1`);
  await page.getByText("没有符合条件的会话").waitFor();
  await leave();
});

test("a canned answer is found by its sound, and is not sent while something is to be filled in", async () => {
  await agent.call("POST", "/api/v1/canned", {
    title: "查询物流进度",
    text: "我是{agent}，订单 {order} 在路上",
  });
  const customer = await customerOf(product.url);
  await customer.say("转人工");
  await taken(agent, customer.conversation);
  const { page, leave } = await visit(browser, product.url, "agent", `/inbox/${customer.conversation}`);
  await answerBox(page).pressSequentially("/cxwl");
  await page.getByRole("button", { name: /^查询物流进度/ }).waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await answerBox(page).inputValue(), "我是小禾，订单 {order} 在路上");
  await page.keyboard.press("Enter");
  const warning = page.getByRole("dialog");
  await warning.getByText("还有没填的变量：{order}").last().waitFor();
  await warning.getByRole("button").click();
  await answerBox(page).fill("我是小禾，订单在路上");
  await page.keyboard.press("Enter");
  await said(page).getByText("我是小禾，订单在路上").waitFor();
  await leave();
});
