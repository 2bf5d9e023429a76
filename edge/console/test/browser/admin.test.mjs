// The administrator's pages: people and teams, channels, knowledge, settings.
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

let product;
let browser;
let admin;
before(async () => {
  product = await startProduct({ KELIU_WEB_RATE: "100" });
  browser = await startBrowser();
  admin = await staffOf(product.url, "admin");
});
after(async () => {
  await browser?.close();
  await product?.close();
});

const open = (user, path, device) => visit(browser, product.url, user, path, device);

// What stands on each page once it has loaded, in Chinese and in English.
const pages = {
  "/": ["没有客服在线", "No agent is online"],
  "/people": ["小禾", "Show those who left"],
  "/people?tab=teams": ["新建小组", "New team"],
  "/people?tab=roles": ["查看规则", "See the rules"],
  "/channels": ["最近推送", "Latest webhook"],
  "/channels?tab=widget": ["嵌入代码", "Code to embed"],
  "/channels?tab=streams": ["没有处理失败的消息", "Nothing failed"],
  "/knowledge": ["写文章", "Write an article"],
  "/knowledge?tab=search": ["客户提问", "A customer"],
  "/knowledge?tab=gaps": ["没有未答上的问题", "No unanswered questions"],
  "/settings": ["内置应答", "Builtin"],
  "/settings?tab=keys": ["还没有密钥", "No keys"],
};

for (const [lang, device, name] of [
  ["zh", desktop, "desktop"],
  ["en", phone, "phone"],
]) {
  for (const [path, texts] of Object.entries(pages)) {
    test(`${path} is whole and can be used by everybody (${lang}, ${name})`, async () => {
      const { page, leave } = await open("admin", path, { lang, ...device });
      await page
        .getByText(texts[lang === "zh" ? 0 : 1])
        .first()
        .waitFor();
      await accessible(page);
      await shot(page, `admin${path.replace(/\W+/g, "-")}-${lang}-${name}`);
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        "wider than the screen",
      );
      await leave();
    });
  }
}

test("somebody new gets a password, changes it at the first login, and leaves", async () => {
  const { page, leave } = await open("admin", "/people");
  await page.getByRole("button", { name: "添加人员" }).click();
  const form = page.getByRole("dialog", { name: "添加人员" });
  await form.getByLabel("用户名").fill("xiaolin");
  await form.getByLabel("名称").fill("小林");
  await form.getByLabel("技能").fill("售后");
  await form.getByLabel("技能").press("Enter");
  await accessible(page);
  await shot(page, "admin-person");
  await form.getByRole("button", { name: /保\s*存/ }).click();
  const made = page.getByRole("dialog", { name: "xiaolin 的初始密码" });
  const password = (await made.locator("code").innerText()).trim();
  assert.ok(password.length >= 10, "no password");
  await made.getByRole("button", { name: "我已记下" }).click();
  const row = page.getByRole("row", { name: /小林/ });
  await row.getByText("售后").waitFor();
  await row.getByText("未改初始密码").waitFor();
  assert.deepEqual((await person("xiaolin")).skills, ["aftersales"]);

  const first = await open(undefined, "/login");
  await first.page.getByLabel("账号").fill("xiaolin");
  await first.page.getByLabel("密码", { exact: true }).fill(password);
  await first.page.getByRole("button", { name: /登\s*录/ }).click();
  const fresh = first.page.getByLabel(/新密码/);
  await fresh.first().waitFor();
  await accessible(first.page);
  await shot(first.page, "admin-first-login");
  await first.leave();

  await row.getByRole("button", { name: "小林的更多操作" }).click();
  await page.getByRole("menuitem", { name: "停用账号" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "停用账号" }).click();
  await row.waitFor({ state: "hidden" });
  assert.equal((await person("xiaolin")).active, false);
  await page.getByRole("switch", { name: "显示已离职" }).click();
  await row.getByText("已离职").waitFor();
  await leave();
});

const person = async (id) => (await admin.call("GET", "/api/v1/people")).people.find((p) => p.id === id);

test("whoever has left is nobody to pass a conversation on to", async () => {
  await admin.call("POST", "/api/v1/people", {
    id: "gone",
    name: "离职的人",
    role: "agent",
    skills: [],
    capacity: 5,
    team: "",
  });
  await admin.call("PUT", "/api/v1/people/gone", {
    name: "离职的人",
    role: "agent",
    skills: [],
    capacity: 5,
    team: "",
    active: false,
  });
  const customer = await customerOf(product.url);
  await customer.say("我要转人工");
  const agent = await staffOf(product.url, "agent");
  await eventually(() => agent.call("POST", `/api/v1/conversations/${customer.conversation}/accept`));
  const { page, leave } = await open("agent", `/inbox/${customer.conversation}`);
  await page.getByText("我 接待中").waitFor();
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("转给同事").click();
  await dialog.getByRole("combobox").click();
  await page.getByText(/^阿泽/).waitFor();
  assert.equal(await page.getByText(/^离职的人/).count(), 0);
  await leave();
});

test("a team gets hours, and says whether it works", async () => {
  const { page, leave } = await open("admin", "/people?tab=teams");
  await page.getByRole("button", { name: "新建小组" }).click();
  const form = page.getByRole("dialog", { name: "新建小组" });
  await form.getByLabel("名称", { exact: true }).fill("售后组");
  await form.getByLabel("周一").fill("18:00-09:00");
  await form.getByRole("button", { name: /保\s*存/ }).click();
  await form.getByRole("alert").waitFor(); // which ends before it begins
  await accessible(page);
  await shot(page, "admin-team");
  await form.getByLabel("周一").fill("9:00-12:00 13:30-18:00");
  await form.getByRole("button", { name: /保\s*存/ }).click();
  await form.waitFor({ state: "hidden" });
  await page.getByText("售后组").waitFor();
  const { teams } = await admin.call("GET", "/api/v1/teams");
  assert.deepEqual(teams.find((t) => t.name === "售后组").hours.week[0], [
    { from: "09:00", to: "12:00" },
    { from: "13:30", to: "18:00" },
  ]);
  await leave();
});

test("the company's hours hold for a team that has none", async () => {
  const { page, leave } = await open("admin", "/people?tab=teams");
  await page.getByRole("button", { name: "编辑公司时间" }).click();
  const form = page.getByRole("dialog", { name: "编辑公司时间" });
  for (const day of ["周一", "周二", "周三", "周四", "周五"]) await form.getByLabel(day).fill("9:00-18:00");
  await form.getByRole("button", { name: "添加日期" }).click();
  await form.getByLabel("名称，如国庆节").fill("店庆");
  await accessible(page);
  await shot(page, "admin-company-hours");
  await form.getByRole("button", { name: /保\s*存/ }).click();
  await form.waitFor({ state: "hidden" });
  await page.getByText("周一–周五").waitFor();
  await page.getByText(/店庆 休息/).waitFor(); // today
  const { teams } = await admin.call("GET", "/api/v1/teams");
  assert.equal(teams.find((t) => t.name === "售前").open, false);
  await admin.call("PUT", "/api/v1/company/hours", { week: [], days: [] });
  await leave();
});

test("a question that nobody could answer becomes an article that answers it", async () => {
  for (const words of ["月球基地的门票多少钱", "月球基地门票什么价格"]) {
    const customer = await customerOf(product.url);
    await customer.say(words);
  }
  const { page, leave } = await open("admin", "/knowledge?tab=gaps");
  const row = page.getByRole("row", { name: /月球基地/ });
  await eventually(async () => {
    await page.reload();
    await row.getByText("2", { exact: true }).waitFor({ timeout: 2000 });
  });
  assert.equal(await row.count(), 1, "what asks the same is one question");
  await row.getByRole("button", { name: "写文章回答" }).click();
  const editor = page.getByRole("dialog", { name: "写文章" });
  await editor.getByText("月球基地门票什么价格").last().waitFor(); // a phrasing
  await editor.getByLabel("正文").fill("月球基地的门票每张 99 元。");
  await accessible(page);
  await shot(page, "admin-gap");
  await editor.getByRole("button", { name: /^发\s*布$/ }).click();
  await editor.waitFor({ state: "hidden" });
  await row.getByText(/已由《.*》回答/).waitFor();
  await leave();
});

test("a key has scopes, and is shown once", async () => {
  const { page, leave } = await open("admin", "/settings?tab=keys");
  await page.getByRole("button", { name: "新建密钥" }).click();
  const form = page.getByRole("dialog", { name: "新建密钥" });
  await form.getByLabel("名称").fill("数据同步");
  await form.getByRole("button", { name: /生\s*成/ }).click();
  await form.getByText("请至少选择一项").waitFor();
  await form.getByRole("checkbox", { name: "读取营销" }).check();
  await accessible(page);
  await shot(page, "admin-key");
  await form.getByRole("button", { name: /生\s*成/ }).click();
  const made = page.getByRole("dialog", { name: /数据同步/ });
  const secret = (await made.locator("code").innerText()).trim();
  await made.getByRole("button", { name: "我已保存" }).click();
  const as = (path) => fetch(product.url + path, { headers: { Authorization: `Bearer ${secret}` } });
  assert.equal((await as("/api/v1/outreach/rules")).status, 200);
  assert.equal((await as("/api/v1/knowledge/library")).status, 403);
  const row = page.getByRole("row", { name: /数据同步/ });
  await row.getByRole("button", { name: /吊\s*销/ }).click();
  await page
    .getByRole("tooltip")
    .getByRole("button", { name: /吊\s*销/ })
    .click();
  await row.getByText("已吊销").waitFor();
  assert.equal((await as("/api/v1/outreach/rules")).status, 401);
  await page.reload();
  await row.waitFor();
  assert.ok(!(await page.content()).includes(secret), "the key is shown again");
  await leave();
});

test("an article keeps every phrasing, and an earlier version comes back", async () => {
  const { articles } = await admin.call("GET", "/api/v1/knowledge/library");
  const { id } = articles.find((a) => a.title === "优惠券");
  const read = () => admin.call("GET", `/api/v1/knowledge/articles/${id}`);
  const before = await read();
  const { page, leave } = await open("admin", "/knowledge");
  await page.getByRole("button", { name: "优惠券" }).click();
  const drawer = page.getByRole("dialog", { name: "优惠券" });
  await drawer.getByRole("button", { name: /编\s*辑/ }).click();
  const first = page.getByRole("group", { name: "段落 1", exact: true });
  await first.getByLabel("正文").fill("每位新会员一张。");
  await first.getByLabel(/问法/).fill("新人券在哪");
  await first.getByLabel(/问法/).press("Enter");
  await accessible(page);
  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await first.waitFor({ state: "hidden" });
  const after = await read();
  assert.deepEqual(after.parts[0].phrasings, [...before.parts[0].phrasings, "新人券在哪"]);
  assert.deepEqual(after.parts.slice(1), before.parts.slice(1));

  await page.getByRole("button", { name: "优惠券" }).click();
  await drawer.getByRole("combobox", { name: "与其他版本比较" }).click();
  await page.getByTitle("版本 1", { exact: true }).click();
  await drawer.getByText("每位新会员一张。").waitFor();
  await accessible(page);
  await shot(page, "admin-versions");
  await drawer.getByRole("combobox", { name: "版本", exact: true }).click();
  await page.getByTitle("版本 1", { exact: true }).last().click();
  await drawer.getByRole("button", { name: "发布这个版本" }).click();
  await eventually(async () => assert.equal((await read()).published, 1));
  await leave();
});

test("a changed password ends every other login, and this one stays", async () => {
  const made = await admin.call("POST", "/api/v1/people", {
    id: "wu",
    name: "小吴",
    role: "marketing",
    skills: [],
    capacity: 0,
    team: "",
  });
  const login = (password, more) =>
    fetch(`${product.url}/api/v1/staff/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user: "wu", password, ...more }),
    });
  assert.equal((await login(made.password, { new_password: "first own one" })).status, 200);
  const elsewhere = (await (await login("first own one")).json()).token;
  const { page, leave } = await open(undefined, "/login");
  await page.getByLabel("账号").fill("wu");
  await page.getByLabel("密码", { exact: true }).fill("first own one");
  await page.getByRole("button", { name: /登\s*录/ }).click();
  await page.getByText("小吴").first().click();
  await page.getByRole("menuitem", { name: "修改密码" }).click();
  const form = page.getByRole("dialog", { name: "修改密码" });
  await form.getByLabel("密码", { exact: true }).fill("first own one");
  await form.getByLabel("新密码").fill("second own one");
  await form.getByRole("button", { name: /保\s*存/ }).click();
  await form.waitFor({ state: "hidden" });
  await page.reload();
  await page.getByText("小吴").first().waitFor();
  const me = await fetch(`${product.url}/api/v1/staff/me`, {
    headers: { Authorization: `Bearer ${elsewhere}` },
  });
  assert.equal(me.status, 401);
  await leave();
});

test("an article is written, answers at once, and is withdrawn", async () => {
  const { page, leave } = await open("admin", "/knowledge");
  await page.getByRole("button", { name: "写文章" }).click();
  const editor = page.getByRole("dialog", { name: "写文章" });
  await editor.getByLabel("标题", { exact: true }).fill("充电桩");
  await editor.getByLabel("小标题").fill("停车场有充电桩吗？");
  await editor.getByLabel("正文").fill("地下二层有 8 个充电桩。");
  await editor.getByRole("button", { name: "添加段落" }).click();
  await editor.getByRole("button", { name: "删除段落 2" }).click();
  await accessible(page);
  await shot(page, "admin-article");
  await editor.getByRole("button", { name: /^发\s*布$/ }).click();
  await editor.waitFor({ state: "hidden" });
  await page.getByRole("tab", { name: "试一试" }).click();
  const question = page.getByPlaceholder(/像客户一样提问/);
  await question.fill("停车场有充电桩吗");
  await question.press("Enter");
  await page.getByText(/会据此回答/).waitFor();
  await page
    .getByText(/地下二层/)
    .first()
    .waitFor();
  await accessible(page);
  await shot(page, "admin-found");
  await page.getByRole("tab", { name: "文章", exact: true }).click();
  await page.getByRole("button", { name: "充电桩" }).click();
  await page.getByRole("button", { name: /撤\s*下/ }).click();
  await page
    .getByRole("tooltip")
    .getByRole("button", { name: /撤\s*下|确\s*定/ })
    .click();
  await eventually(async () => {
    const { articles } = await admin.call("GET", "/api/v1/knowledge/library");
    assert.equal(articles.find((a) => a.title === "充电桩").published, 0);
  });
  await accessible(page);
  await leave();
});

test("who may not administer is told so, and reads the knowledge base", async () => {
  for (const path of ["/people", "/channels", "/settings"]) {
    const { page, leave } = await open("agent", path);
    await page.getByText("没有权限").waitFor();
    await leave();
  }
  const { page, leave } = await open("agent", "/knowledge?tab=gaps");
  await page.getByText("月球基地").first().waitFor();
  assert.equal(await page.getByRole("button", { name: /忽\s*略|写文章回答/ }).count(), 0);
  await page.getByRole("tab", { name: "文章", exact: true }).click();
  await page.getByRole("button", { name: "退货与换货" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "写文章" }).count(), 0);
  await leave();
});
