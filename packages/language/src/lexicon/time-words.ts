/** Hours in a unit of time as it is written after a number or a determiner. */
export const hoursByUnit: Readonly<Record<string, number>> = {
  h: 1,
  hr: 1,
  hrs: 1,
  hour: 1,
  hours: 1,
  hourly: 1,
  d: 24,
  day: 24,
  days: 24,
  daily: 24,
  dy: 24,
  w: 168,
  wk: 168,
  wks: 168,
  week: 168,
  weeks: 168,
  weekly: 168,
  fortnight: 336,
  fortnights: 336,
  biweekly: 336,
  mo: 720,
  mos: 720,
  mth: 720,
  mths: 720,
  month: 720,
  months: 720,
  monthly: 720,
  q: 2160,
  qtr: 2160,
  quarter: 2160,
  quarters: 2160,
  quarterly: 2160,
  y: 8760,
  yr: 8760,
  yrs: 8760,
  year: 8760,
  years: 8760,
  yearly: 8760,
  annual: 8760,
  annually: 8760,
};

/** Units that are a window by themselves: "weekly gainers". */
export const windowAdjectives: ReadonlySet<string> = new Set(
  "hourly daily weekly biweekly monthly quarterly yearly annual annually fortnight".split(" "),
);

/** Words that name a window of hours by themselves. */
export const hoursByWord: Readonly<Record<string, number>> = {
  today: 24,
  "2day": 24,
  tonight: 24,
  intraday: 24,
  overnight: 24,
};

/** Words before a unit that make it a window: "this week", "past month". */
export const windowDeterminers: ReadonlySet<string> = new Set(
  (
    "this past last previous the a an over of per whole entire all latest current prior trailing one each recent full " +
    // "A stellar month".
    "great stellar good fantastic strong amazing solid nice killer monster huge excellent bad terrible rough awful brutal horrible ugly tough dreadful lousy"
  ).split(" "),
);

/** Sunday is 0, as in `Date`. */
export const weekdays: Readonly<Record<string, number>> = {
  sunday: 0,
  sun: 0,
  monday: 1,
  mon: 1,
  tuesday: 2,
  tue: 2,
  tues: 2,
  wednesday: 3,
  wed: 3,
  weds: 3,
  thursday: 4,
  thu: 4,
  thur: 4,
  thurs: 4,
  friday: 5,
  fri: 5,
  saturday: 6,
  sat: 6,
};

export const months: Readonly<Record<string, number>> = {
  january: 0,
  jan: 0,
  february: 1,
  feb: 1,
  march: 2,
  mar: 2,
  april: 3,
  apr: 3,
  may: 4,
  june: 5,
  jun: 5,
  july: 6,
  jul: 6,
  august: 7,
  aug: 7,
  september: 8,
  sep: 8,
  sept: 8,
  october: 9,
  oct: 9,
  november: 10,
  nov: 10,
  december: 11,
  dec: 11,
};

/** Days of the year that "since ..." may name, as month (0 is January) and day. */
export const holidays: Readonly<Record<string, readonly [month: number, day: number]>> = {
  christmas: [11, 25],
  xmas: [11, 25],
  "new year": [0, 1],
  "new years": [0, 1],
  "new year 's": [0, 1],
  valentines: [1, 14],
  "valentine 's": [1, 14],
  halloween: [9, 31],
  "boxing day": [11, 26],
};
