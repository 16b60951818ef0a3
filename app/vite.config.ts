import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { VitePWA } from "vite-plugin-pwa";
import { keepsEverything } from "./scripts/precache.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const SERVER = process.env["KITH_SERVER"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  resolve: {
    alias: {
      "@contract": here("../mobile_contract/typescript"),
      "@generated": here("../mobile_contract/generated"),
    },
  },
  server: { host: "127.0.0.1", proxy: { "/v1": SERVER }, fs: { allow: [here("..")] } },
  build: {
    target: "es2022",
    // A data: URI in a style sheet would need a hole in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
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
        shortcuts: [{ name: "New referral", url: "/#/referrals/new" }],
      },
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}"],
        navigateFallback: "/index.html",
        // The server's own pages and everything under /v1 are never answered from a cache.
        navigateFallbackDenylist: [/^\/v1\//, /^\/problems\//, /^\/(healthz|readyz|metrics)$/],
        cleanupOutdatedCaches: true,
        clientsClaim: true,
        skipWaiting: false,
      },
    }),
    keepsEverything(),
  ],
  test: { include: ["tests/**/*.test.ts", "tests/**/*.test.tsx"], environment: "node" },
});
