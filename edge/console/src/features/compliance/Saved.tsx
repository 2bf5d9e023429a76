// Whether the server has the draft as it is written here.
import { CheckCircleOutlined, CloudSyncOutlined, EditOutlined, WarningOutlined } from "@ant-design/icons";
import { Button, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { Saving } from "./drafting";

const signs = {
  saved: <CheckCircleOutlined />,
  unsaved: <EditOutlined />,
  saving: <CloudSyncOutlined />,
  failed: <WarningOutlined />,
};

export function Saved({ state, save }: { state: Saving; save: () => Promise<void> }) {
  const { t } = useTranslation("compliance");
  return (
    <span role="status" aria-label={t("draft_state")} data-state={state}>
      <Typography.Text type={state === "failed" ? "danger" : undefined}>
        {signs[state]} {t(`saving.${state}`)}
      </Typography.Text>
      {(state === "unsaved" || state === "failed") && (
        <Button type="link" size="small" onClick={() => void save()} title="Ctrl+S / ⌘S">
          {t("save_now")}
        </Button>
      )}
    </span>
  );
}
