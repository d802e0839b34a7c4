// Reads calendar files as Thunderbird and Nextcloud do: from a JSON array of them, when each event begins, by
// its UID, in seconds since 1970.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
const files = JSON.parse(readFileSync(0, "utf8"));
const found = files.map((text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents("vevent").map((each) => new ICAL.Event(each));
  return Object.fromEntries(events.map((event) => [event.uid, event.startDate.toUnixTime()]));
});
process.stdout.write(JSON.stringify(found));
