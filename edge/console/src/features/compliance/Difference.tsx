// What files say otherwise than before, to be read.
import { Flex, Tag, Typography } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import styles from "./compliance.module.css";
import { hunks } from "./difference";
import type { Files } from "./queries";

/** The files that differ, each with the places where it does. */
export function Difference({ before, after }: { before: Files; after: Files }) {
  const { t } = useTranslation("compliance");
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .sort();
  if (names.length === 0) return <Typography.Text>{t("no_difference")}</Typography.Text>;
  return (
    <Flex vertical gap="small">
      {names.map((name) => (
        <OneFile key={name} name={name} before={before[name] ?? ""} after={after[name] ?? ""} />
      ))}
    </Flex>
  );
}

function OneFile({ name, before, after }: { name: string; before: string; after: string }) {
  const { t } = useTranslation("compliance");
  const found = useMemo(() => hunks(before, after), [before, after]);
  const count = (sign: string) => found.flat().filter((line) => line.sign === sign).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section aria-label={t("difference_of", { name })} className={styles.difference} tabIndex={0}>
      <header>
        <Typography.Text strong>{name}</Typography.Text>
        <Tag color="green">+{count("+")}</Tag>
        <Tag color="red">−{count("-")}</Tag>
      </header>
      {found.map((hunk) => (
        <pre key={`${hunk[0]?.before ?? 0}:${hunk[0]?.after ?? 0}`}>
          {hunk.map((line) => (
            <div key={`${line.sign}${line.before ?? ""}:${line.after ?? ""}`} data-sign={line.sign}>
              <span className={styles.number} aria-hidden="true">
                {line.after ?? line.before}
              </span>
              {line.sign} {line.text}
            </div>
          ))}
        </pre>
      ))}
    </section>
  );
}
