import { type SubmitEvent, useEffect, useId, useRef, useState } from "react";
import { useLocation } from "wouter";
import { askPath } from "./ask-path.ts";

/** The API's limit; `maxQueryLength` of the contracts would bring their schemas into the page. */
const mostCharacters = 500;
const tellFrom = 400;

/** The box that every question goes through; "/" puts the cursor there. */
export function QuestionBox({ question = "", large = false }: { question?: string; large?: boolean }) {
  const [text, setText] = useState(question);
  const [asked, setAsked] = useState(question);
  const [, navigate] = useLocation();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  if (asked !== question) {
    setAsked(question);
    setText(question);
  }

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const inField = event.target instanceof Element && event.target.closest("input, select, textarea");
      if (event.key !== "/" || inField || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener("keydown", focus);
    return () => removeEventListener("keydown", focus);
  }, []);

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const trimmed = text.trim();
    if (trimmed !== "") navigate(askPath(trimmed));
  };
  return (
    <search>
      <form className={large ? "question large" : "question"} onSubmit={submit}>
        <input
          ref={input}
          type="text"
          dir="auto"
          aria-label="Your question about the crypto market"
          aria-describedby={hint}
          placeholder="What's pumping?"
          autoComplete="off"
          maxLength={mostCharacters}
          enterKeyHint="search"
          value={text}
          onChange={event => setText(event.target.value)}
        />
        <button type="submit">Ask</button>
        <p id={hint} className={text.length >= tellFrom ? "count" : "hidden"}>
          {text.length >= tellFrom
            ? `${text.length} of ${mostCharacters} characters`
            : `In plain English, at most ${mostCharacters} characters. The key / leads here.`}
        </p>
      </form>
    </search>
  );
}
