import { describe, expect, it } from "vitest";
import { contactWrong, isEmail, isPhone, siteOf, webAddress } from "../src/logic/contact.ts";

describe("a number or an address that is typed", () => {
  it.each(["01245 550123", "+44 (0)7700 900461", "07700-900461 (daughter, after 6)", "550123"])("takes %s as a number", (text) => {
    expect(isPhone(text)).toBe(true);
  });

  it.each(["abc", "-1", "😀😀 07700900461", "<b>07700900461</b>", "07700\u202e900461", "12", "0".repeat(40), "00000", "0123456789".repeat(4)])("asks again about %s", (text) => {
    expect(isPhone(text)).toBe(false);
  });

  it("wants somebody at some place of an e-mail address", () => {
    expect(["a@b.uk", "joan.o'neil+x@example.org"].every(isEmail)).toBe(true);
    expect(["a", "a@", "@b.uk", "a@b", "a@b.", "a b@c.uk", "a@b@c.uk", "<a@b.uk>", "😀@b.uk"].some(isEmail)).toBe(false);
  });

  it("knows the site of a web address, and puts in how one begins", () => {
    expect(["https://www.example.org/a?b=c", "HTTP://example.org", "https://example.org:8080"].map(siteOf)).toEqual(["www.example.org", "example.org", "example.org"]);
    expect(["javascript:alert(1)", "http://", "https://x", "https://a b.org", "ftp://example.org", "https://you@example.org"].map(siteOf).every((site) => site === null)).toBe(true);
    expect([" www.example.org ", "http://example.org", "javascript:alert(1)", ""].map(webAddress)).toEqual(["https://www.example.org", "http://example.org", "javascript:alert(1)", ""]);
    expect(Object.keys(contactWrong({ url: "javascript:alert(1)" }))).toEqual(["url"]);
    expect(contactWrong({ url: "www.example.org" })).toEqual({});
  });

  it("leaves alone what is empty, and what was so before", () => {
    expect(contactWrong({ phone: " ", email: null })).toEqual({});
    expect(contactWrong({ phone: "ask", email: "x" }, { phone: "ask" })).toEqual({ email: "Enter an e-mail address, such as name@example.org" });
  });
});
