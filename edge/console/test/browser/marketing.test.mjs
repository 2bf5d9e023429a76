// Marketing's pages, as those who look for customers under comments use them.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, test } from "node:test";
import {
  accessible,
  desktop,
  eventually,
  hook,
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
let marketing;
before(async () => {
  product = await startProduct(quiet);
  browser = await startBrowser();
  marketing = await staffOf(product.url, "marketing");
});
after(async () => {
  await browser?.close();
  await product?.close();
});

/** Somebody comments under a video; returns who. */
async function comment(text, nick, from = `open_${randomUUID()}`) {
  await hook(product.url, "item_comment_reply", from, {
    comment_id: randomUUID(),
    comment_user_id: from,
    content: text,
    nick_name: nick,
    reply_to_item_id: "video_1",
    create_time: Math.floor(Date.now() / 1000),
  });
  return from;
}

/** Somebody writes a direct message. */
const direct = (text, from) =>
  hook(product.url, "im_receive_msg", from, {
    conversation_short_id: `thread_${from}`,
    server_message_id: randomUUID(),
    conversation_type: 1,
    create_time: Date.now(),
    message_type: "text",
    text,
  });

/** Adds a phrase to a field of the rule that is open. */
async function phrase(page, field, text) {
  await page.locator(`#rule-${field}`).fill(text);
  await page.locator(`#rule-${field}`).press("Enter");
}

/** What stands on a page under the name of a text instead of the text. */
const untranslated = (page) =>
  page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label], [placeholder]")].flatMap((e) => [
      e.getAttribute("aria-label"),
      e.getAttribute("placeholder"),
    ]);
    const shown = [document.body.innerText, ...labels].join("\n");
    return shown.match(/\b[a-z]+_[a-z_]+\b/g) ?? [];
  });

const rules = async () => (await marketing.call("GET", "/api/v1/outreach/rules")).rules;

test("a comment becomes a lead on the screen without a reload", async () => {
  const { page, leave } = await visit(browser, product.url, "marketing", "/marketing");
  await page.getByRole("tab", { name: "线索" }).waitFor();
  const name = `小鱼${Date.now()}`;
  await comment("这条裙子多少钱，怎么买", name);
  await page.getByRole("button", { name, exact: true }).waitFor();
  assert.match(await page.locator("main").innerText(), /这条裙子多少钱，怎么买/);
  await accessible(page);
  await shot(page, "marketing-lead-zh");
  await leave();
});

test("a lead opens by the keyboard, says why in one language, and gives the focus back", async () => {
  const name = `大鱼${Date.now()}`;
  await comment("多少钱一条，怎么买", name);
  for (const [lang, told, foreign] of [
    ["zh", /购买意向/, /Sounds like/],
    ["en", /Sounds like a buyer: .*(price|buy)/, /购买意向|命中规则|公开回复/],
  ]) {
    const { page, leave } = await visit(browser, product.url, "marketing", "/marketing/leads?sort=score", {
      ...desktop,
      lang,
    });
    const row = page.getByRole("button", { name, exact: true });
    await row.focus();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog", { name: new RegExp(name) });
    await drawer.getByText(told).first().waitFor();
    assert.doesNotMatch(await drawer.innerText(), foreign);
    assert.match(page.url(), /\/marketing\/leads\/douyin.+\?sort=score$/);
    await page.waitForLoadState("networkidle");
    await accessible(page);
    await shot(page, `marketing-drawer-${lang}`);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await eventually(async () => assert.equal(await row.evaluate((b) => b === document.activeElement), true));
    assert.match(page.url(), /\/marketing\/leads\?sort=score$/);
    await leave();
  }
});

test("what the platform did not take is told in the user's words, by the rule's name, with what happens next", async () => {
  const name = `海鱼${Date.now()}`;
  await comment("这个多少钱，怎么买", name); // nobody listens where the platform should be
  for (const [lang, why, next, rule] of [
    ["zh", /暂时连接不上抖音/, /到时自动再试/, /规则“/],
    ["en", /Douyin cannot be reached/, /tried again by itself/, /rule “/],
  ]) {
    const { page, leave } = await visit(browser, product.url, "marketing", "/marketing/sends", {
      ...desktop,
      lang,
    });
    const row = page.getByRole("listitem").filter({ hasText: name });
    await row.locator('[data-fate="failed"]').waitFor();
    const told = await row.innerText();
    for (const part of [why, next, rule]) assert.match(told, part);
    assert.doesNotMatch(told, /rule_demo|campaign_demo/);
    await row.getByRole("link", { name }).click();
    await page.getByRole("dialog", { name: new RegExp(name) }).waitFor();
    await leave();
  }
});

test("both composers show what the platform still takes", async () => {
  const name = `河鱼${Date.now()}`;
  const from = await comment("怎么买", name);
  await direct("有现货吗", from);
  const { page, leave } = await visit(browser, product.url, "marketing", `/marketing/leads/douyin%3A${from}`);
  const drawer = page.getByRole("dialog", { name: new RegExp(name) });
  await drawer.getByText(/私信回复 · 剩 \d\/6 条/).waitFor();
  await drawer.getByRole("textbox", { name: "私信" }).waitFor();
  await leave();
  const agent = await staffOf(product.url, "agent");
  const id = await eventually(async () => {
    const { conversations } = await agent.call("GET", "/api/v1/conversations?channel=douyin");
    assert.ok(conversations.length > 0, "the message is no conversation");
    return conversations[0].id;
  });
  const bench = await visit(browser, product.url, "agent", `/inbox/${encodeURIComponent(id)}`);
  await bench.page
    .getByText(/\d\s*\/\s*6/)
    .first()
    .waitFor();
  await bench.leave();
});

test("an address of the older form leads to the page, the lead and the filters of today", async () => {
  for (const [old, now] of [
    ["?tab=rules", "/marketing/rules"],
    ["?tab=sends&state=failed", "/marketing/sends?state=failed"],
    ["?tab=leads&person=douyin%3Anobody&state=won", "/marketing/leads/douyin%3Anobody?state=won"],
    ["?tab=nothing", "/marketing/leads"],
    ["", "/marketing/leads"],
  ]) {
    const { page, leave } = await visit(browser, product.url, "marketing", `/marketing${old}`);
    await page.waitForURL(product.url + now);
    await leave();
  }
});

test("a rule is tried as it is written, and kept; one that finds too much is asked about twice", async () => {
  const word = "好看";
  for (let i = 0; i < 30; i++) await comment(`${word}的第${i}条`, `路人${i}`);
  const { page, leave } = await visit(browser, product.url, "marketing", "/marketing/rules");
  const add = () => page.getByRole("button", { name: "新建规则" }).first().click();
  await add();
  await page.locator("#rule-name").fill("第七条");
  await phrase(page, "any", "第7条");
  await page.locator('[data-matched="1"]').waitFor();
  await phrase(page, "any", "第.*条");
  await page.getByText("“第.*条”里的符号不是通配符").waitFor();
  await page.locator("#rule-reply").fill("{name}您好，现价{price}");
  await page.getByText("“{price}”会原样发出去").first().waitFor();
  await page.locator("#rule-reply").fill("{name}您好");
  await page.locator('[data-matched="1"][data-would="1"]').waitFor();
  await accessible(page);
  await shot(page, "marketing-rule-zh");
  await page.getByRole("button", { name: /保\s?存/ }).click();
  await page.getByRole("article", { name: "第七条" }).waitFor();
  assert.ok((await rules()).some((r) => r.name === "第七条"));

  await add();
  await page.locator("#rule-name").fill("什么都要");
  await phrase(page, "any", word);
  await page.getByRole("region", { name: "用过去一周的评论试一试" }).getByRole("alert").waitFor();
  await page.getByRole("button", { name: /保\s?存/ }).click();
  const sure = page.getByRole("button", { name: "仍然保存" });
  await sure.waitFor();
  assert.ok(!(await rules()).some((r) => r.name === "什么都要"), "kept before the second yes");
  await sure.click();
  await eventually(async () => assert.ok((await rules()).some((r) => r.name === "什么都要")));
  await leave();
});

for (const tab of ["leads", "rules", "campaigns", "funnel", "sends"]) {
  test(`${tab}: nothing in the way of anybody, on a desk and on a phone`, async () => {
    for (const [device, name] of [
      [desktop, "1440"],
      [phone, "390"],
    ]) {
      for (const lang of ["zh", "en"]) {
        const { page, leave } = await visit(browser, product.url, "marketing", `/marketing/${tab}`, {
          ...device,
          lang,
        });
        await page.getByRole("heading", { level: 1 }).waitFor();
        await page.waitForLoadState("networkidle");
        await accessible(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        assert.deepEqual(await untranslated(page), [], `${tab} in ${lang}`);
        assert.ok(over <= 0, `${tab} at ${name}: ${over} px wider than the screen`);
        await shot(page, `marketing-${tab}-${lang}-${name}`);
        await leave();
      }
    }
  });
}
