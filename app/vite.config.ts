import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { VitePWA } from "vite-plugin-pwa";
import { logical } from "./scripts/logical.ts";
import { keepsEverything } from "./scripts/precache.ts";
import { precompressed } from "./scripts/precompress.ts";
import { wakes } from "./scripts/woken.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const SERVER = process.env["KITH_SERVER"] ?? "http://127.0.0.1:8080";

/**
 * Few chunks, as many small ones pack a fifth worse: what the first screen needs, every other screen, and by themselves
 * what few people or few syncs need. Each takes with it what it needs and what no chunk above it has.
 */
const CHUNKS = [
  { name: "first", test: /app\/src\/main\.tsx$/, priority: 3 },
  { name: "map", test: /node_modules\/leaflet|app\/src\/screens\/shortlist\/map/, priority: 2 },
  { name: "screens", test: /app\/src\/screens\//, priority: 1 },
];

export default defineConfig({
  resolve: {
    alias: {
      "@contract": here("../mobile_contract/typescript"),
      "@generated": here("../mobile_contract/generated"),
    },
  },
  server: { host: "127.0.0.1", proxy: { "/v1": SERVER }, fs: { allow: [here("..")] } },
  css: { postcss: { plugins: [logical] } },
  build: {
    target: "es2022",
    // A data: URI in a style sheet would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // The contract's modules only declare: what nobody uses of them is left out.
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id: string) => !id.includes("/mobile_contract/") },
      output: { codeSplitting: { groups: CHUNKS } },
    },
  },
  plugins: [
    VitePWA({
      registerType: "prompt",
      injectRegister: null,
      manifest: {
        id: "/",
        name: "Kith",
        short_name: "Kith",
        description: "Find people the local support that suits them, with or without a signal.",
        lang: "en-GB",
        // Where a browser knows these members it says them instead; the others pass over them.
        ...{ description_localized: { pl: "Znajdź ludziom wsparcie w okolicy, które im odpowiada, z zasięgiem lub bez." } },
        start_url: "/",
        scope: "/",
        display: "standalone",
        orientation: "any",
        background_color: "#f0f4f5",
        theme_color: "#00474f",
        categories: ["health", "social"],
        icons: [
          { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
          { src: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
          { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
          { src: "/icon-maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
        shortcuts: [{ name: "New referral", ...{ name_localized: { pl: "Nowe skierowanie" } }, url: "/#/referrals/new" }],
      },
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}"],
        navigateFallback: "/index.html",
        // The server's own pages and everything under /v1 are never answered from a cache.
        navigateFallbackDenylist: [/^\/v1\//, /^\/problems\//, /^\/(healthz|readyz|metrics)$/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: false,
        // In one piece: the content security policy lets the worker take in no other script.
        inlineWorkboxRuntime: true,
      },
    }),
    wakes(),
    keepsEverything(),
    precompressed(),
  ],
  // One world for all files: a world for each took three quarters of the time. Whoever puts something into it takes it out again.
  test: { include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"], environment: "node", pool: "threads", isolate: false, testTimeout: 20_000 },
});
