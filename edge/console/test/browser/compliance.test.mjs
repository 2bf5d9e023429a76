// Compliance in a browser: a kind of data is opened to a role, tried, published and taken back, and the trail shows it.
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
  await page.locator('[data-cell="agent mobile"][data-changed="true"]').waitFor();
  await shot(page, "policies-table-zh");
  await accessible(page);

  await page.getByRole("tab", { name: "测试", exact: true }).click();
  await page.getByRole("button", { name: "运行测试" }).click();
  await page.getByText(/全部通过|项未通过/).waitFor();
  assert.match(await page.locator(".ant-alert").first().innerText(), /全部通过/);
  await page.getByRole("heading", { name: /测试覆盖率 9\d\.\d%|测试覆盖率 100\.0%/ }).waitFor();
  await shot(page, "policies-tests-zh");
  await accessible(page);
  await page.getByRole("tab", { name: "回放" }).click();
  await page.getByRole("button", { name: "开始回放" }).click();
  const changed = page.getByText(/^在 .* 次裁决里/);
  await changed.waitFor();
  assert.doesNotMatch(await changed.innerText(), /，0 次/);
  await page
    .getByRole("region", { name: "按岗位" })
    .getByText(/^客服：\d+ 次会不同/)
    .waitFor();
  await shot(page, "policies-replay-zh");
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
    .getByRole("button", { name: /^看改动：/ })
    .first()
    .click();
  await page
    .getByRole("region", { name: "may_reveal.rego 的改动" })
    .getByText(/"mobile": "show"/)
    .waitFor();
  await shot(page, "policies-compare-zh");
  await accessible(page);
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^回退到此版/ })
    .first()
    .click();
  await page
    .getByRole("dialog")
    .getByText(/"mobile": "show"/)
    .waitFor();
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
  await page.getByText(/记录完整：.*从头校验到第 \d+ 条/).waitFor();
  await shot(page, "audit-zh");
  await accessible(page);
  await leave();
});

test("agents see the last four digits when that is what the table says", async () => {
  const { call } = await staffOf(product.url, "compliance");
  const bench = await open(`/inbox/${customer.conversation}`, desktop, "agent");
  await bench.page.getByText("我的手机号是").last().waitFor();
  const { page, leave } = await open("/policies");
  await page.locator('[data-cell="agent mobile"]').click();
  await item(page, "后四位").click();
  await page.getByText("草稿改动 1 个文件").waitFor();
  await publish(page, "只留后四位");
  await bench.page
    .getByText(`${"*".repeat(7)}${number.slice(-4)}`)
    .first()
    .waitFor({ timeout: 5000 });
  const { sets } = await call("GET", "/api/v1/policies?brief=true");
  await call("POST", "/api/v1/policies/rollback", { revision: sets[1].revision, note: "试完收回" });
  await bench.leave();
  await leave();
});

/** Publishes what is on the desk. */
async function publish(page, note) {
  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByRole("dialog").getByLabel("说明").fill(note);
  await page.getByRole("button", { name: "立即发布" }).click();
}

/** The end of the text in the editor; only what is on screen is there to be read. */
async function text(page) {
  await page.locator(".cm-content").press("Control+End");
  return page.locator(".cm-content").innerText();
}

test("broken Rego is explained, leads to its line, and is not shown twice", async () => {
  const { page, leave } = await open("/policies?tab=rules&file=may_run.rego");
  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\npermit.odd := if {");
  const problems = page.getByRole("region", { name: "需要改正的地方" });
  await problems.getByText(/may_run\.rego 第 \d+ 行：if 前面还没有写规则的值/).waitFor();
  await problems.getByText(/unexpected if keyword/).waitFor();
  assert.equal(await problems.getByRole("listitem").count(), 1);
  await page.locator(".cm-lint-marker-error").first().waitFor();
  await shot(page, "policies-rules-zh");
  await accessible(page);
  await page.keyboard.press("Control+Home");
  await problems.getByRole("button").click();
  const line = await page.locator(".cm-activeLine").innerText();
  assert.match(line, /permit\.odd/);
  await drop(page);
  await leave();
});

test("a rule that no test reaches is marked at its lines", async () => {
  const { page, leave } = await open("/policies?tab=rules&file=may_see.rego");
  await page.locator(".cm-content").press("Control+End");
  await page.keyboard.insertText('\npermit.unheard := "没有人问。" if input.role == "nobody"\n');
  await page.getByRole("button", { name: "运行测试" }).click();
  await page.getByText(/^覆盖 \d+\.\d%，[1-9]\d* 行未测到$/).waitFor();
  await page.locator(".cm-lint-marker-info").first().waitFor();
  await shot(page, "policies-missed-zh");
  await page.getByRole("tab", { name: "测试", exact: true }).click();
  await page
    .getByRole("button", { name: /^转到 may_see\.rego 第 \d+ 行/ })
    .first()
    .click();
  await eventually(async () => assert.match(await page.locator(".cm-activeLine").innerText(), /unheard/));
  await drop(page);
  await leave();
});

test("no letter is lost: a reload, another file and another page bring back what was typed", async () => {
  const { call } = await staffOf(product.url, "compliance");
  const sessions = async () => (await call("GET", "/api/v1/audit?action=policy_draft_saved")).entries.length;
  const before = await sessions();
  const { page, leave } = await open("/policies?tab=rules&file=may_see.rego");
  const state = page.getByRole("status", { name: "草稿状态" });
  const write = async (words) => {
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(words);
  };
  await write("\n# 一");
  await state.getByText("未保存").waitFor();
  await page.reload(); // before the pause is over
  await eventually(async () => assert.match(await text(page), /# 一/));
  await state.getByText("已保存").waitFor();

  await page.route("**/api/v1/policies/draft", (route) =>
    route.request().method() === "PUT" ? route.abort() : route.continue(),
  );
  await write("二");
  await state.getByText(/保存失败/).waitFor();
  await page.unroute("**/api/v1/policies/draft");
  await page.locator(".cm-content").press("Control+s");
  await state.getByText("已保存").waitFor();

  await write("三");
  await page.getByRole("tab", { name: "历史版本" }).click();
  await page.getByRole("tab", { name: "规则原文" }).click();
  await eventually(async () => assert.match(await text(page), /# 一二三/));
  await page.goto(`${product.url}/audit?action=policy_draft_saved&actor=compliance`);
  await page.getByText(/^共 \d+ 条，已到最早一条$/).waitFor();
  assert.equal(await sessions(), before + 1, "one session of writing is one entry");
  await page.goto(`${product.url}/policies?tab=rules&file=may_see.rego`);
  await eventually(async () => assert.match(await text(page), /# 一二三/));
  await drop(page);
  await leave();
});

/** Drops the draft. */
async function drop(page) {
  await page.getByRole("button", { name: "放弃草稿" }).click();
  await page.locator(".ant-popover").getByRole("button", { name: "放弃草稿" }).click();
  await page.getByText("没有草稿").waitFor();
}

test("failing tests keep a draft out, say why, and are overruled on purpose only", async () => {
  const { call } = await staffOf(product.url, "compliance");
  const { sets } = await call("GET", "/api/v1/policies?brief=true");
  const test = "may_see_test.rego";
  const files = { [test]: `${sets[0].files[test]}\ntest_odd if {\n\tprint("看这里")\n\t1 == 2\n}\n` };
  await call("PUT", "/api/v1/policies/draft", {
    base: sets[0].revision,
    files,
    at: new Date().toISOString(),
  });
  const { page, leave } = await open("/policies?tab=tests");
  await page.getByRole("button", { name: "运行测试" }).click();
  await page.getByText(/^1 项未通过/).waitFor();
  await page.getByRole("region", { name: "打印的内容" }).getByText("看这里").waitFor();
  await page.getByRole("region", { name: "哪里没有成立" }).getByText(/Fail/).first().waitFor();
  await shot(page, "policies-failed-zh");
  await accessible(page);
  await publish(page, "试一试");
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/有 1 条测试没有通过/).waitFor();
  await shot(page, "policies-refused-zh");
  await accessible(page);
  const after = await call("GET", "/api/v1/policies?brief=true");
  assert.equal(after.sets[0].revision, sets[0].revision, "nothing was published");
  await dialog.getByRole("button", { name: /^取\s*消$/ }).click();
  await page
    .getByRole("button", { name: /may_see_test\.rego:\d+/ })
    .first()
    .click();
  await eventually(async () => assert.match(await page.locator(".cm-activeLine").innerText(), /1 == 2/));
  await drop(page);
  await leave();
});

test("who publishes from old rules sees what changed meanwhile and goes on from there", async () => {
  const { call } = await staffOf(product.url, "compliance");
  const { sets } = await call("GET", "/api/v1/policies?brief=true");
  const { page, leave } = await open("/policies?tab=table");
  await page.locator('[data-cell="agent email"]').click();
  await item(page, "不给").click();
  await page.getByText("草稿改动 1 个文件").waitFor();
  await page.getByRole("button", { name: /^发\s*布$/ }).click();
  await page.getByRole("dialog").getByLabel("说明").fill("收紧");
  const theirs = { "keep_for.rego": `${sets[0].files["keep_for.rego"]}\n# 同事的改动\n` };
  await call("PUT", "/api/v1/policies", { base: sets[0].revision, files: theirs, note: "同事先发布" });
  const dialog = page.getByRole("dialog"); // hears of it at once
  await dialog.getByText(/对方改动了 1 个文件/).click();
  await dialog.getByText("# 同事的改动").waitFor();
  await shot(page, "policies-meanwhile-zh");
  await accessible(page);
  await dialog.getByRole("button", { name: "在新规则上继续" }).click();
  await page.getByRole("button", { name: "立即发布" }).click();
  await page.getByText("没有草稿").waitFor();
  const after = await call("GET", "/api/v1/policies?brief=true");
  assert.match(after.sets[0].files["keep_for.rego"], /同事的改动/);
  assert.match(after.sets[0].files["may_reveal.rego"], /"email": "drop"/);
  await call("POST", "/api/v1/policies/rollback", { revision: sets[0].revision, note: "收回" });
  await leave();
});

test("the trail is filtered by what there is, has names for everything, and goes home whole", async () => {
  const { call } = await staffOf(product.url, "compliance");
  const state = await call("GET", "/api/v1/audit/state");
  for (const lang of ["zh", "en"]) {
    const { page, leave } = await open("/audit", { ...desktop, lang });
    await page.getByRole("combobox", { name: lang === "zh" ? "动作" : "What" }).click();
    const raw = state.actions.map(({ key }) => key);
    const labels = await page.locator(".ant-select-item-option").allInnerTexts();
    assert.ok(labels.length > 5, "the actions are listed");
    for (const label of labels) assert.doesNotMatch(label, new RegExp(`^(${raw.join("|")})\\b`), label);
    await leave();
  }
  const { page, leave } = await open("/audit");
  await page.getByRole("combobox", { name: "动作" }).click();
  await page
    .locator(".ant-select-dropdown:visible")
    .getByText(/^规则回退/)
    .click();
  await page.waitForURL(/action=policy_rolled_back/);
  const rows = state.actions.find(({ key }) => key === "policy_rolled_back").times;
  await page.getByText(`共 ${rows} 条，已到最早一条`).waitFor();
  assert.equal(await page.locator(".ant-table-row").count(), rows);
  await page
    .getByRole("button", { name: /^查看第/ })
    .first()
    .click();
  await page.getByRole("dialog").getByText("依据的规则版本").waitFor();
  await shot(page, "audit-entry-zh");
  await accessible(page);
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出 CSV" }).click(),
  ]);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
  assert.equal(lines.length, rows + 1);
  await leave();
});

test("a phone shows the table and the trail without scrolling sideways", async () => {
  for (const path of ["/policies", "/policies?tab=rules", "/policies?tab=history", "/audit"]) {
    const { page, leave } = await open(path, { ...phone, lang: "en" });
    await page.locator(".ant-table-row, .cm-content, main ul[aria-label] li").first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, path);
    await shot(page, `${path.replace(/\W+/g, "-").slice(1)}-phone-en`);
    await accessible(page);
    await leave();
  }
});
