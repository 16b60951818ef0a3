/** The screens of centres, hubs and employers as one piece: loaded together, they weigh a quarter less than each alone. */

export { default as calls } from "./calls/index.tsx";
export { default as centre } from "./centre/index.tsx";
export { default as rings } from "./centre/rings.tsx";
export { default as hub } from "./hub/index.tsx";
export { default as leave } from "./leave/index.tsx";
export { default as newcomers } from "./newcomers/index.tsx";
export { default as requests } from "./requests/index.tsx";
export { default as upkeep } from "./upkeep/index.tsx";
export { default as volunteers } from "./volunteers/index.tsx";
