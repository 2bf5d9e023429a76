// Which part of the trail is shown: when, who, what and to whom. The choices are those that the trail holds.
import { DatePicker, Flex, Input, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { useNames } from "./names";
import type { Asked, State } from "./queries";

interface Props {
  asked: Asked;
  state?: State;
  change: (next: Partial<Asked>) => void;
}

export function Filters({ asked, state, change }: Props) {
  const { t } = useTranslation("audit");
  const people = Object.fromEntries((state?.actors ?? []).map((a) => [a.key, a.name ?? ""]));
  const names = useNames(people);
  const choices = (seen: State["actors"] | undefined, name: (key: string) => string) =>
    (seen ?? [])
      .map(({ key, times }) => ({ value: key, label: t("choice", { name: name(key), n: times }) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  const today = dayjs().startOf("day");
  const tomorrow = today.add(1, "day");
  return (
    <Flex wrap gap="small">
      <DatePicker.RangePicker
        aria-label={t("range")}
        allowEmpty={[true, true]}
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        value={[asked.from ? dayjs(asked.from) : null, asked.to ? dayjs(asked.to) : null]}
        onChange={(range) =>
          change({ from: range?.[0]?.toISOString() ?? "", to: range?.[1]?.toISOString() ?? "" })
        }
        presets={[
          { label: t("today"), value: [today, tomorrow] },
          { label: t("week"), value: [today.subtract(6, "day"), tomorrow] },
          { label: t("month"), value: [today.subtract(29, "day"), tomorrow] },
        ]}
        style={{ flex: "1 1 300px", maxWidth: 380 }}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("actor")}
        placeholder={t("actor")}
        value={asked.actor || undefined}
        onChange={(actor?: string) => change({ actor: actor ?? "" })}
        options={choices(state?.actors, names.who)}
        style={{ flex: "1 1 160px", maxWidth: 220 }}
      />
      <Select
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        aria-label={t("action")}
        placeholder={t("action")}
        value={asked.action || undefined}
        onChange={(action?: string) => change({ action: action ?? "" })}
        options={choices(state?.actions, names.action)}
        popupMatchSelectWidth={false}
        style={{ flex: "1 1 180px", maxWidth: 240 }}
      />
      <Input.Search
        allowClear
        key={asked.object}
        aria-label={t("object")}
        placeholder={t("object_hint")}
        defaultValue={asked.object}
        onSearch={(object) => change({ object: object.trim() })}
        style={{ flex: "1 1 220px", maxWidth: 380 }}
      />
    </Flex>
  );
}
