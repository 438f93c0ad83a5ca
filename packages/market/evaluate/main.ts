import "../src/evaluate/main.ts";
