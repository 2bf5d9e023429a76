// A team's name, lead and hours: the week, and the days that are different.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Flex, Form, Input, Modal, Select, Typography } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { asText, type DayText, hoursOf, workWeek } from "./hours";
import { type Hours, refresh, type Team, usePeople } from "./queries";

export function TeamForm({ team, close }: { team?: Team; close: () => void }) {
  const { t } = useTranslation(["people", "shell"]);
  const people = usePeople();
  const [name, setName] = useState(team?.name ?? "");
  const [lead, setLead] = useState(team?.lead ?? "");
  const [week, setWeek] = useState<string[]>(team ? team.hours.week.map(asText) : workWeek);
  const [days, setDays] = useState<DayText[]>(
    (team?.hours.days ?? []).map((d) => ({ date: d.date, name: d.name ?? "", spans: asText(d.spans) })),
  );
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (hours: Hours) => {
      const body = { name, lead, hours };
      if (!team) return api.POST("/api/v1/teams", { body });
      return api.PUT("/api/v1/teams/{id}", { params: { path: { id: team.id } }, body });
    },
    onSuccess: () => {
      close();
      return refresh();
    },
  });
  const setDay = (i: number, change: Partial<DayText>) =>
    setDays(days.map((d, n) => (n === i ? { ...d, ...change } : d)));
  return (
    <Modal
      open
      width={640}
      title={team ? t("edit_title", { name: team.name }) : t("team_add")}
      onCancel={close}
      onOk={() => save.mutate(hoursOf(week, days))}
      okText={t("shell:save")}
      cancelText={t("shell:cancel")}
      confirmLoading={save.isPending}
    >
      <Form layout="vertical">
        {save.error && (
          <Alert type="error" showIcon role="alert" title={save.error.message} style={{ marginBottom: 12 }} />
        )}
        <Form.Item label={t("name")} htmlFor="team-name">
          <Input id="team-name" value={name} maxLength={40} onChange={(e) => setName(e.target.value)} />
        </Form.Item>
        <Form.Item label={t("lead")} htmlFor="team-lead">
          <Select
            id="team-lead"
            value={lead}
            onChange={setLead}
            options={[
              { value: "", label: "—" },
              ...(people.data?.people ?? [])
                .filter((p) => p.active)
                .map((p) => ({ value: p.id, label: p.name })),
            ]}
          />
        </Form.Item>
        <Typography.Title level={2} style={{ fontSize: 15 }}>
          {t("hours")}
        </Typography.Title>
        <Typography.Paragraph type="secondary">{t("hours_rule")}</Typography.Paragraph>
        {week.map((spans, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a week's days stay in their places
          <Flex key={i} gap="small" align="center" style={{ marginBottom: 6 }}>
            <label htmlFor={`day-${i}`} style={{ width: 72 }}>
              {t(`weekday.${i}`)}
            </label>
            <Input
              id={`day-${i}`}
              value={spans}
              placeholder={t("closed")}
              onChange={(e) => setWeek(week.map((w, n) => (n === i ? e.target.value : w)))}
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
              style={{ width: 130 }}
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
              onClick={() => setDays(days.filter((_, n) => n !== i))}
            />
          </Flex>
        ))}
        <Button
          icon={<PlusOutlined />}
          onClick={() => setDays([...days, { date: dayjs().format("YYYY-MM-DD"), name: "", spans: "" }])}
        >
          {t("day_add")}
        </Button>
      </Form>
    </Modal>
  );
}
