import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    // The content security policy has no place for inline scripts, styles or data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
