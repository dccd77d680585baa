// Finish the style sheet: stamp every file it names with the start of its SHA-256, as asset() stamps the same files in the
// pages (so nothing is fetched twice), and hold the promises of the look: no data: address, no missing file, the weight.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const LIMIT = 28 * 1024;
const root = process.argv[2];
const sheet = join(root, "gan-dan.css");
const faults = [];
const named = new Set();

function stamp(whole, file) {
  const path = join(root, file);
  if (!existsSync(path)) {
    faults.push(`missing file: ${file}`);
    return whole;
  }
  named.add(file);
  const version = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 10);
  return `url("${file}?v=${version}")`;
}

const css = readFileSync(sheet, "utf8").replace(/url\(["']?((?!data:)[\w./-]+)["']?\)/g, stamp);
writeFileSync(sheet, css);
const weight = gzipSync(css).length;
if (css.includes("data:")) faults.push("the style sheet holds a data: address");
if (weight > LIMIT) faults.push("the style sheet weighs more than 28 kB");
console.log(`gan-dan.css ${(weight / 1024).toFixed(1)} kB gzip, names ${named.size} files`);
for (const fault of faults) console.error(fault);
process.exit(faults.length ? 1 : 0);
