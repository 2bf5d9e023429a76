import { expect, test, vi } from "vitest";
import { clock, count, elapsed, money, percent } from "../src/shell/format";

vi.mock("../src/shell/i18n", () => ({ currentLang: () => "en" }));

test("money is read from fen", () => {
  expect(money(0)).toBe("¥0.00");
  expect(money(123_456_705)).toBe("¥1,234,567.05");
  expect(money(-50)).toBe("-¥0.50");
});

test("shares and counts", () => {
  expect(percent(0.1234)).toBe("12.3%");
  expect(percent(1, 0)).toBe("100%");
  expect(count(1234567)).toBe("1,234,567");
});

test("a time is as short as it can be", () => {
  const now = "2026-05-06T12:00:00";
  expect(clock("2026-05-06T08:05:00", now)).toBe("08:05");
  expect(clock("2026-05-05T08:05:00", now)).toBe("05-05 08:05");
  expect(clock("2025-05-05T08:05:00", now)).toBe("2025-05-05 08:05");
});

test("a wait is told in what fits it", () => {
  expect(elapsed(-5)).toBe("0 s");
  expect(elapsed(59_999)).toBe("59 s");
  expect(elapsed(187_000)).toBe("3:07");
  expect(elapsed(3_729_000)).toBe("1:02:09");
  expect(elapsed(3 * 86_400_000)).toBe("3 d");
});
