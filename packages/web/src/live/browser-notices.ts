import { readStored, store } from "../storage.ts";
import type { SignalChange } from "./signal-changes.ts";

const key = "vibe-charting.notices";

export type NoticePermission = "unsupported" | "denied" | "off" | "on";

export function noticePermission(): NoticePermission {
  if (!("Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && readStored(key) === "on" ? "on" : "off";
}

/** Asks the browser where it has to be asked, and remembers the choice. */
export async function switchNotices(on: boolean): Promise<NoticePermission> {
  if (on && "Notification" in window && Notification.permission === "default") {
    await Notification.requestPermission();
  }
  store(key, on ? "on" : "off");
  return noticePermission();
}

/** Shows a change of a signal as the device's own notice, where somebody switched that on. */
export function notifyBrowser({ id, text }: SignalChange): void {
  if (noticePermission() !== "on") return;
  new Notification("Vibe Charting", { body: text, tag: id });
}
