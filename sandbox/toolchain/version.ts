// Which versions of the Pulumi CLI and of Go are used where there is no CLI yet.

/** The CLI that is installed or built where none is on PATH; the version that go.mod in this folder pins. */
export const pulumiVersion = "3.259.0";

/** Oldest Go that builds the CLI: the `go` line of the module at {@link pulumiVersion}. */
export const minimumGoVersion = "1.25.11";
