// Times as people say them.

const UNITS = { second: 60, minute: 60, hour: 24, day: 7 };

/** A time as long ago as it is, or its date after a week. A clock that is slow makes no comment come from tomorrow. */
export function ago(text, lang) {
  const time = new Date(text);
  let n = Math.max(Date.now() - time, 0) / 1_000;
  for (const unit in UNITS) {
    if (n < UNITS[unit]) {
      const format = new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
      return format.format(unit === "second" ? 0 : -(n | 0), unit);
    }
    n /= UNITS[unit];
  }
  return time.toLocaleDateString(lang, { dateStyle: "long" });
}

/** A time to the minute, with the day of the week. */
export function exactly(text, lang) {
  return new Date(text).toLocaleString(lang, { dateStyle: "full", timeStyle: "short" });
}
