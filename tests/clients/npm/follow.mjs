// Hands over the members of a Linked Data Event Stream as N-Quads, with the client of npm.
//
//   node follow.mjs ADDRESS ORDER STATE [LATEST]
//
// ORDER is ascending, descending or none; STATE the folder where the client remembers what it has
// handed over (empty: nowhere); with LATEST only the latest members about each thing. The client's
// own command writes numbers and booleans in short, which no format with graphs has.
import process from "node:process";
import { enhanced_fetch, intoConfig, replicateLDES } from "ldes-client";
import { Writer } from "n3";

const [url, order, statePath, latest] = process.argv.slice(2);
const client = replicateLDES(
  intoConfig({
    url,
    statePath: statePath || undefined,
    lastVersionOnly: Boolean(latest),
    fetch: enhanced_fetch({ retry: { maxRetries: 1 } }),
  }),
  order,
);
const writer = new Writer(process.stdout, { end: false, format: "N-Quads" });
const reader = client.stream({ highWaterMark: 10 }).getReader();
for (let member = await reader.read(); !member.done; member = await reader.read()) {
  writer.addQuads(member.value.quads);
}
writer.end();
