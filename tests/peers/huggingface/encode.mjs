// Usage: node encode.mjs tokenizer.json < texts.json
// Reads a JSON list of texts, writes a JSON list of {ids, text}: what an independent reader of the file makes of each text and back.
import { readFileSync } from "node:fs";
import { Tokenizer } from "@huggingface/tokenizers";

const tokenizer = new Tokenizer(JSON.parse(readFileSync(process.argv[2], "utf8")), { clean_up_tokenization_spaces: false });
const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => {
  const ids = tokenizer.encode(text, { add_special_tokens: false }).ids;
  return { ids, text: ids.length === 0 ? "" : tokenizer.decode(ids, { clean_up_tokenization_spaces: false }) };
})));
