import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Api } from "../src/api";
import { Client } from "../src/client";
import { type Backing, Shelf } from "../src/shelf";
import { startMock } from "./mock.mjs";

let mock: Awaited<ReturnType<typeof startMock>>;
const open: Client[] = [];

beforeAll(async () => {
  mock = await startMock();
});
afterEach(() => {
  for (const client of open.splice(0)) client.destroy();
});
afterAll(() => mock.close());

/** A device: what it remembers outlives the pages that are opened on it. */
class Device {
  readonly storage = new Map<string, string>();
  online = true;
  readonly requests: { path: string; key: string | null }[] = [];
  /** What the network does to a request, before and after the edge has seen it. */
  before: () => void = () => {};
  after: (key: string | null) => void = () => {};
  delay: (key: string | null) => Promise<void> = async () => {};

  shelf(): Shelf {
    const map = this.storage;
    const backing: Backing = {
      get length() {
        return map.size;
      },
      key: (index) => [...map.keys()][index] ?? null,
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
    };
    return new Shelf(backing);
  }

  page(): Client {
    const fetcher: typeof fetch = async (input, init) => {
      const path = new URL(String(input)).pathname.replace("/api/v1/web", "");
      const headers = new Headers(init?.headers);
      const key = headers.get("Idempotency-Key");
      this.requests.push({ path, key });
      this.before();
      const response = await fetch(input, init);
      await this.delay(key);
      this.after(key);
      return response;
    };
    const client = new Client(new Api(mock.url, () => "zh", fetcher), this.shelf(), {
      page: () => "https://shop.example/",
      lang: () => "zh",
      uuid: () => crypto.randomUUID(),
      online: () => this.online,
    });
    open.push(client);
    return client;
  }

  sent(path: string) {
    return this.requests.filter((request) => request.path === path);
  }
}

const texts = (client: Client) => client.state.messages.map((message) => message.text);
const said = (client: Client) => client.state.messages.filter((m) => m.by === "customer").map((m) => m.text);
const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 10 });
const answered = (client: Client, replies = 1) =>
  until(() => expect(client.state.messages.filter((m) => m.by === "ai")).toHaveLength(replies));

describe("a customer", () => {
  it("costs the edge nothing before the first word", () => {
    const device = new Device();
    device.page();
    expect(device.requests).toEqual([]);
  });

  it("asks and is answered, with sources", async () => {
    const client = new Device().page();
    client.send("可以退货吗");
    await answered(client);
    expect(client.state.messages[1]?.citations?.[0]?.title).toBe("退货与换货政策");
    expect(client.state.pending).toEqual([]);
    expect(client.brand).toBe("青禾优选");
  });

  it("finds everything again after a reload, and nothing twice", async () => {
    const device = new Device();
    const first = device.page();
    first.send("转人工");
    await answered(first);
    await until(() => expect(first.state.queue?.position).toBe(2));
    first.destroy();

    const second = device.page();
    expect(second.state.queue?.position).toBe(2); // at once, before any request
    second.begin();
    await until(() => expect(texts(second)).toEqual(texts(first)));
    second.send("可以退货吗");
    await answered(second, 2);
    expect(said(second)).toEqual(["转人工", "可以退货吗"]);
    expect(new Set(second.state.messages.map((message) => message.id)).size).toBe(4);
  });

  it("is heard once when the answer to the message gets lost", async () => {
    const device = new Device();
    const client = device.page();
    let lost = 0;
    device.after = (key) => {
      if (key && lost++ === 0) throw new TypeError("connection reset");
    };
    client.send("在吗");
    await until(() => expect(client.state.pending).toEqual([]));
    await answered(client);
    const keys = device.sent("/messages").flatMap((request) => request.key ?? []);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    expect(said(client)).toEqual(["在吗"]);
  });

  it("writes offline and is heard when back, even after a reload", async () => {
    const device = new Device();
    device.online = false;
    device.before = () => {
      if (!device.online) throw new TypeError("offline");
    };
    const first = device.page();
    first.send("先写着");
    await until(() => expect(first.state.pending[0]?.status).toBe("waiting"));
    first.destroy();
    const second = device.page();
    expect(second.state.pending.map((item) => item.text)).toEqual(["先写着"]);
    device.online = true;
    second.begin();
    await answered(second);
    expect(said(second)).toEqual(["先写着"]);
  });

  it("goes on when the session has run out, in the same conversation", async () => {
    const device = new Device();
    const client = device.page();
    client.send("可以退货吗");
    await answered(client);
    mock.expireSessions();
    client.send("在吗");
    await answered(client, 2);
    expect(said(client)).toEqual(["可以退货吗", "在吗"]);
    expect(device.sent("/sessions")).toHaveLength(2);
  });

  it("meets the same conversation on another device with the same login", async () => {
    const [phone, desktop] = [new Device().page(), new Device().page()];
    await phone.identify("signed.m_002");
    phone.send("我的订单到哪了");
    await answered(phone);
    await desktop.identify("signed.m_002");
    desktop.begin();
    await until(() => expect(texts(desktop)).toEqual(texts(phone)));
    expect(desktop.member).toBe("Daniel Brooks");
    desktop.send("可以退货吗");
    await until(() => expect(said(phone)).toEqual(["我的订单到哪了", "可以退货吗"]));
  });

  it("leaves nothing on the screen after a logout", async () => {
    const device = new Device();
    const client = device.page();
    await client.identify("signed.m_001");
    client.send("我的订单到哪了");
    await answered(client);
    const visitor = device.shelf().read("visitor");
    await client.identify(undefined);
    expect(client.state.messages).toEqual([]);
    client.begin();
    await until(() => expect(client.ready).toBe(true));
    expect(client.state.messages).toEqual([]);
    expect(client.member).toBeUndefined();
    expect(device.shelf().read("visitor")).not.toBe(visitor);
  });

  it("logs in while the first session is still being made", async () => {
    const device = new Device();
    const client = device.page();
    client.begin();
    await client.identify("signed.m_001");
    await until(() => expect(client.ready).toBe(true));
    expect(client.member).toBe("林晓彤");
    expect(device.shelf().read("session")).toMatchObject({
      login: "signed.m_001",
      member: { name: "林晓彤" },
    });
  });

  it("does not see in one conversation what was sent in another", async () => {
    const device = new Device();
    const client = device.page();
    client.send("可以退货吗");
    await answered(client);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    device.delay = (key) => (key ? held : Promise.resolve());
    client.send("这句是登录前说的");
    await until(() => expect(device.sent("/messages").filter((request) => request.key)).toHaveLength(2));
    await client.identify("signed.m_003");
    release();
    await until(() => expect(client.state.pending).toEqual([]));
    expect(said(client)).toEqual([]);
  });

  it("is served although the login has run out", async () => {
    const client = new Device().page();
    mock.refuseLogin("signed.old");
    await client.identify("signed.old");
    client.send("可以退货吗");
    await answered(client);
    expect(client.member).toBeUndefined();
  });

  it("reads older messages on demand", async () => {
    const device = new Device();
    const client = device.page();
    for (let i = 1; i <= 20; i++) client.send(`第 ${i} 句`);
    await until(() => expect(client.state.messages).toHaveLength(40));
    client.destroy();
    const later = device.page();
    later.begin();
    await until(() => expect(later.state.messages).toHaveLength(30));
    await later.loadEarlier();
    expect(texts(later)).toEqual(texts(client));
    expect(later.state.earlier).toBe(false);
  });

  it("is seen to write, now and then, and only once there is a conversation", async () => {
    const device = new Device();
    const client = device.page();
    client.writing();
    expect(device.requests).toEqual([]);
    client.send("可以退货吗");
    await answered(client);
    for (let i = 0; i < 20; i++) client.writing();
    expect(device.sent("/typing")).toHaveLength(1);
    client.send("在吗");
    client.writing();
    expect(device.sent("/typing")).toHaveLength(2); // whoever goes on writing after a message is seen at once
    device.before = () => {
      throw new TypeError("offline");
    };
    client.send("还在吗");
    client.writing(); // a sign that is lost harms nobody
    expect(device.sent("/typing")).toHaveLength(3);
  });

  it("sees how much is unread", async () => {
    const device = new Device();
    const client = device.page();
    client.send("可以退货吗");
    await until(() => expect(client.ready).toBe(true));
    client.markRead();
    await answered(client);
    expect(client.unread).toBe(1);
    client.markRead();
    expect(client.unread).toBe(0);
    expect(device.page().unread).toBe(0);
  });
});
