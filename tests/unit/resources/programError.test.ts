// An error of the program has the message of its cause, and no stack for Pulumi to format.
import * as pulumi from "@pulumi/pulumi";
import { programError } from "../../../resources/programError";

it("is one that Pulumi shows by its message alone", () => {
  const error = programError(new Error("Storing the secret x: it is empty"));
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error.message).toBe("Storing the secret x: it is empty");
  expect(error.stack).toBe(error.message);
});

it("takes what is no error by its text", () => {
  expect(programError("thrown text").message).toBe("thrown text");
});
