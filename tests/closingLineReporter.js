// Prints `N passed, N failed` alone on the last line: the one line of a test run that CI reads.
"use strict";

class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    this.results = results;
    const failedSuites = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : "";
    const failed = results.numFailedTests + failedSuites;
    // Jest's own summary is printed by another reporter in the same hook; the next tick puts this line after it.
    setImmediate(() =>
      process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed${skipped}\n`),
    );
  }
}

module.exports = ClosingLineReporter;
