// One entry of the trail, whole.
import { Descriptions, Drawer, Grid } from "antd";
import { useTranslation } from "react-i18next";
import { moment } from "../../shell/format";
import type { Names } from "./names";
import type { Entry } from "./queries";

export function EntryDrawer({ entry, names, close }: { entry?: Entry; names: Names; close: () => void }) {
  const { t } = useTranslation("audit");
  const narrow = Grid.useBreakpoint().md === false;
  return (
    <Drawer
      open={entry !== undefined}
      onClose={close}
      size={narrow ? "100%" : 480}
      title={entry && t("entry", { seq: entry.seq, action: names.action(entry.action) })}
    >
      {entry && (
        <Descriptions
          column={1}
          size="small"
          bordered
          items={[
            { key: "at", label: t("at"), children: moment(entry.at) },
            { key: "actor", label: t("actor"), children: `${names.who(entry.actor)} · ${entry.actor}` },
            {
              key: "role",
              label: t("role"),
              children: entry.role ? t(`shell:role.${entry.role}`, { defaultValue: entry.role }) : "–",
            },
            { key: "action", label: t("action"), children: <code>{entry.action}</code> },
            { key: "object", label: t("object"), children: names.object(entry.object ?? "") },
            { key: "reason", label: t("reason"), children: entry.reason || "–" },
            { key: "revision", label: t("revision"), children: <code>{entry.revision || "–"}</code> },
            ...Object.entries(entry.details ?? {}).map(([key, value]) => ({
              key: `details.${key}`,
              label: names.detail(key),
              children: <span style={{ overflowWrap: "anywhere" }}>{value || "–"}</span>,
            })),
          ]}
        />
      )}
    </Drawer>
  );
}
