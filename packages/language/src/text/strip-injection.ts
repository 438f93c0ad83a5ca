/** Pieces of SQL, markup and templates that people paste behind a question. All patterns run in linear time. */
const foreignCode: readonly RegExp[] = [
  /<script\b[^>]{0,200}>[^<]{0,500}(?:<\/script>)?/gi,
  /<\/?[a-z][^<>]{0,200}>/gi,
  /\$\{[^{}]{0,200}\}|\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}/g,
  /\/\*[^*]{0,200}\*\//g,
  /\bunion\s+(?:all\s+)?select\b[^;?!\n]*/gi,
  /\bselect\s+(?:\*|(?:distinct\s+)?[\w.,()* ]{1,120}?)\s+from\s+\w+\s*(?:where|order|group|limit|union|join|having)\b[^;?!\n]*/gi,
  /\bselect\s+(?:\*|(?:distinct\s+)?[\w.,()* ]{1,120}?)\s+from\s+(?!the\b|my\b|all\b|top\b|a\b)\w+\s*(?=;|--|$|'|"|\))/gi,
  /\bselect\s+\*\s+from\b[^;?!\n]*/gi,
  /\b(?:drop|truncate|alter|create)\s+(?:table|database|schema|user|index)\b(?:\s+(?:if\s+exists\s+)?\w+)?/gi,
  /\b(?:insert\s+into|delete\s+from)\s+\w+[^;?!\n]*/gi,
  /\bupdate\s+\w+\s+set\b[^;?!\n]*/gi,
  /['"`)]?\s*\b(?:or|and)\s+['"`(]?\w{1,20}['"`]?\s*(?:=|like)\s*['"`]?\w{1,20}['"`]?/gi,
  /\b(?:exec|execute|xp_cmdshell|waitfor\s+delay|sleep|benchmark|pg_sleep|load_file|shutdown)\b\s*(?:\([^)]{0,80}\)|'[^']{0,80}')/gi,
  /(?:;|&&|\|\|?|`)\s*(?:rm|cat|curl|wget|ls|sudo|bash|sh|chmod|nc|ping)\s[^;?!\n]*/gi,
  /\.\.\/[\w./]*/g,
  /--+(?=\s|$)/g,
];

type Stripped = { text: string; hadCode: boolean };

/** Replaces pasted code by a full stop, so that it neither joins nor adds to what is asked. */
export function stripInjection(text: string): Stripped {
  if (!/[<${;'"`|*/=]|select|drop|insert|delete|update|union|--/i.test(text)) return { text, hadCode: false };
  let stripped = text;
  for (const pattern of foreignCode) stripped = stripped.replace(pattern, " ; ");
  return { text: stripped, hadCode: stripped !== text };
}
