/**
 * The coins that "no memecoins" leaves out: those whose issuer calls them one. The listing's tags are not stored,
 * so that the group is kept by symbol; a new one is a word here.
 */
export const memecoins: ReadonlySet<string> = new Set(
  `DOGE SHIB PEPE FLOKI BONK WIF BOME MEME BABYDOGE ELON DOGS POPCAT BRETT MEW TURBO MOG NEIRO PNUT GOAT ACT
   FARTCOIN TRUMP MELANIA SPX PENGU SAMO KISHU HOGE COQ MYRO SLERF PONKE TOSHI DEGEN CAT NOT AKITA`.split(
    /\s+/,
  ),
);
