import { expect, test } from "vitest";
import { mapLink, wayFrom, windTo } from "../src/logic/bearing.ts";
import { latLonOf } from "../src/logic/grid.ts";

test("a place of the grid is where the Ordnance Survey's worked example says, to five metres", () => {
  const { lat, lon } = latLonOf({ easting: 651_409.903, northing: 313_177.27 });
  expect(Math.abs(lat - 52.657977)).toBeLessThan(0.00005);
  expect(Math.abs(lon - 1.716038)).toBeLessThan(0.00008);
});

test("the Greenwich observatory lies on the meridian of maps, a little west of it", () => {
  const { lat, lon } = latLonOf({ easting: 538_885, northing: 177_330 });
  expect([lat.toFixed(3), Math.abs(lon) < 0.002]).toEqual(["51.478", true]);
});

test("eight winds tell which way to go", () => {
  const from = { easting: 0, northing: 0 };
  const to = (easting: number, northing: number) => windTo(from, { easting, northing });
  expect([to(0, 9), to(5, 5), to(9, 1), to(5, -5), to(0, -9), to(-5, -5), to(-9, 0), to(-5, 5)]).toEqual([
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west",
  ]);
  expect([to(0, 0), windTo(from, {})]).toEqual([null, null]);
});

test("from where the phone is, a kilometre east is told as a kilometre east", () => {
  const { wind, metres } = wayFrom(latLonOf({ easting: 572_000, northing: 205_000 }), { easting: 573_000, northing: 205_000 });
  expect([wind, Math.abs(metres - 1000) < 15]).toEqual(["east", true]);
});

test("the link to the map app holds a point and nothing else", () => {
  expect(mapLink({ easting: 572_900, northing: 205_200 }, "Android")).toMatch(/^geo:51\.\d{5},0\.\d{5}\?q=51\.\d{5},0\.\d{5}$/);
  expect(mapLink({ easting: 572_900, northing: 205_200 }, "iPhone")).toMatch(/^maps:\/\/\?q=/);
  expect(mapLink({}, "Android")).toBeNull();
});
