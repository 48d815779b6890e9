// Output that nobody reads any more.

/** Whoever reads the output may stop reading (`| head`): that ends the writing, not the command. */
export function outliveReader(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
  });
}
