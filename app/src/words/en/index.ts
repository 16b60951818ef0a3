/** The catalogue in English: the one that every other is held against, a file for each area of the app. */

import common from "./common.json";
import dates from "./dates.json";
import plain from "./plain.json";
import ui from "./ui.json";
import account from "./account.json";
import home from "./home.json";
import caseload from "./caseload.json";
import referral from "./referral.json";
import shortlist from "./shortlist.json";
import tasks from "./tasks.json";
import roles from "./roles.json";
import me from "./me.json";
import timebank from "./timebank.json";
import training from "./training.json";
import events from "./events.json";
import fieldwork from "./fieldwork.json";
import sessions from "./sessions.json";
import centre from "./centre.json";
import upkeep from "./upkeep.json";
import newcomers from "./newcomers.json";
import volunteers from "./volunteers.json";
import requests from "./requests.json";
import hub from "./hub.json";
import calls from "./calls.json";
import leave from "./leave.json";
import sync from "./sync.json";
import changes from "./changes.json";
import safety from "./safety.json";
import problems from "./problems.json";
import status from "./status.json";
import candidate from "./candidate.json";

export default {
  common,
  dates,
  plain,
  ui,
  account,
  home,
  caseload,
  referral,
  shortlist,
  tasks,
  roles,
  me,
  timebank,
  training,
  events,
  fieldwork,
  sessions,
  centre,
  upkeep,
  newcomers,
  volunteers,
  requests,
  hub,
  calls,
  leave,
  sync,
  changes,
  safety,
  problems,
  status,
  candidate,
};
