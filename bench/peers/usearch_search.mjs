// USearch (npm: usearch) as a peer that bench/vectors asks: it builds an index over a file of float32 rows, then answers one line for each line it reads
// from standard input.   npm install --prefix bench/peers
//   node usearch_search.mjs BASE QUERIES DIMENSIONS l2|ip M EFC BUILDTHREADS
// It says "built WALL-SECONDS PROCESSOR-SECONDS". Then
//   search EF K THREADS OUT   searches all queries with one call, writes their labels to OUT as int32 [queries, K], says "wall seconds, processor seconds"
//   loop EF K THREADS OUT     the same with a call a query, by one thread: what a program in Node sees
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Index, MetricKind, ScalarKind } from "usearch";

const [base, queries] = process.argv.slice(2, 4).map((file) => {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
});
const [dimensions, m, efConstruction, threads] = [4, 6, 7, 8].map((i) => Number(process.argv[i]));
const metric = process.argv[5] === "l2" ? MetricKind.L2sq : MetricKind.IP;
const count = base.length / dimensions, asked = queries.length / dimensions;
const index = (ef) => new Index({ dimensions, metric, quantization: ScalarKind.F32, connectivity: m, expansion_add: efConstruction, expansion_search: ef, multi: false });

const timed = (work) => {
  const from = process.hrtime.bigint(), used = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(used);
  return [result, `${(Number(process.hrtime.bigint() - from) / 1e9).toFixed(6)} ${((user + system) / 1e6).toFixed(6)}`];
};

const built = index(64), saved = `${process.argv[2]}.usearch`;
const [, took] = timed(() => built.add(BigUint64Array.from({ length: count }, (_, i) => BigInt(i)), base, threads));
// How far a search looks is fixed when an index is made: for each, one is made of the file.
built.save(saved);
process.stdout.write(`built ${took}\n`);

let open = null, openEf = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [what, ef, k, by, out] = [line.split(" ")].map(([a, b, c, d, e]) => [a, Number(b), Number(c), Number(d), e])[0];
  if (what !== "search" && what !== "loop") break;
  if (openEf !== ef) {
    open = index(ef);
    open.load(saved);
    openEf = ef;
  }

  const labels = new Int32Array(asked * k).fill(-1);
  const keep = (query, keys) => keys.forEach((key, i) => { labels[query * k + i] = Number(key); });
  let answer;
  if (what === "search") {
    const [found, seconds] = timed(() => open.search(queries, k, by));
    if (asked === 1) keep(0, found.keys);
    else for (let query = 0; query < asked; query++) keep(query, found.get(query).keys);
    answer = seconds;
  } else {
    const found = new Array(asked);
    [, answer] = timed(() => {
      for (let query = 0; query < asked; query++) found[query] = open.search(queries.subarray(query * dimensions, (query + 1) * dimensions), k, 1);
    });
    found.forEach((matches, query) => keep(query, matches.keys));
  }

  writeFileSync(out, Buffer.from(labels.buffer));
  process.stdout.write(`${answer}\n`);
}
rmSync(saved, { force: true });
