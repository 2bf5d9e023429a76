// A small edge with the widget's part of the API, for working on the widget without the product. It keeps
// everything in memory and answers from a script. `node test/mock.mjs [port]` serves the demo shop with it.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const members = [
  { id: "m_001", name: "林晓彤", hint: "两笔订单，一笔在途" },
  { id: "m_002", name: "Daniel Brooks", hint: "One order, delivered" },
  { id: "m_003", name: "赵雅琴", hint: "没有订单" },
];
const brand = { name: "青禾优选" };

const citation = {
  article: "returns",
  title: "退货与换货政策",
  passage:
    "自签收之日起 7 天内，商品完好、配件齐全，可申请七天无理由退货。退货运费由买家承担；质量问题由青禾优选承担。",
};

/** What the mock answers: text, and what comes with it. */
function script(text, member) {
  const english = !/[\u4e00-\u9fff]/.test(text);
  const pick = (zh, en) => (english ? en : zh);
  if (/人工|person/i.test(text)) {
    const position = { state: "queued", position: 2, staffed: true };
    return {
      intent: "handoff",
      text: pick("好的，正在为您转接人工客服，请稍候。", "Of course. I am getting a person for you."),
      handoff: {
        ...position,
        text: pick(
          "预计等待 3 分钟，期间可以继续问我。",
          "About 3 minutes. You can go on asking me meanwhile.",
        ),
      },
    };
  }
  if (/订单|快递|到哪|order/i.test(text)) {
    if (!member) {
      return {
        intent: "order",
        text: pick(
          "请登录，或告诉我订单号和收货手机号的后四位。",
          "Please log in, or tell me the order number and the last four digits of the phone.",
        ),
      };
    }
    return {
      intent: "order",
      text: pick(
        "您的订单 QH202611220001（青禾 北欧风陶瓷台灯 ×1，¥189.00）已到达杭州转运中心，预计明天送达。详情见 https://example.com/orders/QH202611220001 。",
        "Your order QH202611220001 (Qinghe ceramic lamp ×1, ¥189.00) is at the Hangzhou hub and should arrive tomorrow.",
      ),
      options: [pick("看物流详情", "Show the parcel's way"), pick("我要退款", "I want a refund")],
    };
  }
  if (/退|return/i.test(text)) {
    const answer = pick(
      "可以的。自签收之日起 7 天内，商品完好、配件齐全，就可以申请七天无理由退货；退货运费由您承担，质量问题则由我们承担。",
      "Yes. Within 7 days of delivery you can return it without giving a reason, as long as it is complete and undamaged.",
    );
    return { intent: "answer", text: answer, citations: [citation], written: true };
  }
  return {
    intent: "answer",
    text: pick(
      "这个问题我的知识库里没有记载，不敢乱说。需要我为您转人工吗？",
      "I have nothing on that and would rather not guess. Shall I get a person?",
    ),
    options: [pick("转人工", "Talk to a person")],
  };
}

/** Starts the mock; resolves to its address and a function that ends it. */
export async function startMock(port = 0) {
  const conversations = new Map(); // by visitor or member
  const sessions = new Map(); // by token
  const pictures = new Map();
  const refused = new Set(); // logins
  const staff = randomUUID(); // the one token of the staff

  const conversationOf = (who) => {
    if (!conversations.has(who)) {
      conversations.set(who, {
        id: `c_${randomUUID()}`,
        seq: 0,
        log: [],
        messages: [],
        keys: new Map(),
        ears: new Set(),
      });
    }
    return conversations.get(who);
  };
  const tell = (conversation, event, data, passing = false) => {
    const frame = passing
      ? { event, data }
      : { event, data: { ...data, seq: ++conversation.seq }, id: conversation.seq };
    if (!passing) conversation.log.push(frame);
    for (const ear of conversation.ears) ear(frame);
    return frame.data;
  };
  const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const answer = async (session, text) => {
    const { conversation } = session;
    const { handoff, written, ...said } = script(text, session.member);
    tell(conversation, "typing", { by: "ai" }, true);
    if (written) {
      for (let end = 8; end < said.text.length; end += 8) {
        await wait(40);
        tell(conversation, "typing", { by: "ai", text: said.text.slice(0, end) }, true);
      }
    }
    await wait(30);
    const reply = {
      id: `r_${randomUUID()}`,
      conversation: conversation.id,
      by: "ai",
      at: new Date().toISOString(),
      ...said,
    };
    conversation.messages.push(tell(conversation, "reply", reply));
    if (handoff) tell(conversation, "handoff", { ...handoff, at: new Date().toISOString() });
  };

  const routes = {
    "GET /demo": async () => file("../../demo/shop.html", "text/html"),
    "GET /demo/shop.css": async () => file("../../demo/shop.css", "text/css"),
    "GET /demo/shop.js": async () => file("../../demo/shop.js", "text/javascript"),
    "GET /widget.js": async () => file("../dist/widget.js", "text/javascript"),
    "GET /demo/members": async () => ({ members }),
    "POST /demo/logout": async () => ({}),
    "POST /demo/login": async ({ body }) => {
      const member = members.find((m) => m.id === JSON.parse(body).member);
      return member
        ? { member: `signed.${member.id}`, name: member.name }
        : problem(404, "member_unknown", "没有这个会员");
    },
    "POST /api/v1/web/sessions": async ({ body }) => {
      const { visitor = randomUUID(), member } = JSON.parse(body);
      if (refused.has(member)) return problem(401, "member_expired", "会员登录已过期，请重新登录。");
      const known = members.find((m) => `signed.${m.id}` === member);
      const token = randomUUID();
      const conversation = conversationOf(known?.id ?? visitor);
      sessions.set(token, { conversation, member: known });
      const made = { session: token, token, conversation: conversation.id, visitor, brand };
      return {
        ...made,
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
        ...(known ? { member: { name: known.name } } : {}),
      };
    },
    "POST /api/v1/web/messages": async ({ session, body, headers }) => {
      const { text = "", pictures: shown = [] } = JSON.parse(body);
      const { conversation } = session;
      const key = headers["idempotency-key"];
      if (!text && shown.length === 0) return problem(400, "text_empty", "请输入内容");
      if (!conversation.keys.has(key)) {
        const at = new Date().toISOString();
        const kept = shown.map((id) => ({ id, ...pictures.get(id)?.size }));
        const message = {
          id: `m_${key}`,
          conversation: conversation.id,
          text,
          by: "customer",
          at,
          pictures: kept,
        };
        conversation.keys.set(key, message);
        conversation.messages.push(tell(conversation, "message", message));
        void answer(session, text);
      }
      return { message: conversation.keys.get(key) };
    },
    "GET /api/v1/web/messages": async ({ session, query }) => {
      const before = Number(query.get("before") ?? Number.POSITIVE_INFINITY);
      const older = session.conversation.messages.filter((message) => message.seq < before);
      return { messages: older.slice(-Number(query.get("limit") ?? 50)) };
    },
    "GET /api/v1/web/events": async ({ session, headers, response }) => {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      const ear = ({ event, data, id }) =>
        response.write(`${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
      const after = Number(headers["last-event-id"] ?? 0);
      response.write(": hello\n\n");
      for (const frame of session.conversation.log) if (frame.id > after) ear(frame);
      session.conversation.ears.add(ear);
      response.on("close", () => session.conversation.ears.delete(ear));
      return undefined;
    },
    "POST /api/v1/web/pictures": async ({ body, headers }) => {
      const id = `p_${randomUUID()}`;
      const size =
        body.toString("latin1", 1, 4) === "PNG"
          ? { width: body.readUInt32BE(16), height: body.readUInt32BE(20) }
          : {};
      pictures.set(id, { body, type: headers["content-type"], size });
      return { picture: { id, type: headers["content-type"], bytes: body.length, ...size } };
    },
    "POST /api/v1/staff/login": async () => ({ token: staff }),
    "POST /api/v1/conversations/:id/messages": async ({ id, body }) => {
      const conversation = [...conversations.values()].find((known) => known.id === id);
      const at = new Date().toISOString();
      const agent = "李静";
      tell(conversation, "handoff", {
        state: "accepted",
        staffed: true,
        agent,
        at,
        text: `人工客服${agent}已接入。`,
      });
      const message = {
        id: `h_${randomUUID()}`,
        conversation: id,
        text: JSON.parse(body).text,
        by: "human",
        agent,
        at,
      };
      conversation.messages.push(tell(conversation, "reply", message));
      return { message };
    },
    "POST /api/v1/conversations/:id/return": async ({ id }) => {
      const conversation = [...conversations.values()].find((known) => known.id === id);
      tell(conversation, "handoff", {
        state: "returned",
        text: "人工服务已结束，接下来由智能助手继续为您服务。",
      });
      return {};
    },
    "POST /api/v1/web/typing": async () => ({}),
    "POST /api/v1/web/leave": async ({ session }) => {
      tell(session.conversation, "handoff", {
        state: "left",
        position: 0,
        staffed: true,
        text: "您已退出排队，可以继续问我。",
      });
      return {};
    },
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://mock");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const token = request.headers.authorization?.replace("Bearer ", "") ?? url.searchParams.get("token");
    const session = sessions.get(token);
    const { headers } = request;
    const picture = /^\/api\/v1\/web\/pictures\/(.+)$/.exec(url.pathname);
    let answered;
    if (url.pathname.startsWith("/api/v1/web/") && !url.pathname.endsWith("/sessions") && !session) {
      answered = problem(401, "token_expired", "会话已过期");
    } else if (picture && pictures.has(picture[1])) {
      answered = { raw: pictures.get(picture[1]).body, type: pictures.get(picture[1]).type };
    } else {
      const id = /^\/api\/v1\/conversations\/([^/]+)/.exec(url.pathname)?.[1];
      const route = routes[`${request.method} ${url.pathname.replace(`/${id}`, "/:id")}`];
      const call = { id, session, headers, response, query: url.searchParams, body: Buffer.concat(chunks) };
      answered = route ? await route(call) : problem(404, "not_found", "没有这个页面");
    }
    if (answered === undefined) return; // it goes on by itself
    const { status = 200, raw, type = "application/json" } = answered;
    response.writeHead(status, { "Content-Type": type });
    response.end(raw ?? JSON.stringify(answered.error ? { error: answered.error } : answered));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Lets every session run out. */
    expireSessions: () => sessions.clear(),
    /** Makes a login one that the edge no longer accepts. */
    refuseLogin: (login) => refused.add(login),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function problem(status, code, message) {
  return { status, error: { code, message, request_id: randomUUID() } };
}

async function file(path, type) {
  return { raw: await readFile(here(path)), type: `${type}; charset=utf-8` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await startMock(Number(process.argv[2] ?? 8090));
  console.log(`${url}/demo`);
}
