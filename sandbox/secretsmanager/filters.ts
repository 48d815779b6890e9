// The filters of ListSecrets and BatchGetSecretValue: which secrets match.
import { present, type RequestBody } from "./requestBody";
import { type SecretRecord } from "./secretRecord";

// Bounds of the API model.
const maximumFilters = 10;
const valueListBounds = { min: 1, max: 10 };
const valueBounds = { max: 512 };

const startsWithIgnoringCase = (text: string, start: string): boolean =>
  text.toLowerCase().startsWith(start.toLowerCase());

/** Every word of the text is a place where a match may begin. */
const hasWordStartingWith = (text: string, start: string): boolean =>
  startsWithIgnoringCase(text, start) ||
  text.split(/[\s/_+=.@-]+/).some((word) => startsWithIgnoringCase(word, start));

type Match = (secret: SecretRecord, value: string) => boolean;

const name: Match = (secret, value) => secret.name.startsWith(value);
const description: Match = (secret, value) => hasWordStartingWith(secret.description ?? "", value);
const tagKey: Match = (secret, value) => Object.keys(secret.tags).some((key) => key.startsWith(value));
const tagValue: Match = (secret, value) => Object.values(secret.tags).some((text) => text.startsWith(value));

/** Filter key -> its rule. Names and tags are case-sensitive, descriptions are not. */
const matchers: ReadonlyMap<string, Match> = new Map(
  Object.entries<Match>({
    name,
    description,
    "tag-key": tagKey,
    "tag-value": tagValue,
    "primary-region": (secret, value) => startsWithIgnoringCase(secret.primaryRegion ?? secret.region, value),
    "owning-service": () => false,
    all: (secret, value) =>
      hasWordStartingWith(secret.name, value) ||
      [description, tagKey, tagValue].some((match) => match(secret, value)),
  }),
);

/** The condition of a request's `Filters`: all filters, and of each filter any value; `!` in front negates. */
export function readFilters(body: RequestBody): ((secret: SecretRecord) => boolean) | undefined {
  const filters = body.objects("Filters", { max: maximumFilters })?.map((filter) => {
    const key = filter.word("Key", [...matchers.keys()], "filters.member.key");
    const match = present("Key", matchers.get(key ?? ""));
    const given = filter.strings("Values", valueListBounds, valueBounds);
    const values = present("filters.member.values", given);
    return (secret: SecretRecord) =>
      values.some((value) => (value.startsWith("!") ? !match(secret, value.slice(1)) : match(secret, value)));
  });
  return filters && ((secret) => filters.every((filter) => filter(secret)));
}
