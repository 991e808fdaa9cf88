const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))$/;

/** Whether Go reads the text as a time of RFC 3339. It is lenient with the hour's zero and the zone's limits. */
export function isTime(text: string): boolean {
  const match = form.exec(text);
  if (!match) {
    return false;
  }
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = match
    .slice(1)
    .map((it) => Number(it ?? 0)) as [number, number, number, number, number, number, number, number];
  const inDay = hour < 24 && minute < 60 && second < 60;
  return inDay && zoneHour <= 24 && zoneMinute <= 60 && day >= 1 && day <= daysOf(year, month);
}

function daysOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (days[month - 1] ?? 0);
}

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
