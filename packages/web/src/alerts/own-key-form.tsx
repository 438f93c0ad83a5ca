import { type SubmitEvent, useState } from "react";
import { setOwnKey } from "./alert-key.ts";

const isOwnMachine = ["127.0.0.1", "localhost"].includes(location.hostname);

/** Asks for the reader's own API key: under the page's, everybody would see and end everybody's alerts. */
export function OwnKeyForm() {
  const [text, setText] = useState("");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (text.trim() !== "") setOwnKey(text.trim());
  };
  return (
    <form className="alert-form" onSubmit={submit} aria-label="A key for alerts">
      <p>
        Alerts are kept under a key, and whoever has it sees them. This page's key is everybody's, so that
        alerts want your own: {isOwnMachine ? "here, " : "the operator of this service gives you one."}
        {isOwnMachine && <code>npm start</code>}
        {isOwnMachine && " prints it."} It stays in this tab and goes to the API alone.
      </p>
      <div className="fields">
        <label className="filter field wide">
          Your API key
          <input
            type="password"
            autoComplete="off"
            dir="ltr"
            maxLength={128}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </label>
        <button type="submit" disabled={text.trim() === ""}>
          Use this key
        </button>
      </div>
    </form>
  );
}
