// Which range and whose figures: what is chosen stands in the address.
import { DatePicker, Flex, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import styles from "./cockpit.module.css";
import type { Figures } from "./queries";
import { changed, readView, spans } from "./view";

export function Filters({ figures }: { figures: Figures | undefined }) {
  const { t } = useTranslation("cockpit");
  const [params, setParams] = useSearchParams();
  const view = readView(params);
  const change = (next: Record<string, string>) => setParams(changed(params, next), { replace: true });
  const chosen = view.range === "custom";
  const days = chosen ? ([dayjs(view.from), dayjs(view.to).subtract(1, "day")] as const) : null;
  const choose = (range: string) =>
    range === "custom"
      ? change({
          range: "",
          from: dayjs().subtract(6, "day").format("YYYY-MM-DD"),
          to: dayjs().format("YYYY-MM-DD"),
        })
      : change({ range, from: "", to: "" });
  return (
    <Flex wrap gap="small" align="center" role="search" aria-label={t("filters")}>
      <Segmented
        aria-label={t("range.label")}
        className={styles.ranges}
        value={view.range}
        onChange={choose}
        options={[...Object.keys(spans), "custom"].map((value) => ({ value, label: t(`range.${value}`) }))}
      />
      {chosen && (
        <DatePicker.RangePicker
          aria-label={t("range.custom")}
          allowClear={false}
          classNames={{ popup: { root: styles.days } }}
          value={days && [...days]}
          maxDate={dayjs()}
          onChange={(picked) =>
            picked?.[0] &&
            picked[1] &&
            change({ from: picked[0].format("YYYY-MM-DD"), to: picked[1].format("YYYY-MM-DD") })
          }
        />
      )}
      <Choice
        of="channel"
        value={view.channel}
        change={change}
        choices={(figures?.channels ?? []).map((id) => ({
          id,
          name: t([`channel.${id}`, "part"], { name: id }),
        }))}
      />
      <Choice of="team" value={view.team} change={change} choices={figures?.teams ?? []} />
      <Choice of="agent" value={view.agent} change={change} choices={figures?.agents ?? []} />
    </Flex>
  );
}

interface ChoiceProps {
  of: "channel" | "team" | "agent";
  value: string;
  choices: { id: string; name: string }[];
  change: (next: Record<string, string>) => void;
}

/** One filter; it is left out where there is nothing to choose. */
function Choice({ of, value, choices, change }: ChoiceProps) {
  const { t } = useTranslation("cockpit");
  if (choices.length === 0 && !value) return null;
  return (
    <Select
      aria-label={t(`${of}.label`)}
      value={value}
      onChange={(next) => change({ [of]: next })}
      options={[
        { value: "", label: t(`${of}.all`) },
        ...choices.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      popupMatchSelectWidth={false}
    />
  );
}
