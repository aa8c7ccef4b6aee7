// Reads documents with rdf-parse, and writes what it read as N-Quads.
//
//   node read.mjs FOLDER
//
// FOLDER/documents.json lists the documents: the name of the file beside it, the media type and the
// base IRI. What file F says comes in F.read; what went wrong, by file, on standard output as JSON.
import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pipeline } from "node:stream/promises";
import { StreamWriter } from "n3";
import { rdfParser } from "rdf-parse";

const folder = process.argv[2];
const problems = {};
for (const { file, type, base } of JSON.parse(readFileSync(join(folder, "documents.json")))) {
  const path = join(folder, file);
  try {
    const quads = rdfParser.parse(createReadStream(path), { contentType: type, baseIRI: base });
    const written = new StreamWriter({ format: "N-Quads" });
    await pipeline(quads, written, createWriteStream(`${path}.read`));
  } catch (error) {
    problems[file] = String(error);
  }
}
process.stdout.write(JSON.stringify(problems));
