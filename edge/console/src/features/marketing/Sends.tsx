// What was said to leads, by which rule, and what became of it.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { moment } from "../../shell/format";
import { Nothing, Queried } from "../../shell/states";
import { Choice } from "./Choice";
import { Fate } from "./Fate";
import styles from "./marketing.module.css";
import { leadAt, useFilters } from "./places";
import { mostSends, type Sending, useNames, useSends } from "./queries";
import { useReasons } from "./reasons";

const outcomes = ["pending", "sent", "arrived", "failed", "uncertain"];

export function Sends() {
  const { t } = useTranslation("marketing");
  const names = useNames();
  const { filter, change, clear } = useFilters(["state", "rule", "campaign"]);
  const sends = useSends(filter);
  const filtered = Object.values(filter).some(Boolean);
  const choice = (name: "state" | "rule" | "campaign", options: { value: string; label: string }[]) => (
    <Choice
      label={t(name === "state" ? "by_outcome" : `by_${name}`)}
      value={filter[name]}
      options={options}
      change={(value) => change(name, value)}
    />
  );
  return (
    <>
      <div className={styles.filters}>
        {choice(
          "state",
          outcomes.map((o) => ({ value: o, label: t(`sent.${o}`) })),
        )}
        {choice("rule", names.rules)}
        {choice("campaign", names.campaigns)}
      </div>
      <Queried query={sends}>
        {(data) =>
          data.sends.length === 0 ? (
            <Nothing text={t(filtered ? "no_sends_found" : "no_sends")}>
              {filtered && <Button onClick={clear}>{t("clear")}</Button>}
            </Nothing>
          ) : (
            <>
              <ul className={styles.rows} aria-label={t("sends")}>
                {data.sends.map((s) => (
                  <li key={s.id}>
                    <Row send={s} />
                  </li>
                ))}
              </ul>
              {data.sends.length === mostSends && (
                <p className={styles.fine}>{t("sends_latest", { count: mostSends })}</p>
              )}
            </>
          )
        }
      </Queried>
    </>
  );
}

function Row({ send: s }: { send: Sending }) {
  const { t } = useTranslation("marketing");
  const because = useReasons(s);
  return (
    <div className={styles.said}>
      <div>
        <b>{t(`kind.${s.kind}`)}</b>
        <div className={styles.fine}>{moment(s.at)}</div>
        <div className={styles.fine}>
          {s.agent ? s.agent_name || s.agent : t(`by.${s.by}`, { defaultValue: s.by })}
        </div>
      </div>
      <div>
        <div>
          <span className={styles.fine}>{t("to")} </span>
          <Link to={leadAt(s.person)}>{s.name || t("nameless")}</Link>
        </div>
        <div className={styles.text}>{s.text}</div>
        {because && <div className={styles.fine}>{because}</div>}
      </div>
      <Fate send={s} />
    </div>
  );
}
