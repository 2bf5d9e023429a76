// Who sees what of which kind of data. The rules themselves are asked, so that it is always true.
import { useMutation } from "@tanstack/react-query";
import { Flex, Select, Tag, Tooltip, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Queried } from "../../shell/states";
import { WideTable } from "../../shell/WideTable";
import { type Action, type Cell, editTable, type Files, type Table as Shown, useTable } from "./queries";

const colours: Record<string, string> = { show: "green", mask: "gold", tail: "orange", drop: "default" };
const numbers = ["mobile", "landline", "id_card", "bank_card"]; // of which the last four digits can be left

/** What a cell may be set to. */
function actionsFor(field: string): Action[] {
  return numbers.includes(field) ? ["show", "mask", "tail", "drop", ""] : ["show", "mask", "drop", ""];
}

export function Table({ files, change }: { files: Files; change: (files: Files) => void }) {
  const { t } = useTranslation("compliance");
  const table = useTable(files);
  const edit = useMutation({
    mutationFn: ({ role, field, action }: { role: string; field: string; action: Action }) =>
      editTable({ files, role, field, action }),
    onSuccess: (edited) => change(edited.files ?? files),
  });
  return (
    <Flex vertical gap="small">
      <Typography.Text>{t("table_intro")}</Typography.Text>
      <Queried query={table}>
        {(shown) => (
          <Matrix
            table={shown}
            busy={edit.isPending}
            change={(role, field, action) => edit.mutate({ role, field, action })}
          />
        )}
      </Queried>
    </Flex>
  );
}

interface MatrixProps {
  table: Shown;
  busy?: boolean;
  change?: (role: string, field: string, action: Action) => void; // left out where one only reads
}

export function Matrix({ table, busy = false, change }: MatrixProps) {
  const { t } = useTranslation("compliance");
  const at = new Map(table.cells.map((c) => [`${c.role} ${c.field}`, c]));
  const optionsFor = (field: string) =>
    actionsFor(field).map((value) => ({ value, label: t(`action.${value || "usual"}`) }));
  const named = (role: string, field: string) =>
    t("cell", { role: t(`role.${role}`), field: t(`field.${field}`) });
  const draw = (role: string, cell: Cell | undefined, field: string) =>
    change ? (
      <Tooltip title={cell?.reason}>
        <Select<Action>
          size="small"
          variant="filled"
          aria-label={named(role, field)}
          data-cell={`${role} ${field}`}
          disabled={busy}
          value={cell?.action}
          options={optionsFor(field)}
          onChange={(action) => change(role, field, action)}
          style={{ width: 104 }}
        />
      </Tooltip>
    ) : (
      <Tag color={colours[cell?.action ?? ""]}>{t(`action.${cell?.action}`)}</Tag>
    );
  return (
    <WideTable
      label={t("table")}
      least={760}
      size="small"
      pagination={false}
      rowKey="field"
      dataSource={table.fields.map((field) => ({ field }))}
      columns={[
        {
          title: t("data"),
          dataIndex: "field",
          width: 130,
          render: (field: string) => t(`field.${field}`),
        },
        ...table.roles.map((role) => ({
          title: t(`role.${role}`),
          key: role,
          render: (_: unknown, { field }: { field: string }) => draw(role, at.get(`${role} ${field}`), field),
        })),
      ]}
    />
  );
}
