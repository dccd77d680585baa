// Draw every icon of icons.json into one file of symbols. A part is a path, or "C10 10 7.5": a circle (x, y, radius).
import { readFileSync, writeFileSync } from "node:fs";

const [source, target] = process.argv.slice(2);

function draw(part) {
  if (!part.startsWith("C")) return `<path d="${part}"/>`;
  const [x, y, r] = part.slice(1).split(" ");
  return `<circle cx="${x}" cy="${y}" r="${r}"/>`;
}

const symbols = Object.entries(JSON.parse(readFileSync(source, "utf8"))).map(
  ([name, parts]) => `<symbol id="${name}" viewBox="0 0 20 20">${parts.split("|").map(draw).join("")}</symbol>`,
);
writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
