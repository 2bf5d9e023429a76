// Hours to write: the week, and the days that are different.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, DatePicker, Flex, Input, Typography } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { DayText, HoursText } from "./hours";

interface Props {
  value: HoursText;
  change: (value: HoursText) => void;
  rule: string; // what hours that are left out mean
}

export function HoursFields({ value: { week, days }, change, rule }: Props) {
  const { t } = useTranslation("people");
  const setDay = (i: number, part: Partial<DayText>) =>
    change({ week, days: days.map((d, n) => (n === i ? { ...d, ...part } : d)) });
  return (
    <>
      <Typography.Title level={2} style={{ fontSize: 15 }}>
        {t("hours")}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{rule}</Typography.Paragraph>
      {week.map((spans, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a week's days stay in their places
        <Flex key={i} gap="small" align="center" style={{ marginBottom: 6 }}>
          <label htmlFor={`day-${i}`} style={{ width: 84, flex: "none" }}>
            {t(`weekday.${i}`)}
          </label>
          <Input
            id={`day-${i}`}
            value={spans}
            placeholder={week.some((w) => w.trim()) ? t("closed") : undefined}
            onChange={(e) => change({ days, week: week.map((w, n) => (n === i ? e.target.value : w)) })}
          />
        </Flex>
      ))}
      <Typography.Title level={2} style={{ fontSize: 15, marginTop: 16 }}>
        {t("days")}
      </Typography.Title>
      <Typography.Paragraph type="secondary">{t("days_rule")}</Typography.Paragraph>
      {days.map((d, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own
        <Flex key={i} gap="small" wrap style={{ marginBottom: 6 }}>
          <DatePicker
            aria-label={t("date")}
            allowClear={false}
            value={d.date ? dayjs(d.date) : undefined}
            onChange={(at) => setDay(i, { date: at?.format("YYYY-MM-DD") ?? "" })}
          />
          <Input
            aria-label={t("day_name")}
            placeholder={t("day_name")}
            value={d.name}
            style={{ width: 150 }}
            onChange={(e) => setDay(i, { name: e.target.value })}
          />
          <Input
            aria-label={t("hours")}
            placeholder={t("closed")}
            value={d.spans}
            style={{ width: 180 }}
            onChange={(e) => setDay(i, { spans: e.target.value })}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={t("day_remove", { date: d.date })}
            onClick={() => change({ week, days: days.filter((_, n) => n !== i) })}
          />
        </Flex>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() =>
          change({ week, days: [...days, { date: dayjs().format("YYYY-MM-DD"), name: "", spans: "" }] })
        }
      >
        {t("day_add")}
      </Button>
    </>
  );
}
