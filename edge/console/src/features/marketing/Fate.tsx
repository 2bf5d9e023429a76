// What became of something that was said, in words, and what happens next.
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock } from "../../shell/format";
import styles from "./marketing.module.css";
import type { Sending } from "./queries";

const colours: Record<string, string> = {
  pending: "processing",
  failed: "error",
  uncertain: "warning",
  arrived: "success",
};

export function Fate({ send: s }: { send: Sending }) {
  const { t } = useTranslation("marketing");
  const doubtful = s.after === "unconfirmed";
  return (
    <div data-fate={s.state}>
      <Tag color={doubtful ? "warning" : colours[s.state]}>
        {t(doubtful ? "unconfirmed" : `sent.${s.state}`)}
        {s.code ? ` · ${s.code}` : ""}
      </Tag>
      <span className={styles.fine}>
        {s.because} {s.then} {s.retry && t("tried_at", { at: clock(s.retry) })}
      </span>
    </div>
  );
}
