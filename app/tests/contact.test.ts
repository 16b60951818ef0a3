import { describe, expect, it } from "vitest";
import { contactWrong, isEmail, isPhone } from "../src/logic/contact.ts";

describe("a number or an address that is typed", () => {
  it.each(["01245 550123", "+44 (0)7700 900461", "07700-900461 (daughter, after 6)", "550123"])("takes %s as a number", (text) => {
    expect(isPhone(text)).toBe(true);
  });

  it.each(["abc", "-1", "😀😀 07700900461", "<b>07700900461</b>", "07700\u202e900461", "12"])("asks again about %s", (text) => {
    expect(isPhone(text)).toBe(false);
  });

  it("wants somebody at some place of an e-mail address", () => {
    expect(["a@b", "joan.o'neil+x@example.org"].every(isEmail)).toBe(true);
    expect(["a", "a@", "@b", "a b@c", "a@b@c", "<a@b>", "😀@b"].some(isEmail)).toBe(false);
  });

  it("leaves alone what is empty, and what was so before", () => {
    expect(contactWrong({ phone: " ", email: null })).toEqual({});
    expect(contactWrong({ phone: "ask", email: "x" }, { phone: "ask" })).toEqual({ email: "Enter an e-mail address, such as name@example.org" });
  });
});
