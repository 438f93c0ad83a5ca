import { Link } from "wouter";
import { Page } from "./page.tsx";

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <h1>There is no such page</h1>
      <p>
        Go to <Link href="/">the market</Link>, or <Link href="/ask">ask a question</Link>.
      </p>
    </Page>
  );
}
