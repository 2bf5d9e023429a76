// What a customer bought, and where it is.
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { clock, money } from "../../shell/format";
import marks from "./marks.module.css";
import type { Order } from "./model";
import styles from "./side.module.css";

const colours: Record<string, string> = {
  unpaid: "default",
  paid: "blue",
  shipped: "orange",
  delivered: "green",
  refunding: "red",
};

export function OrderCard({ order }: { order: Order }) {
  const { t } = useTranslation("workbench");
  const steps = order.shipment?.steps ?? [];
  return (
    <section className={styles.order} aria-label={t("order", { number: order.number })}>
      <div className={styles.orderHead}>
        <strong>{order.number}</strong>
        <Tag color={colours[order.status] ?? "default"}>
          {t(`order_status.${order.status}`, { defaultValue: order.status })}
        </Tag>
      </div>
      {order.items.map((item) => (
        <div key={item.sku} className={styles.orderItem}>
          <span>
            {item.title} {item.variant} × {item.quantity}
          </span>
          <span>{money(item.price * item.quantity)}</span>
        </div>
      ))}
      <div className={styles.orderItem}>
        <span className={marks.fine}>{t("placed", { at: clock(order.placed) })}</span>
        <strong>{money(order.total)}</strong>
      </div>
      {order.requests?.map((r) => (
        <p key={r.id} className={marks.fine}>
          {t(`request.${r.kind}`, { defaultValue: r.kind })} · {r.status} · {money(r.amount)} · {clock(r.at)}
        </p>
      ))}
      {order.shipment && (
        <details className={styles.shipment}>
          <summary>
            {order.shipment.carrier} {order.shipment.waybill}
            {steps[0] && ` · ${steps[0].what}`}
          </summary>
          <ol className={styles.steps}>
            {steps.map((s) => (
              <li key={s.at + s.what}>
                {s.what}
                <span className={marks.fine}>
                  {s.place} {clock(s.at)}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}
