// How the widget behaves on other people's pages: languages, small screens, keyboards, screen readers, policies.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { desktop, eventually, phone, png, shot, startBrowser, startProduct, visit } from "./harness.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

const active = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.tagName ?? "";
  });

async function assertAccessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  const serious = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`,
    );
  assert.deepEqual(serious, [], where);
}

for (const lang of ["zh", "en"]) {
  for (const colorScheme of ["light", "dark"]) {
    for (const [size, device] of Object.entries({ desktop, phone })) {
      test(`can be read by everybody: ${lang}, ${colorScheme}, ${size}`, async () => {
        const { page, chat, leave } = await visit(browser, product.url, {
          ...device,
          lang,
          colorScheme,
          reducedMotion: "reduce",
        });
        const name = `${size}-${lang}-${colorScheme}`;
        await assertAccessible(page, "the page");
        await shot(page, `${name}-page`);
        await chat.open();
        await assertAccessible(page, "the greeting");
        await shot(page, `${name}-greeting`);
        await chat.ask(lang === "zh" ? "可以退货吗？" : "Can I return it?");
        await chat.replies.last().locator("summary").first().click();
        await shot(page, `${name}-answer`);
        await chat.person.click();
        await chat.queue.waitFor();
        await assertAccessible(page, "the conversation");
        await shot(page, `${name}-queue`);
        await leave();
      });
    }
  }
}

test("takes any colour and either side, and can still be read", async () => {
  const { page, chat, leave } = await visit(browser, product.url, { ...desktop, reducedMotion: "reduce" });
  for (const colour of ["#ffd400", "#777777"]) {
    await page.route("**/demo", async (route) => {
      const html = await (await route.fetch()).text();
      const tag = html.replace("#1b6b4c", colour).replace('data-position="right"', 'data-position="left"');
      await route.fulfill({ body: tag, contentType: "text/html; charset=utf-8" });
    });
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(`${product.url}/demo`);
    if (!(await chat.window.isVisible())) await chat.open();
    await chat.ask("可以退货吗？");
    const file = page.locator('keliu-chat input[type="file"]');
    await file.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: png(8, 8) });
    await page.locator(".attached:not(.busy)").waitFor();
    assert.equal((await chat.window.boundingBox()).x, 24);
    await assertAccessible(page, colour);
    await shot(page, `colour-${colour.slice(1)}`);
    await page.unroute("**/demo");
  }
  await leave();
});

test("keeps the customer's place while older messages come in", async () => {
  const { page, chat, leave } = await visit(browser, product.url, { ...desktop, reducedMotion: "reduce" });
  await chat.open();
  for (let i = 1; i <= 20; i++) await chat.say(`第 ${i} 个问题：可以退货吗？`);
  await eventually(async () => assert.equal(await chat.replies.count(), 20), 30_000);
  await page.reload();
  await eventually(async () => assert.ok((await chat.replies.count()) > 0));
  const oldest = await chat.mine.first().locator(".text").innerText();
  assert.doesNotMatch(oldest, /^第 1 个/);
  await page.locator(".scroller").evaluate((el) => el.scrollTo(0, 0));
  await eventually(async () => assert.equal(await chat.replies.count(), 20));
  assert.ok(
    (await page.locator(".scroller").evaluate((el) => el.scrollTop)) > 200,
    "the log has jumped to its top",
  );
  await page.getByRole("button", { name: "最新消息" }).click();
  await eventually(async () => {
    const left = (el) => el.scrollHeight - el.scrollTop - el.clientHeight;
    assert.ok((await page.locator(".scroller").evaluate(left)) < 2);
  });
  await leave();
});

test("speaks the page's language, also when it changes", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await chat.open();
  assert.equal(await chat.input.getAttribute("placeholder"), "输入您的问题…");
  await page.locator("#language").click();
  await eventually(async () =>
    assert.equal(await chat.input.getAttribute("placeholder"), "Type your question…"),
  );
  const words = await page.locator("keliu-chat .window").innerText();
  assert.match(words, /Where is my order/);
  assert.match(await chat.ask("Can I return it?"), /return/i);
  await leave();
});

test("fills a phone's screen, holds the page still and gives it back", async () => {
  const { page, chat, leave } = await visit(browser, product.url, phone);
  await chat.open();
  const box = await chat.window.boundingBox();
  assert.deepEqual(box, { x: 0, y: 0, width: 390, height: 844 });
  assert.equal(await chat.window.getAttribute("aria-modal"), "true");
  const overflow = () => page.evaluate(() => getComputedStyle(document.documentElement).overflow);
  assert.equal(await overflow(), "hidden");
  const input = await chat.input.evaluate((el) => Number.parseFloat(getComputedStyle(el).fontSize));
  assert.ok(input >= 16, "a phone zooms into smaller inputs");
  await page.setViewportSize({ width: 390, height: 460 }); // the keyboard comes up
  await eventually(async () => assert.equal((await chat.window.boundingBox()).height, 460));
  await page.getByRole("button", { name: "关闭" }).first().click();
  await chat.window.waitFor({ state: "hidden" });
  assert.notEqual(await overflow(), "hidden");
  await leave();
});

test("keeps the focus inside while it covers a phone's screen", async () => {
  const { page, chat, leave } = await visit(browser, product.url, phone);
  await chat.open();
  const seen = new Set();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "KELIU-CHAT");
    seen.add(await active(page));
  }
  assert.ok(seen.has("输入消息") && seen.has("转人工客服") && seen.has("关闭"), [...seen].join());
  await leave();
});

test("needs no mouse", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  for (let i = 0; (await active(page)) !== "打开在线客服"; i++) {
    assert.ok(i < 40, "the launcher is not reached");
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await active(page), "输入消息"));
  await page.keyboard.type("可以");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("退货吗");
  await page.keyboard.press("Enter");
  await chat.delivered("退货吗");
  assert.match(await chat.mine.last().locator(".text").innerText(), /^可以\n退货吗$/);
  const source = chat.replies.last().locator("summary").first();
  await source.waitFor();
  for (let i = 0; !(await source.evaluate((el) => el.getRootNode().activeElement === el)); i++) {
    assert.ok(i < 40, "the source is not reached");
    await page.keyboard.press("Shift+Tab");
  }
  await page.keyboard.press("Enter");
  assert.equal(await chat.replies.last().locator("blockquote").first().isVisible(), true);
  await page.keyboard.press("Escape");
  await eventually(async () => assert.match(await active(page), /打开在线客服/));
  await leave();
});

test("leaves Enter to the input method while characters are composed", async () => {
  const { chat, leave } = await visit(browser, product.url);
  await chat.open();
  await chat.input.fill("ni hao");
  const enter = { key: "Enter", bubbles: true, cancelable: true };
  await chat.input.dispatchEvent("keydown", { ...enter, isComposing: true });
  await chat.input.dispatchEvent("keydown", { ...enter, keyCode: 229 });
  assert.equal(await chat.input.inputValue(), "ni hao");
  assert.equal(await chat.mine.count(), 0);
  await chat.input.dispatchEvent("keydown", enter);
  await chat.delivered("ni hao");
  await leave();
});

test("works under a strict content policy and leaves one name behind", async () => {
  const { page, chat, leave } = await visit(browser, product.url);
  await page.route("**/demo", async (route) => {
    const response = await route.fetch();
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:";
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.addInitScript(() => {
    const before = new Set(Object.getOwnPropertyNames(window));
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.violations.push(event.violatedDirective),
    );
    window.added = () => Object.getOwnPropertyNames(window).filter((name) => !before.has(name));
  });
  await page.reload();
  await chat.open();
  await chat.ask("可以退货吗？");
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  const names = await page.evaluate(() =>
    window.added().filter((name) => !["violations", "added"].includes(name)),
  );
  assert.deepEqual(names, ["Keliu"]);
  const api = await page.evaluate(() => Object.keys(window.Keliu).sort());
  assert.deepEqual(api, ["close", "destroy", "identify", "open"]);
  await page.evaluate(() => window.Keliu.destroy());
  assert.equal(await page.locator("keliu-chat").count(), 0);
  assert.equal(await page.evaluate(() => "Keliu" in window), false);
  await leave();
});

test("moves nothing for those who asked for little movement", async () => {
  const { page, chat, leave } = await visit(browser, product.url, { ...desktop, reducedMotion: "reduce" });
  await chat.open();
  await chat.ask("可以退货吗？");
  const moving = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("keliu-chat");
    return shadowRoot.getAnimations().length;
  });
  assert.equal(moving, 0);
  await leave();
});
