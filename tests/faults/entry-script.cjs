/**
 * What the content process writes, as a script that is the same every time: how far an entry has come can be read
 * from its two rows, and from that follows which changes must have been committed. So nobody has to keep a journal
 * beside the content, which could itself be wrong after a kill.
 *
 * Each lane writes its entries one after the other: entry `n` of lane `l` bears the title `faults l/n v<version>`. It is
 * created as v1; each update raises the version by one; each even version is published before the next update. With
 * its last version published an entry is complete, and the next one is created. Of the complete ones every third is
 * deleted.
 */
const title = (lane, number, version) => `faults ${lane}/${number} v${version}`;

/** What a transaction wrote that was then rolled back: nobody may ever hear of it. */
const rolledBackTitle = (lane, number) => `faults ${lane}/${number} rolled back`;

/** @returns {{ lane: number, number: number, version: number } | null} null for what was rolled back, or is not ours */
function parseTitle(text) {
  const found = /^faults (\d+)\/(\d+) v(\d+)$/.exec(text);
  return found && { lane: Number(found[1]), number: Number(found[2]), version: Number(found[3]) };
}

const lastVersion = (number) => 2 + 2 * (number % 3);

const isDeletedLater = (number) => number % 3 === 0;

module.exports = { title, rolledBackTitle, parseTitle, lastVersion, isDeletedLater };
