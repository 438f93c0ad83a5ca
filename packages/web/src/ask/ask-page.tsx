import { useDeferredValue, useEffect } from "react";
import { useLocation, useSearchParams } from "wouter";
import { useAnswer } from "../api/queries.ts";
import { Failure } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { Page } from "../layout/page.tsx";
import { Answer } from "./answer.tsx";
import { askPath } from "./ask-path.ts";
import { Examples } from "./examples.tsx";
import { remember } from "./history.ts";
import { HistoryList } from "./history-list.tsx";
import { QuestionBox } from "./question-box.tsx";

/** A question and its answer. The address holds the question, so that a link reproduces it. */
export function AskPage() {
  const [parameters] = useSearchParams();
  const [, navigate] = useLocation();
  const question = (parameters.get("q") ?? "").trim();
  const asOf = parameters.get("asOf") ?? undefined;
  const { data, error, isError, isPlaceholderData, refetch } = useAnswer(question, asOf);

  useEffect(() => {
    if (data && !isPlaceholderData && question !== "") {
      remember({ question, answer: data.answer, asOf: data.coverage.asOf });
    }
  }, [data, isPlaceholderData, question]);

  return (
    <Page title={question === "" ? "Ask" : question}>
      <h1 className={question === "" ? undefined : "hidden"}>Ask about the market</h1>
      <QuestionBox question={question} large={question === ""} />
      {question === "" && <Examples />}
      {question !== "" && isError && <Failure error={error} retry={refetch} />}
      {question !== "" && !isError && !data && <Loading what="the answer" />}
      {question !== "" && !isError && data && (
        <Answer
          question={question}
          asOf={asOf}
          response={data}
          isBusy={isPlaceholderData}
          again={refetch}
          ask={next => navigate(askPath(next, asOf))}
        />
      )}
      <HistoryList current={useDeferredValue(question)} />
    </Page>
  );
}
