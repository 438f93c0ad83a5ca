import { api } from "./query.ts";
import { physicalName } from "./stage.ts";

/** The origin of the API, from which alone the page may load data. */
const apiOrigin = api.url.apply(url => new URL(url).origin);

/** What the page may load: its own files, and data from the API. */
const contentSecurityPolicy = $interpolate`default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self' ${apiOrigin}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`;

/** Sent with every file of the page, by CloudFront and by the local stage. */
export const pageHeaders = new aws.cloudfront.ResponseHeadersPolicy("PageHeaders", {
  name: physicalName("page"),
  comment: "What the page may load, and that nobody may frame it",
  securityHeadersConfig: {
    contentSecurityPolicy: { contentSecurityPolicy, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "no-referrer", override: true },
    strictTransportSecurity: { accessControlMaxAgeSec: 63_072_000, override: true },
  },
  customHeadersConfig: {
    items: [{ header: "Cross-Origin-Opener-Policy", value: "same-origin", override: true }],
  },
});
