// The form that every refusal of the API has.
import { type Answer } from "./simulatorWorld";

/** Every refusal of the API has this form. */
export function expectRefusal(answer: Answer, status: number, code: string): void {
  expect(answer.body).toEqual({
    message: expect.any(String),
    code,
    status,
    contextId: answer.headers.get("inin-correlation-id"),
    details: [],
    errors: [],
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
}
