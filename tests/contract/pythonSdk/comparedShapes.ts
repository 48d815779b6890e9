// The shapes that the tests compare with: the committed ones, or those of the SDK that main.ts compares.
import { otherShapesVariable, readShapes, shapesFile } from "./declaredShapes";

export const declared = readShapes(process.env[otherShapesVariable] ?? shapesFile);
