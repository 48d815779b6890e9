// The fault matrix: every provider method under every fault; nothing lost, nothing leaked, and the next `up` repairs everything.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { type CellResult, runCell, type Strike } from "./cell";
import { clientSecretMethods } from "./clientSecretMethods";
import { awsFaults, requestFaults, worldFaults } from "./faults";
import { integrationMethods } from "./integrationMethods";
import type { AwsRequest, MatrixMethod, StruckRequest } from "./matrixMethod";
import { matrixMethods } from "./methods";
import { renderMatrix } from "./renderMatrix";

const tablePath = path.join(__dirname, "..", "..", "docs", "fault-matrix.md");
const errorsPath = path.join(__dirname, "..", "..", "docs", "errors.md");

interface Cell {
  readonly method: MatrixMethod;
  readonly row: string;
  readonly column: string;
  readonly strike: Strike;
}

const tokenPath = "^/oauth/token$";

function strikesOf(request: StruckRequest): { row: string; strike: Strike }[] {
  const fitting = requestFaults.filter(
    (fault) =>
      (request.isMain === true || fault.isStruckEverywhere === true || fault.only === "token") &&
      (fault.only === undefined || (fault.only === "token") === (request.path === tokenPath)) &&
      !(fault.isInventedSuccess === true && request.isBodiless === true && request.isMain !== true),
  );
  const once = fitting.map((fault) => ({ row: fault.name, strike: { request, fault, isForGood: false } }));
  const forGood = fitting
    .filter((fault) => fault.isStruckForGood === true && request.isMain === true)
    .map((fault) => ({ row: `${fault.name}, for good`, strike: { request, fault, isForGood: true } }));
  return [...once, ...forGood];
}

/** Once, and for good where it is the request that does the work. */
function awsStrikesOf(awsRequest: AwsRequest): { row: string; strike: Strike }[] {
  return awsFaults.flatMap((fault) =>
    (awsRequest.isMain === true ? [false, true] : [false]).map((isForGood) => ({
      row: isForGood ? `${fault.name}, for good` : fault.name,
      strike: { awsRequest, fault, isForGood },
    })),
  );
}

/** As `2nd GetSecretValue`. */
function awsLabel({ operation, skip = 0 }: AwsRequest): string {
  return `${["", "2nd ", "3rd ", "4th "][skip] ?? ""}${operation}`;
}

function cellsOf(method: MatrixMethod): Cell[] {
  const struck = method.requests.flatMap((request) =>
    strikesOf(request).map(({ row, strike }) => ({ method, row, column: request.label, strike })),
  );
  const around = worldFaults.map((fault) => ({
    method,
    row: fault.name,
    column: "whole method",
    strike: { world: fault },
  }));
  const { awsRequests = [] } = method;
  const struckAtAws = awsRequests.flatMap((request) =>
    awsStrikesOf(request).map(({ row, strike }) => ({ method, row, column: awsLabel(request), strike })),
  );
  return [...struck, ...struckAtAws, ...around];
}

const methods = [...matrixMethods, ...clientSecretMethods, ...integrationMethods];
const cells = methods.flatMap(cellsOf);
const leastCells = 400;
const documentedCodes = new Set(
  [...readFileSync(errorsPath, "utf8").matchAll(/^### `([A-Z_]+)`/gm)].map((match) => match[1]!),
);
const results = new Map<Cell, CellResult>();

describe.each(methods.map((method) => [method.name, method] as const))("%s", (_name, method) => {
  it.each(
    cells.filter((cell) => cell.method === method).map((cell) => [cell.row, cell.column, cell] as const),
  )("%s at: %s", async (_row, _column, cell) => {
    results.set(cell, await runCell(method, cell.strike, documentedCodes));
  });
});

it("is as large as promised", () => {
  expect(cells.length).toBeGreaterThanOrEqual(leastCells);
});

it("is the table in docs/fault-matrix.md", () => {
  expect(results.size).toBe(cells.length);
  const table = renderMatrix(
    methods.map(({ name }) => name),
    cells.map((cell) => ({
      method: cell.method.name,
      row: cell.row,
      column: cell.column,
      result: results.get(cell)!,
    })),
  );
  if (process.env["UPDATE_FAULT_MATRIX"] === "1") {
    writeFileSync(tablePath, table);
  }
  // Where the change is meant: UPDATE_FAULT_MATRIX=1 npx jest tests/fault/matrix.test.ts
  expect(readFileSync(tablePath, "utf8")).toBe(table);
});
