import { useState } from "react";
import { noticePermission, switchNotices } from "../live/browser-notices.ts";

/** Switches the device's own notices on and off, as far as the browser lets a page. */
export function BrowserNotices() {
  const [permission, setPermission] = useState(noticePermission);
  return (
    <div>
      <h3>In this browser</h3>
      <p>While a tab with this page is open, each change of a signal is shown as a notice of your device.</p>
      {permission === "unsupported" && <p className="note">This browser has no notices.</p>}
      {permission === "denied" && (
        <p className="note">
          This browser was told to show no notices of this page; allow them in its settings.
        </p>
      )}
      {(permission === "off" || permission === "on") && (
        <button
          type="button"
          aria-pressed={permission === "on"}
          onClick={() => void switchNotices(permission !== "on").then(setPermission)}
        >
          {permission === "on" ? "Notices are on" : "Switch notices on"}
        </button>
      )}
    </div>
  );
}
