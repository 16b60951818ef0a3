import { expect, test } from "vitest";
import { afterwards, allowanceOf, ownTime } from "../src/logic/allowance.ts";

const firm = (rest: object = {}): never => ({ allowance_min: 6000, year_month: 4, used_min: 900, year_on: "2026-04-01", ...rest }) as never;
const leave = (leave_on: string, status: string, minutes = 120, employer_id = "firm"): never => ({ employer_id, leave_on, minutes, status }) as never;
const team = (held_on: string, status: string): never => ({ employer_id: "firm", held_on, status, minutes: 60, places: 5 }) as never;
const TODAY = "2026-11-23";

test("an employer's year is used, promised and left, as the server counts it", () => {
  const requests = [leave("2026-11-02", "approved"), leave("2026-11-23", "approved"), leave("2026-12-01", "asked"), leave("2026-12-01", "declined"), leave("2026-12-01", "approved", 120, "other")];
  const found = allowanceOf("firm", firm(), requests, [team("2026-12-04", "agreed"), team("2026-12-05", "asked")], TODAY);
  expect(found).toEqual({ from: "2026-04-01", granted: 6000, used: 480, promised: 420, promisedNext: 0, left: 5100, asked: 420, teams: 300 });
});

test("what is agreed for the next year takes nothing from this one", () => {
  const found = allowanceOf("firm", firm({ used_min: 0 }), [leave("2027-04-01", "approved"), leave("2027-03-31", "approved", 30)], [], TODAY);
  expect(found).toMatchObject({ promised: 30, promisedNext: 120 });
});

test("a count of last year's says nothing of this one", () => {
  const found = allowanceOf("firm", firm({ year_on: "2025-04-01" }), [], [], "2026-04-01");
  expect(found).toMatchObject({ from: "2026-04-01", used: 0, left: 6000 });
  expect(allowanceOf("firm", firm({ year_on: null }), [], [], "2026-03-31").from).toBe("2025-04-01");
});

test("granting less than was promised leaves nothing, not less than nothing", () => {
  expect(allowanceOf("firm", firm({ allowance_min: 600 }), [], [], TODAY).left).toBe(0);
});

test("an employee's own time is what they had this year, and all that is to come", () => {
  const own = [leave("2025-12-30", "approved"), leave("2026-11-22", "approved"), leave("2026-11-23", "approved", 60), leave("2026-12-01", "asked", 30), leave("2027-01-04", "approved", 15), leave("2026-12-02", "cancelled")];
  expect(ownTime(own, TODAY)).toEqual({ taken: 120, ahead: 75, asked: 30 });
});

test("what an employee does not need any more waits for nobody, though it is not sent yet", () => {
  const asked = { ...(leave("2026-12-01", "asked", 30) as object), status: "asked" as const };
  expect([afterwards(asked, [{ name: "cancel_leave" }]).status, afterwards(asked, [{ name: "approve_leave" }]).status]).toEqual(["cancelled", "asked"]);
});
