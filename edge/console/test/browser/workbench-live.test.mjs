// What the workbench tells by itself: who writes, what arrived, who took over, that the line broke.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import {
  accessible,
  desktop,
  eventually,
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
before(async () => {
  product = await startProduct({ KELIU_WEB_RATE: "100", ...quiet });
  browser = await startBrowser();
  agent = await staffOf(product.url, "agent");
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

/** Somebody writes to our account on Douyin: the platform's signed webhook. */
async function directMessage(text, nick) {
  const from = `open_${randomUUID()}`;
  const content = JSON.stringify({
    conversation_short_id: randomUUID(),
    server_message_id: randomUUID(),
    create_time: Date.now(),
    message_type: "text",
    text,
    user_infos: [{ open_id: from, nick_name: nick }],
  });
  const body = JSON.stringify({
    event: "im_receive_msg",
    client_key: quiet.KELIU_DOUYIN_CLIENT_KEY,
    from_user_id: from,
    to_user_id: "our_account",
    content,
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
  const response = await fetch(`${product.url}/hooks/douyin`, { method: "POST", headers, body });
  assert.equal(response.status, 200, await response.text());
}

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
