// The company's hours and holidays, which every team keeps that has none of its own.
import { EditOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Card, Flex, Modal, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { clock } from "../../shell/format";
import { HoursFields } from "./HoursFields";
import { hoursOf, textOf } from "./hours";
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
      extra={<Tag color={company.open ? "green" : undefined}>{t(company.open ? "open" : "closed")}</Tag>}
    >
      <Typography.Paragraph type="secondary">{t("company_rule")}</Typography.Paragraph>
      {company.next && (
        <Typography.Paragraph>
          {t(company.open ? "open_until" : "closed_until", { at: clock(company.next) })}
        </Typography.Paragraph>
      )}
      {set ? (
        <Flex gap="6px 20px" wrap style={{ marginBottom: 12 }}>
          {week.map((spans, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a week's days stay in their places
            <span key={i}>
              <Typography.Text type="secondary">{t(`weekday.${i}`)}</Typography.Text> {spans || t("closed")}
            </span>
          ))}
        </Flex>
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
