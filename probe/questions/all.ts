// All questions, in the order in which they are asked: what is needed early first, what ends something last.
import type { Question } from "../question";
import { clientQuestions } from "./clients";
import { deletionQuestions } from "./deletion";
import { fieldQuestions } from "./fields";
import { grantQuestions } from "./grants";
import { handingOutQuestions } from "./handingOut";
import { listQuestions } from "./lists";
import { lifeQuestions } from "./lives";
import { organizationQuestions } from "./organization";
import { roleQuestions, roleRemovalQuestions } from "./roles";
import { takingAwayQuestions } from "./takingAway";

/** Questions that belong together. */
export interface QuestionGroup {
  readonly title: string;
  readonly questions: readonly Question[];
}

export const questionGroups: readonly QuestionGroup[] = [
  { title: "Roles", questions: roleQuestions },
  {
    title: "Handing out roles",
    questions: [...handingOutQuestions, ...grantQuestions, ...takingAwayQuestions],
  },
  { title: "New clients", questions: clientQuestions },
  { title: "Changing a client", questions: fieldQuestions },
  { title: "States, secrets and tokens", questions: lifeQuestions },
  { title: "Deletion", questions: [...deletionQuestions, ...roleRemovalQuestions] },
  { title: "Lists and integration credentials", questions: listQuestions },
  { title: "The organisation", questions: organizationQuestions },
];
