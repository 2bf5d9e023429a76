// Small signs: the channel, the mood, how long somebody waits, how much may still be sent.
import {
  FrownFilled,
  GlobalOutlined,
  MailOutlined,
  MehFilled,
  MessageOutlined,
  MobileOutlined,
  PhoneOutlined,
  TikTokOutlined,
  WechatOutlined,
  WechatWorkOutlined,
} from "@ant-design/icons";
import { Tag, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { elapsed, moment } from "../../shell/format";
import { useNow } from "../../shell/now";
import styles from "./marks.module.css";
import { type Allowance, mood } from "./model";

const icons: Record<string, ReactNode> = {
  web: <GlobalOutlined />,
  app: <MobileOutlined />,
  douyin: <TikTokOutlined />,
  wechat: <WechatOutlined />,
  miniprogram: <WechatOutlined />,
  wecom: <WechatWorkOutlined />,
  email: <MailOutlined />,
  phone: <PhoneOutlined />,
};

/** A channel's name; that of a channel without one is its own word. */
export function useChannelName() {
  const { t } = useTranslation("workbench");
  return (channel: string) => t(`channel.${channel}`, { defaultValue: channel });
}

export function Channel({ name }: { name: string }) {
  const named = useChannelName()(name);
  return (
    <span role="img" aria-label={named} title={named} className={styles.channel}>
      {icons[name] ?? <MessageOutlined />}
    </span>
  );
}

/** A customer who is unhappy; nothing for everybody else. */
export function Mood({ emotion }: { emotion: number }) {
  const { t } = useTranslation("workbench");
  const felt = mood(emotion);
  if (felt !== "furious" && felt !== "unhappy") return null;
  const Face = felt === "furious" ? FrownFilled : MehFilled;
  return (
    <span role="img" aria-label={t(`mood.${felt}`)} title={t(`mood.${felt}`)} className={styles[felt]}>
      <Face />
    </span>
  );
}

const minute = 60_000;

/** How long a customer has been waiting. After one minute it stands out, after three it cannot be missed. */
export function Waiting({ since }: { since: string }) {
  const { t } = useTranslation("workbench");
  const waited = useNow() - Date.parse(since);
  const grade = waited > 3 * minute ? styles.late : waited > minute ? styles.soon : styles.fresh;
  return (
    <span className={grade} title={t("waiting_since", { at: moment(since) })}>
      {elapsed(waited)}
    </span>
  );
}

/** What a platform still lets us say, and until when. */
export function Quota({ allowance }: { allowance: Allowance }) {
  const { t } = useTranslation("workbench");
  const channel = useChannelName()(allowance.channel);
  const now = useNow();
  const rest = allowance.until ? Date.parse(allowance.until) - now : undefined;
  const over = allowance.left <= 0 || (rest !== undefined && rest <= 0);
  const text = t(over ? "quota.over" : "quota.left", {
    channel,
    left: allowance.left,
    limit: allowance.limit,
  });
  const tip = t("quota.scene", { scene: t(`scene.${allowance.scene}`, { defaultValue: allowance.scene }) });
  return (
    <Tooltip title={tip}>
      <Tag color={over ? "error" : allowance.left <= 2 ? "warning" : "default"}>
        {text}
        {!over && rest !== undefined && ` · ${t("quota.until", { rest: elapsed(rest) })}`}
      </Tag>
    </Tooltip>
  );
}
