// What the page says, in Chinese and English.
const words = {
  zh: {
    title: "抖音模拟器", language: "English", people: "用户", add: "添加", newcomer: "新用户的昵称", phone: "用户的手机", comments: "评论", messages: "私信",
    post: "发评论", send: "发送", enter: "进入私信", image: "发图片", authorise: "同意主动私信", withdraw: "取消同意", desk: "平台控制台", way: "事件推送", copies: "重复次数",
    delay: "延迟（毫秒）", drop: "丢弃接下来几条", shuffle: "打乱顺序", apply: "应用", faults: "接口故障", on: "接口", what: "故障", times: "次数（0 为一直）", strike: "设置故障",
    heal: "清除故障", expire: "令牌全部过期", hooks: "推送记录", calls: "接口调用", "on-send": "发私信", "on-comment": "回复评论", "on-token": "取令牌",
    item_comment_reply: "评论", im_receive_msg: "收到私信", im_send_msg: "发出私信", im_enter_direct_msg: "进入私信", im_recall_msg: "撤回私信", im_authorize: "主动私信授权", verify_webhook: "验证地址",
    video: (n, comments) => `视频 ${n} · ${comments} 条`, tries: "试试这些话", tryComments: ["这个多少钱？", "求链接", "多少米一台", "duoshaoqian", "太贵了，能便宜点吗", "加我微信 fish_2026", "坏了没人理，要投诉", "好看"],
    tryMessages: ["在吗，有现货吗？", "我想退货", "转人工", "我的手机 13812345678"],
    noComments: "还没有评论，写下第一条吧。", noMessages: "还没有私信。发一句话，看看客服怎么回答。", noHooks: "还没有推送。", noCalls: "还没有调用。", noPeople: "还没有用户，先添加一位。",
    writeComment: "善语结善缘…", writeMessage: "发消息…", reply: "回复", author: "作者", card: "卡片", "kind-image": "图片", "kind-video": "视频", "kind-emoji": "表情", recalled: "消息已撤回", recall: "撤回",
    left: (n, until) => `客服还能回复 ${n} 条，至 ${until}`, shut: "客服的回复窗口未打开", allowed: (until) => `已同意主动私信，至 ${until}`,
    answering: (name) => `回复 ${name}，点此取消`, subscribed: (url) => `事件推送到 ${url}`, unsubscribed: "没有订阅事件推送", lost: "与模拟器的连接断开，正在重试…", forever: "一直", done: "已应用", left_: (n) => `还有 ${n} 次`,
    hang: "不处理也不答复", mute: "处理了但不答复", reset: "连接中断", silent: "说成功但不送达", 500: "HTTP 500", 503: "HTTP 503", 28003070: "28003070 条数用完", 28003080: "28003080 超过 24 小时",
    28003082: "28003082 接收人不匹配", 28003095: "28003095 工作台策略", 28029003: "28029003 非企业号", 28003018: "28003018 频率限制", 28001038: "28001038 内容不合法", 2190008: "2190008 令牌过期", 45015: "45015 超出时限",
  },
  en: {
    title: "Douyin simulator", language: "中文", people: "People", add: "Add", newcomer: "Name of a new person", phone: "The person's phone", comments: "Comments", messages: "Messages",
    post: "Post", send: "Send", enter: "Open chat", image: "Send a picture", authorise: "Allow messages", withdraw: "Withdraw", desk: "Platform console", way: "Webhooks", copies: "Duplicates",
    delay: "Delay (ms)", drop: "Lose the next", shuffle: "Shuffle", apply: "Apply", faults: "Faults of the API", on: "Call", what: "Fault", times: "Times (0: always)", strike: "Set fault",
    heal: "Clear faults", expire: "Expire tokens", hooks: "Webhooks sent", calls: "API calls", "on-send": "Send message", "on-comment": "Reply to comment", "on-token": "Access token",
    item_comment_reply: "comment", im_receive_msg: "message in", im_send_msg: "message out", im_enter_direct_msg: "chat opened", im_recall_msg: "message recalled", im_authorize: "agreement", verify_webhook: "address check",
    video: (n, comments) => `Video ${n} · ${comments}`, tries: "Try these", tryComments: ["How much is it?", "link please", "这个多少钱？", "多少米一台", "duoshaoqian", "too expensive", "it broke, I want a refund"],
    tryMessages: ["Is it in stock?", "I want to return it", "a person please", "my number is 13812345678"],
    noComments: "No comments yet. Write the first one.", noMessages: "No messages yet. Say something and see what the desk answers.", noHooks: "Nothing was sent yet.", noCalls: "No calls yet.", noPeople: "Nobody yet. Add somebody first.",
    writeComment: "Say something nice…", writeMessage: "Message…", reply: "Reply", author: "Author", card: "Card", "kind-image": "Picture", "kind-video": "Video", "kind-emoji": "Sticker", recalled: "Message recalled", recall: "Recall",
    left: (n, until) => `${n} replies left until ${until}`, shut: "The desk may not reply now", allowed: (until) => `Messages allowed until ${until}`,
    answering: (name) => `Replying to ${name} (tap to cancel)`, subscribed: (url) => `Webhooks go to ${url}`, unsubscribed: "Nobody has subscribed to webhooks", lost: "Lost the simulator, trying again…", forever: "always", done: "Applied", left_: (n) => `${n} more`,
    hang: "no action, no answer", mute: "done, but no answer", reset: "connection breaks", silent: "success without delivery", 500: "HTTP 500", 503: "HTTP 503", 28003070: "28003070 quota used", 28003080: "28003080 older than 24 h",
    28003082: "28003082 peer mismatch", 28003095: "28003095 workbench policy", 28029003: "28029003 not an enterprise", 28003018: "28003018 rate limit", 28001038: "28001038 content", 2190008: "2190008 token expired", 45015: "45015 out of time",
  },
};

const stored = localStorage.getItem("language");
export let language = stored ?? (navigator.language.startsWith("zh") ? "zh" : "en");

/** Says something in the chosen language; unknown keys say themselves. */
export function say(key, ...args) {
  const word = words[language][key];
  return typeof word === "function" ? word(...args) : (word ?? String(key));
}

/** Changes to the other language. */
export function turn() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}
