// A campaign being written.
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, DatePicker, Drawer, Flex, Form, Grid, Input, InputNumber, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { api, take } from "../../api/client";
import { toast } from "../../shell/toast";
import { type Campaign, refreshCampaigns, useNames } from "./queries";

interface Entries extends Omit<Campaign, "from" | "until"> {
  range?: [Dayjs | null, Dayjs | null] | null;
}

function entriesOf({ from, until, ...rest }: Campaign): Entries {
  return { ...rest, range: [from ? dayjs(from) : null, until ? dayjs(until) : null] };
}

function save(known: Campaign | undefined, { range, ...entries }: Entries) {
  const body = {
    ...known,
    ...entries,
    id: known?.id ?? "",
    on: known?.on ?? false,
    cap: entries.cap ?? 0,
    from: range?.[0]?.toISOString(),
    until: range?.[1]?.toISOString(),
  };
  if (!known) return take(api.POST("/api/v1/outreach/campaigns", { body }));
  return take(api.PUT("/api/v1/outreach/campaigns/{id}", { params: { path: { id: known.id } }, body }));
}

export function CampaignForm({ campaign, close }: { campaign?: Campaign; close: () => void }) {
  const { t } = useTranslation(["marketing", "shell"]);
  const [form] = Form.useForm<Entries>();
  const names = useNames();
  const wide = Grid.useBreakpoint().md;
  const kept = useMutation({
    meta: { quiet: true },
    mutationFn: (entries: Entries) => save(campaign, entries),
    onSuccess: () => {
      toast.success(t("campaign_saved"));
      close();
      return refreshCampaigns();
    },
  });
  const gone = campaign?.rules?.filter((id) => !names.rules.some((r) => r.value === id)) ?? [];
  const rules = [...names.rules, ...gone.map((id) => ({ value: id, label: names.rule(id) }))];
  const needed = [{ required: true, whitespace: true, message: t("needed_field") }];
  return (
    <Drawer
      open
      onClose={close}
      size={wide ? 560 : "100%"}
      title={campaign ? t("campaign_edit", { name: campaign.name }) : t("campaign_add")}
      footer={
        <Flex justify="end" gap="small">
          <Button onClick={close}>{t("shell:cancel")}</Button>
          <Button type="primary" loading={kept.isPending} onClick={form.submit}>
            {t("shell:save")}
          </Button>
        </Flex>
      }
    >
      <Form<Entries>
        form={form}
        layout="vertical"
        initialValues={campaign ? entriesOf(campaign) : { cap: 200 }}
        onFinish={(entries) => kept.mutate(entries)}
      >
        {kept.error && <Alert type="error" showIcon role="alert" title={kept.error.message} />}
        <Form.Item name="name" label={t("name")} rules={needed}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="rules" label={t("rules")} extra={t("campaign_rules_hint")}>
          <Select mode="multiple" allowClear options={rules} placeholder={t("all_rules")} />
        </Form.Item>
        <Form.Item name="cap" label={t("cap")} extra={t("cap_hint")}>
          <InputNumber min={0} precision={0} />
        </Form.Item>
        <Form.Item name="range" label={t("range")} extra={t("range_hint")}>
          <DatePicker.RangePicker
            aria-label={t("range")}
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            allowEmpty={[true, true]}
          />
        </Form.Item>
        <Form.Item name="a" label={t("text_a")} rules={needed} extra={t("text_hint")}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
        </Form.Item>
        <Form.Item name="b" label={t("text_b")} extra={t("text_b_hint")}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
