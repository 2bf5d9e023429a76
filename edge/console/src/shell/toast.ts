// Short messages at the top of the page, from anywhere.
import type { MessageInstance } from "antd/es/message/interface";

let shown: MessageInstance | undefined;

/** Says which instance shows the messages: that of the page's theme. */
export function setToasts(instance: MessageInstance) {
  shown = instance;
}

export const toast = {
  success: (text: string) => void shown?.success(text),
  error: (text: string) => void shown?.error({ content: text, duration: 5, key: text }),
  info: (text: string) => void shown?.info(text),
  warning: (text: string) => void shown?.warning(text),
};
