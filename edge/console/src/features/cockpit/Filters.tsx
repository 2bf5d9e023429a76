// Which range and whose figures: what is chosen stands in the address.
import { DatePicker, Flex, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import styles from "./cockpit.module.css";
import type { Figures } from "./queries";
import { changed, channels, readView, spans } from "./view";

export function Filters({ teams }: { teams: Figures["teams"] }) {
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
      <Select
        aria-label={t("channel.label")}
        value={view.channel}
        onChange={(channel) => change({ channel })}
        options={["", ...channels].map((value) => ({ value, label: t(`channel.${value || "all"}`) }))}
        popupMatchSelectWidth={false}
      />
      {(teams.length > 0 || view.team) && (
        <Select
          aria-label={t("team.label")}
          value={view.team}
          onChange={(team) => change({ team })}
          options={[
            { value: "", label: t("team.all") },
            ...teams.map((one) => ({ value: one.id, label: one.name })),
          ]}
          popupMatchSelectWidth={false}
        />
      )}
    </Flex>
  );
}
