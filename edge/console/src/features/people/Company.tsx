// The company's hours and holidays, which every team keeps that has none of its own.
import { EditOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Modal, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { HoursFields } from "./HoursFields";
import { hoursOf, runs, textOf } from "./hours";
import { Opening } from "./Opening";
import { type Company, refresh } from "./queries";

export function CompanyCard({ company, mayChange }: { company: Company; mayChange: boolean }) {
  const { t } = useTranslation("people");
  const [editing, setEditing] = useState(false);
  const { week, days } = textOf(company.hours);
  const set = week.some((w) => w);
  return (
    <Card
      title={t("company")}
      style={{ marginBottom: 16 }}
      extra={<Opening open={company.open} next={company.next} />}
    >
      <Typography.Paragraph type="secondary">{t("company_rule")}</Typography.Paragraph>
      {set ? (
        <ul style={{ listStyle: "none", margin: "0 0 12px", padding: 0 }}>
          {runs(week).map(({ from, to, spans }) => (
            <li key={from}>
              <Typography.Text type="secondary">
                {t(`weekday.${from}`)}
                {to > from && `–${t(`weekday.${to}`)}`}
              </Typography.Text>{" "}
              {spans || t("closed")}
            </li>
          ))}
        </ul>
      ) : (
        <Typography.Paragraph>{t("company_always")}</Typography.Paragraph>
      )}
      {days.length > 0 && (
        <Flex gap={6} wrap style={{ marginBottom: 12 }}>
          {days.map((d) => (
            <Tag key={d.date} color={d.spans ? "blue" : "orange"}>
              {d.date} {d.name} {d.spans || t("closed")}
            </Tag>
          ))}
        </Flex>
      )}
      {mayChange && (
        <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
          {t("company_edit")}
        </Button>
      )}
      {editing && <CompanyForm company={company} close={() => setEditing(false)} />}
    </Card>
  );
}

function CompanyForm({ company, close }: { company: Company; close: () => void }) {
  const { t } = useTranslation(["people", "shell"]);
  const [hours, setHours] = useState(textOf(company.hours));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => api.PUT("/api/v1/company/hours", { body: hoursOf(hours) }),
    onSuccess: () => {
      close();
      return refresh();
    },
  });
  return (
    <Modal
      open
      width={640}
      title={t("company_edit")}
      onCancel={close}
      onOk={() => save.mutate()}
      okText={t("shell:save")}
      cancelText={t("shell:cancel")}
      confirmLoading={save.isPending}
    >
      {save.error && (
        <Alert type="error" showIcon role="alert" title={save.error.message} style={{ marginBottom: 12 }} />
      )}
      <HoursFields value={hours} change={setHours} rule={t("hours_rule")} />
    </Modal>
  );
}
