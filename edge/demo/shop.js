// The demo shop's own few lines: its language, and a login that lets a visitor play one of its members.
(() => {
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const english = () => root.lang.startsWith("en");

  const remember = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key) ?? undefined;
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch {
      // Without storage the page forgets, and works.
    }
    return undefined;
  };

  const speak = (lang) => {
    root.lang = lang === "en" ? "en" : "zh-CN";
  };
  const asked = new URLSearchParams(location.search).get("lang");
  speak(asked ?? remember("shop.lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
  byId("language").addEventListener("click", () => {
    const lang = english() ? "zh" : "en";
    remember("shop.lang", lang);
    speak(lang);
  });

  let login;
  try {
    login = JSON.parse(remember("shop.login") ?? "null") ?? undefined;
  } catch {
    login = undefined;
  }

  /** Tells the page and the widget who is logged in. */
  const show = () => {
    const who = byId("who");
    if (login) {
      who.textContent = login.name;
    } else {
      const zh = Object.assign(document.createElement("span"), { lang: "zh-CN", textContent: "登录" });
      const en = Object.assign(document.createElement("span"), { lang: "en", textContent: "Log in" });
      who.replaceChildren(zh, en);
    }
    byId("logout").hidden = !login;
    for (const button of byId("members").querySelectorAll("button")) {
      button.setAttribute("aria-current", String(button.dataset.member === login?.id));
    }
    window.Keliu?.identify(login?.member);
  };

  const request = async (path, body) => {
    const init = body
      ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }
      : {};
    const response = await fetch(path, {
      ...init,
      headers: { ...init.headers, "Accept-Language": root.lang },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const text = await response.text();
    return text ? JSON.parse(text) : undefined;
  };

  /** Runs what a click asked for and says so when it does not work. */
  const attempt = (work) => async () => {
    byId("trouble").textContent = "";
    try {
      await work();
    } catch {
      byId("trouble").textContent = english()
        ? "That did not work, please try again."
        : "没有成功，请再试一次。";
    }
  };

  const enter = (id) =>
    attempt(async () => {
      login = { ...(await request("/demo/login", { member: id })), id };
      remember("shop.login", JSON.stringify(login));
      byId("account").open = false;
      show();
    });

  const list = attempt(async () => {
    const { members } = await request("/demo/members");
    const items = members.map((member) => {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.member = member.id;
      button.append(
        member.name,
        Object.assign(document.createElement("small"), { textContent: member.hint }),
      );
      button.addEventListener("click", enter(member.id));
      const item = document.createElement("li");
      item.append(button);
      return item;
    });
    byId("members").replaceChildren(...items);
    show();
  });

  byId("account").addEventListener("toggle", () => byId("account").open && list());
  byId("logout").addEventListener(
    "click",
    attempt(async () => {
      await request("/demo/logout", {});
      login = undefined;
      remember("shop.login", null);
      byId("account").open = false;
      show();
    }),
  );
  document.addEventListener("click", (event) => {
    if (!byId("account").contains(event.target)) byId("account").open = false;
    if (event.target.closest("[data-ask]")) window.Keliu?.open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") byId("account").open = false;
  });
  document.addEventListener("keliu:ready", () => login && window.Keliu.identify(login.member));
  show();
})();
