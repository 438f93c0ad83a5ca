import { physicalName } from "./stage.ts";

/**
 * The page's own key. Everybody who opens the page reads it, so it is no secret: it tells the page's requests from
 * those of people with keys of their own. Apart from its plan (stacks/web.ts), which rests on the API and its functions.
 */
export const pageKey = new aws.apigateway.ApiKey("PageApiKey", {
  name: physicalName("page"),
  description: "Of the page, and known to everybody who opens it",
});

/** For functions with operations that want a key which is somebody's. */
export const publicKey = new sst.Linkable("PublicKey", { properties: { id: pageKey.id } });
